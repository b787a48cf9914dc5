#pragma once

#include "tests/net/support/client_frames.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace rookery::test {

/// Generates the bytes of a client, good and bad, from a fixed seed.
class frame_mix {
public:
  explicit frame_mix(unsigned seed) : random_{seed} {}

  unsigned below(unsigned limit) { return random_() % limit; }

  /// Returns messages of all kinds, with control frames between and inside
  /// them. Every second stream contains a frame that ends the connection.
  std::string stream() {
    std::string result;
    for (unsigned i = 0, count = below(8); i < count; ++i) {
      if (below(4) == 0)
        result += control();
      result += below(3) == 0 ? fragmented(text()) : whole();
    }
    if (below(2) == 0)
      result += ending();
    // Bytes after the end must have no effect.
    return result + whole();
  }

private:
  std::string text() {
    static constexpr std::array<std::string_view, 6> pieces{
      "",
      "hello",
      "gr\xc3\xbc\xc3\x9f",
      "\xe2\x82\xac",
      "\xf0\x9f\x90\xa6",
      "a longer piece of text that takes its time "};
    std::string result;
    for (unsigned i = 0, count = below(6); i < count; ++i)
      result += pieces[below(pieces.size())];
    if (below(8) == 0)
      result.resize(below(3000), 'x');
    return result;
  }

  std::string whole() {
    return client_frame(below(3) == 0 ? 0x82 : 0x81, text());
  }

  std::string control() {
    return client_frame(below(2) == 0 ? 0x89 : 0x8a,
                        std::string(below(126), 'c'));
  }

  /// Returns `payload` as text in fragments that split characters. Fragments
  /// may be empty, the last one often.
  std::string fragmented(std::string_view payload) {
    std::string result;
    unsigned char opcode = 0x01;
    for (bool is_last = false; !is_last; opcode = 0x00) {
      const auto size = below(static_cast<unsigned>(payload.size()) + 1);
      is_last = payload.empty() || below(4) == 0;
      const auto part = is_last ? payload : payload.substr(0, size);
      const bool is_final = is_last && below(2) == 0;
      result += client_frame(is_final ? opcode | 0x80 : opcode, part);
      payload.remove_prefix(part.size());
      if (is_last && !is_final)
        result += client_frame(0x80, "");
      if (below(5) == 0)
        result += control();
    }
    return result;
  }

  std::string ending() {
    static constexpr std::array<std::uint16_t, 16> codes{
      1000, 1001, 1003, 1004, 1005, 1006,  1011, 1014,
      1015, 2999, 3000, 4999, 5000, 65535, 0,    999};
    switch (below(12)) {
    case 0:
      return client_frame(0x81, "bad \xff text");
    case 1:
      return client_frame(0x01, "cut \xc3") + client_frame(0x80, "");
    case 2:
      return client_frame(0x81, "cut \xe2\x82");
    case 3:
      return client_frame(0x83, "reserved opcode");
    case 4:
      return client_frame(0xc1, "reserved bit");
    case 5:
      return client_frame(0x80, "continues nothing");
    case 6:
      return client_frame(0x01, "a") + client_frame(0x81, "not its end");
    case 7:
      return client_frame(0x09, "fragmented ping");
    case 8:
      return std::string{"\x81\x03"} + "abc"; // not masked
    case 9:
      return client_frame(0x82, std::string(5000, 'x')); // too big
    case 10:
      return client_frame(0x88, below(2) == 0 ? "" : "x");
    default:
      return client_close(codes[below(codes.size())],
                          below(3) == 0 ? "\xff" : "bye");
    }
  }

  std::mt19937 random_;
};

} // namespace rookery::test
