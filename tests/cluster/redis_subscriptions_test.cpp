#define CAF_SUITE redis_subscriptions

#include "cluster/redis/redis_subscriptions.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace rookery;

using command = redis_subscriptions::command;

namespace {

struct fixture {
  /// Takes one command and returns it as text, e.g. "+a b" or "-a".
  std::string take(std::size_t most = 10) {
    std::vector<std::string_view> batch;
    const auto what = names.take(most, batch);
    if (what == command::none)
      return {};
    std::string result{what == command::subscribe ? "+" : "-"};
    for (auto name : batch)
      result.append(name).append(" ");
    result.pop_back();
    return result;
  }

  /// Redis refuses the command that was taken last.
  void refuse(std::vector<std::string_view> batch, bool denied,
              command what = command::subscribe) {
    names.refuse(what, batch, denied, now);
  }

  void pass(std::chrono::seconds time) {
    now += time;
    names.retry(now);
  }

  redis_subscriptions names;
  redis_subscriptions::clock::time_point now{std::chrono::hours{1}};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_subscriptions_tests, fixture)

CAF_TEST(names wanted in one turn share a command) {
  names.want("a");
  names.want("b");
  names.want("a");
  CAF_CHECK_EQUAL(take(), "+a b");
  CAF_CHECK_EQUAL(take(), "");
}

CAF_TEST(a command holds only so many names) {
  for (auto name : {"a", "b", "c"})
    names.want(name);
  CAF_CHECK_EQUAL(take(2), "+a b");
  CAF_CHECK_EQUAL(take(2), "+c");
}

CAF_TEST(there are never two commands under way for one name) {
  names.want("a");
  CAF_CHECK_EQUAL(take(), "+a");
  names.unwant("a");
  names.want("a");
  names.unwant("a");
  CAF_CHECK_EQUAL(take(), "");
  CAF_CHECK(names.subscribed("a"));
  CAF_CHECK_EQUAL(take(), "-a");
  names.want("a");
  CAF_CHECK_EQUAL(take(), "");
  CAF_CHECK(names.unsubscribed("a"));
  CAF_CHECK_EQUAL(take(), "+a");
}

CAF_TEST(a name nobody wants any more is not even subscribed) {
  names.want("a");
  names.unwant("a");
  CAF_CHECK_EQUAL(take(), "");
  CAF_CHECK_EQUAL(names.wanted(), 0u);
}

CAF_TEST(subscribing and unsubscribing are separate commands in order) {
  names.want("a");
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK(names.subscribed("a"));
  names.want("b");
  names.unwant("a");
  names.want("c");
  CAF_CHECK_EQUAL(take(), "+b");
  CAF_CHECK_EQUAL(take(), "-a");
  CAF_CHECK_EQUAL(take(), "+c");
}

CAF_TEST(confirmations nobody asked for are not taken) {
  CAF_CHECK(!names.subscribed("a"));
  CAF_CHECK(!names.unsubscribed("a"));
  names.want("a");
  CAF_CHECK(!names.subscribed("a"));
  take();
  CAF_CHECK(!names.unsubscribed("a"));
  CAF_CHECK(names.subscribed("a"));
  CAF_CHECK(!names.subscribed("a"));
}

CAF_TEST(a new connection subscribes everything wanted before it is restored) {
  for (auto name : {"a", "b"})
    names.want(name);
  take();
  CAF_CHECK(names.subscribed("a"));
  CAF_CHECK(names.subscribed("b"));
  CAF_CHECK_EQUAL(names.confirmed(), 2u);
  names.restart();
  CAF_CHECK_EQUAL(names.confirmed(), 0u);
  CAF_CHECK(!names.restored());
  CAF_CHECK_EQUAL(take().size(), std::string{"+a b"}.size());
  CAF_CHECK(names.subscribed("a"));
  CAF_CHECK(!names.restored());
  CAF_CHECK(names.subscribed("b"));
  CAF_CHECK(names.restored());
}

CAF_TEST(a name unwanted before it is sent again does not hold up the restore) {
  names.want("a");
  names.restart();
  CAF_CHECK(!names.restored());
  names.unwant("a");
  CAF_CHECK(names.restored());
  CAF_CHECK_EQUAL(take(), "");
}

CAF_TEST(a name wanted after the restart does not hold up the restore) {
  names.restart();
  names.want("a");
  CAF_CHECK(names.restored());
}

CAF_TEST(a name being unsubscribed when the link falls is gone) {
  names.want("a");
  take();
  CAF_CHECK(names.subscribed("a"));
  names.unwant("a");
  CAF_CHECK_EQUAL(take(), "-a");
  names.restart();
  CAF_CHECK(names.restored());
  CAF_CHECK_EQUAL(take(), "");
  CAF_CHECK(!names.unsubscribed("a"));
}

CAF_TEST(a confirmed name can be subscribed anew) {
  names.want("a");
  take();
  names.renew("a");
  CAF_CHECK_EQUAL(take(), ""); // the first command is still under way
  CAF_CHECK(names.subscribed("a"));
  names.renew("a");
  CAF_CHECK_EQUAL(names.confirmed(), 0u);
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK(names.subscribed("a"));
  CAF_CHECK(names.is_confirmed("a"));
}

CAF_TEST(confirmed names can be listed step by step) {
  for (int i = 0; i < 100; ++i) {
    names.want(std::to_string(i));
    take();
    if (i % 2 == 0)
      CAF_CHECK(names.subscribed(std::to_string(i)));
  }
  std::vector<std::string> all;
  std::size_t from = 0;
  do {
    std::vector<std::string> some;
    from = names.list_confirmed(from, 10, some);
    CAF_CHECK_LESS(some.size(), 30u);
    all.insert(all.end(), some.begin(), some.end());
  } while (from != 0);
  CAF_CHECK_EQUAL(all.size(), 50u);
  std::ranges::sort(all);
  CAF_CHECK(std::ranges::adjacent_find(all) == all.end());
}

CAF_TEST(a denied command is sent again with each of its names alone) {
  for (auto name : {"a", "b", "c"})
    names.want(name);
  names.restart();
  CAF_CHECK_EQUAL(take().size(), 6u);
  refuse({"a", "b", "c"}, true);
  CAF_CHECK(!names.restored());
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK_EQUAL(take(), "+b");
  CAF_CHECK_EQUAL(take(), "+c");
  CAF_CHECK(names.subscribed("a"));
  refuse({"b"}, true);
  CAF_CHECK(names.subscribed("c"));
  CAF_CHECK(names.restored());
  CAF_CHECK_EQUAL(names.refused(), 1u);
  CAF_CHECK_EQUAL(names.wanted(), 3u);
  CAF_CHECK_EQUAL(names.confirmed(), 2u);
}

CAF_TEST(a denied name is tried again after a while alone) {
  names.want("a");
  take();
  refuse({"a"}, true);
  pass(std::chrono::seconds{9});
  CAF_CHECK_EQUAL(take(), "");
  pass(std::chrono::seconds{1});
  names.want("b");
  CAF_CHECK_EQUAL(names.refused(), 0u);
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK_EQUAL(take(), "+b");
  CAF_CHECK(names.subscribed("a"));
}

CAF_TEST(a name known to be denied does not share a command) {
  names.want("a");
  names.want("b");
  take();
  refuse({"a", "b"}, true);
  names.want("c");
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK_EQUAL(take(), "+b");
  CAF_CHECK_EQUAL(take(), "+c");
  refuse({"a"}, true);
  pass(std::chrono::seconds{10});
  names.want("d");
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK_EQUAL(take(), "+d");
}

CAF_TEST(an error that passes delays all names together) {
  names.want("a");
  names.want("b");
  names.restart();
  take();
  refuse({"a", "b"}, false);
  CAF_CHECK(!names.restored());
  CAF_CHECK_EQUAL(take(), "");
  pass(std::chrono::seconds{1});
  CAF_CHECK_EQUAL(take().size(), 4u);
}

CAF_TEST(a refused name that nobody wants any more is gone) {
  names.want("a");
  names.restart();
  take();
  refuse({"a"}, false);
  names.unwant("a");
  CAF_CHECK(names.restored());
  CAF_CHECK_EQUAL(names.refused(), 0u);
  CAF_CHECK_EQUAL(names.wanted(), 0u);
  pass(std::chrono::seconds{20});
  CAF_CHECK_EQUAL(take(), "");
  names.want("a");
  CAF_CHECK_EQUAL(take(), "+a");
}

CAF_TEST(a name unwanted while its command was refused is gone) {
  names.want("a");
  names.want("b");
  names.restart();
  take();
  names.unwant("a");
  refuse({"a", "b"}, true);
  CAF_CHECK_EQUAL(take(), "+b");
  CAF_CHECK_EQUAL(take(), "");
  CAF_CHECK(names.subscribed("b"));
  CAF_CHECK(names.restored());
}

CAF_TEST(a refused unsubscription is tried again) {
  names.want("a");
  take();
  CAF_CHECK(names.subscribed("a"));
  names.unwant("a");
  CAF_CHECK_EQUAL(take(), "-a");
  refuse({"a"}, true, command::unsubscribe);
  CAF_CHECK_EQUAL(take(), "");
  pass(std::chrono::seconds{10});
  CAF_CHECK_EQUAL(take(), "-a");
  CAF_CHECK(names.unsubscribed("a"));
}

CAF_TEST(a new connection begins without refusals) {
  names.want("a");
  take();
  refuse({"a"}, true);
  names.restart();
  CAF_CHECK_EQUAL(names.refused(), 0u);
  CAF_CHECK_EQUAL(take(), "+a");
  CAF_CHECK(names.subscribed("a"));
  pass(std::chrono::seconds{20});
  CAF_CHECK_EQUAL(take(), "");
}

CAF_TEST_FIXTURE_SCOPE_END()
