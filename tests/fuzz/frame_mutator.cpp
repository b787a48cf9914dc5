#include "tests/fuzz/frame_mutator.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace rookery::test {

namespace {

using namespace std::literals;

constexpr std::string_view seeds[] = {
  "{}",
  R"({"id":1,"connect":{"token":"a.b.c","name":"js","version":"5.7"}})",
  R"({"id":1,"connect":{"data":{"x":[1,2]},"headers":{"a":"b","c":""},)"
  R"("subs":{"n":{"recover":true,"offset":5,"epoch":"e"},"m":{}}}})"
  "\n"
  R"({"id":2,"subscribe":{"channel":"c"}})",
  R"({"id":2,"subscribe":{"channel":"a\u00e9\ud83d\ude00","token":"t",)"
  R"("recover":true,"offset":18446744073709551615,"epoch":"e","tf":{},)"
  R"("flag":1,"type":-1,"delta":"fossil","data":"\"\\\n"}})",
  R"({"id":3,"unsubscribe":{"channel":"c"}})",
  R"({"id":4,"publish":{"channel":"c","data":{"a":[1.5e3,-0,true,null]}}})",
  R"({"id":4294967295,"publish":{"channel":"x\"y","data":"\ud83d\ude00"}})",
  R"({"publish":{"data":[[[{}]],"]}"],"channel":"c"},"id":5,"x":{"y":[]}})"
  "\n{}\n"
  R"({"id":6,"publish":{"channel":"c","data":12.5}})"
  "\n",
  R"({"id":7,"presence":{"channel":"c"}})"
  "\n"
  R"({"id":8,"presence_stats":{"channel":"c"}})",
  R"({"id":9,"history":{"channel":"c","limit":-1,)"
  R"("since":{"offset":2,"epoch":"e"},"reverse":true}})",
  R"({"id":1,"refresh":{"token":"t"}})"
  "\n"
  R"({"id":2,"sub_refresh":{"channel":"c","token":"t"}})",
  R"({"send":{"data":{"k":"v"}}})"
  "\n"
  R"({"id":3,"rpc":{"method":"m","data":[]}})"
  "\n"
  R"({"id":4,"ping":{}})",
};

constexpr std::string_view tokens[] = {
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\"",
  "\\",
  "\n",
  "\r",
  " ",
  "null",
  "true",
  "false",
  "0",
  "-",
  "1e5",
  "4294967296",
  "\\u0000",
  "\\ud83d",
  "\\ude00",
  "\\x",
  "\xff",
  "\xc3\xa9",
  "\xed\xa0\x80",
  "\"id\":",
  "\"data\":",
  "\"channel\":",
  "\"subs\":{",
  "\"publish\":{",
  "\"connect\":null",
  "[[[[[[[[",
  "]]]]]]]]",
  "{\"a\":",
  "\0"sv,
};

template <class Container>
std::string_view pick(const Container& from, std::size_t index) {
  return *std::next(std::begin(from), static_cast<std::ptrdiff_t>(index));
}

} // namespace

std::size_t frame_mutator::below(std::size_t bound) {
  // Distributions differ between standard libraries, engines do not.
  return random_() % bound;
}

std::string_view frame_mutator::any_seed() {
  return pick(seeds, below(std::size(seeds)));
}

std::string frame_mutator::next() {
  std::string frame{any_seed()};
  for (auto changes = below(8); changes > 0; --changes)
    change(frame);
  return frame;
}

void frame_mutator::change(std::string& frame) {
  const auto at = below(frame.size() + 1);
  const auto count = std::min(below(8), frame.size() - at);
  switch (below(7)) {
  case 0:
    frame.insert(at, pick(tokens, below(std::size(tokens))));
    return;
  case 1:
    frame.replace(at, count, pick(tokens, below(std::size(tokens))));
    return;
  case 2:
    frame.erase(at, count);
    return;
  case 3:
    frame.insert(at, frame.substr(at, count));
    return;
  case 4:
    if (at < frame.size())
      frame[at] = static_cast<char>(frame[at] ^ (1 << below(8)));
    return;
  case 5: {
    const auto other = any_seed();
    frame.resize(at);
    frame += other.substr(below(other.size()));
    return;
  }
  default:
    frame += '\n';
    frame += any_seed();
  }
}

} // namespace rookery::test
