#define CAF_SUITE bus_ledger

#include "cluster/bus/bus_ledger.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

struct fixture {
  using clock = std::chrono::steady_clock;

  std::uint64_t send(std::string_view channel, std::size_t bytes = 1) {
    return ledger.sent(channel, bytes, clock::now());
  }

  bus_ledger_page page(const std::string& channel) {
    return ledger.list({channel});
  }

  bus_ledger ledger;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(bus_ledger_tests, fixture)

CAF_TEST(an empty ledger knows nothing) {
  CAF_CHECK(page("chat").published.empty());
  CAF_CHECK(page("chat").received.empty());
  ledger.answered(0, publish_verdict::accepted, publish_problem::none);
}

CAF_TEST(a publication has an unknown outcome until it is answered) {
  const auto number = send("chat", 11);
  CAF_REQUIRE_EQUAL(page("chat").published.size(), 1u);
  CAF_CHECK(page("chat").published[0].verdict == publish_verdict::unknown);
  CAF_CHECK(page("chat").published[0].problem == publish_problem::none);
  ledger.answered(number, publish_verdict::accepted, publish_problem::none, 42);
  const auto found = page("chat").published;
  CAF_CHECK(found[0].verdict == publish_verdict::accepted);
  CAF_CHECK_EQUAL(found[0].offset, 42u);
  CAF_CHECK_EQUAL(found[0].bytes, 11u);
}

CAF_TEST(refused publishes are recorded with the reason) {
  const auto number = send("chat");
  ledger.answered(number, publish_verdict::refused, publish_problem::bus_down);
  const auto found = page("chat").published;
  CAF_CHECK(found[0].verdict == publish_verdict::refused);
  CAF_CHECK(found[0].problem == publish_problem::bus_down);
}

CAF_TEST(an error of Redis is kept as one text for many entries) {
  const auto refuse = [this](std::string_view text) {
    ledger.answered(send("chat"), publish_verdict::refused,
                    publish_problem::rejected, 0, text);
  };
  refuse("NOPERM no");
  refuse("OOM full");
  refuse("NOPERM no");
  refuse("");
  const auto found = page("chat").published;
  CAF_CHECK_EQUAL(found[0].error, "NOPERM no");
  CAF_CHECK_EQUAL(found[1].error, "OOM full");
  CAF_CHECK_EQUAL(found[2].error, "NOPERM no");
  CAF_CHECK_EQUAL(found[3].error, "");
}

CAF_TEST(texts are bounded and no entry has the text of another) {
  for (auto i = 0; i < 300; ++i) {
    const auto text = "ERR " + std::to_string(i / 2);
    ledger.answered(send("chat", static_cast<std::size_t>(i / 2)),
                    publish_verdict::refused, publish_problem::rejected, 0,
                    text);
  }
  auto kept = 0;
  for (const auto& each : page("chat").published) {
    CAF_CHECK(each.error.empty()
              || each.error == "ERR " + std::to_string(each.bytes));
    kept += !each.error.empty();
  }
  CAF_CHECK_EQUAL(kept, 128);
}

CAF_TEST(received publications are recorded with their loops) {
  ledger.received("chat", 7, 11, {2, 1}, clock::now());
  CAF_CHECK(page("chat").published.empty());
  const auto found = page("chat").received;
  CAF_REQUIRE_EQUAL(found.size(), 1u);
  CAF_CHECK_EQUAL(found[0].offset, 7u);
  CAF_CHECK_EQUAL(found[0].bytes, 11u);
  CAF_CHECK_EQUAL(found[0].loops, 2u);
  CAF_CHECK_EQUAL(found[0].dropped, 1u);
}

CAF_TEST(channels are told apart and entries keep their order) {
  for (std::size_t i = 1; i <= 3; ++i) {
    send("chat", i);
    send("news", 10 * i);
  }
  const auto found = page("chat").published;
  CAF_REQUIRE_EQUAL(found.size(), 3u);
  CAF_CHECK_EQUAL(found[0].bytes, 1u);
  CAF_CHECK_EQUAL(found[2].bytes, 3u);
  CAF_CHECK_EQUAL(page("news").published.size(), 3u);
}

CAF_TEST(the oldest entries give way and take no answers any more) {
  const auto first = send("chat");
  const auto second = send("chat");
  for (std::size_t i = 0; i < bus_ledger::capacity - 1; ++i)
    send("news");
  ledger.answered(first, publish_verdict::refused, publish_problem::bus_down);
  CAF_CHECK_EQUAL(page("chat").published.size(), 1u);
  CAF_CHECK_EQUAL(page("news").published.size(), bus_ledger::capacity - 1);
  for (const auto& each : page("news").published)
    CAF_CHECK(each.verdict == publish_verdict::unknown);
  ledger.answered(second, publish_verdict::accepted, publish_problem::none);
  CAF_CHECK(page("chat").published[0].verdict == publish_verdict::accepted);
}

CAF_TEST_FIXTURE_SCOPE_END()
