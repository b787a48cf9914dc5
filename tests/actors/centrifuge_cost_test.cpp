#define CAF_SUITE centrifuge_cost

#include "tests/actors/support/codec_fixture.hpp"
#include "tests/support/call_counter.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : codec_fixture {
  std::string frame;

  void encode_pushes() {
    frame.clear();
    for (const auto data : {R"({"a":[1,2,{"b":"text"}]})", "raw text \xff"}) {
      const centrifuge_publication publication{
        data, client_info{"user", "client", "{}"}, 42};
      codec->encode(centrifuge_push{"channel", publication}, frame);
    }
  }

  void decode_all(std::string_view bytes) {
    codec->begin(bytes);
    while (codec->next(command) == decoded::command)
      ;
  }

  template <class Function>
  static int allocations_of(Function function) {
    function(); // warms the buffers up
    begin_counting();
    function();
    return end_counting().allocations;
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_cost_tests, fixture)

CAF_TEST(a push into a warm buffer allocates nothing) {
  const auto count = allocations_of([&] { encode_pushes(); });
  CAF_CHECK_EQUAL(count, 0);
  CAF_CHECK(!frame.empty());
}

CAF_TEST(the counter sees allocations) {
  const auto count = allocations_of([] { std::string(1000, 'x'); });
  CAF_CHECK_EQUAL(count, 1);
}

CAF_TEST(decoding with warm buffers allocates nothing) {
  const auto count = allocations_of([&] {
    decode_all(
      R"({"id":1,"connect":{"token":"a\u0062","subs":{"a":{},"b":{}}}})"
      "\n"
      R"({"id":2,"publish":{"channel":"c","data":{"a":1}}})");
  });
  CAF_CHECK_EQUAL(count, 0);
  CAF_CHECK(std::holds_alternative<publish_request>(command.body));
}

CAF_TEST(memory of a rare large payload is given back) {
  const auto large = std::string(3'000'000, '1');
  encode_pushes();
  encode(centrifuge_push{"c", centrifuge_publication{large}});
  begin_counting();
  encode_pushes();
  CAF_CHECK(end_counting().allocations > 0);
  CAF_CHECK_EQUAL(allocations_of([&] { encode_pushes(); }), 0);
}

CAF_TEST_FIXTURE_SCOPE_END()
