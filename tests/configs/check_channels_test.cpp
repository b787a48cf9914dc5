#define CAF_SUITE check_channels

#include "configs/check_channels.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

namespace {

using texts = std::vector<std::string>;

texts problems_of(const settings::channel_settings& options) {
  settings given;
  given.channel = options;
  return check_channels(given);
}

settings with_namespaces(std::size_t count) {
  settings result;
  for (std::size_t i = 0; i < count; ++i)
    result.namespaces[std::to_string(i)] = {};
  return result;
}

} // namespace

CAF_TEST(options that fit together pass) {
  CAF_CHECK(problems_of({}).empty());
  CAF_CHECK(problems_of({.history_size = 1, .history_ttl = 1ms}).empty());
  CAF_CHECK(
    problems_of({.history_size = 1, .history_ttl = 1ms, .force_recovery = true})
      .empty());
  CAF_CHECK(
    problems_of({.join_leave = true, .force_join_leave = true}).empty());
}

CAF_TEST(half a history is refused) {
  CAF_CHECK_EQUAL(
    problems_of({.history_size = 1}),
    (texts{"channel.history-size: needs channel.history-ttl above 0s"}));
  CAF_CHECK_EQUAL(
    problems_of({.history_ttl = 1s}),
    (texts{"channel.history-ttl: needs channel.history-size above 0"}));
}

CAF_TEST(a history does not outlive its position) {
  settings given;
  given.namespaces["a"] = {.history_size = 1, .history_ttl = 2h};
  given.node.history_meta_ttl = 1h;
  CAF_CHECK_EQUAL(check_channels(given),
                  (texts{"namespace.a.history-ttl: expected at most "
                         "node.history-meta-ttl"}));
  given.node.history_meta_ttl = 2h;
  CAF_CHECK(check_channels(given).empty());
}

CAF_TEST(the error names the option that another one needs) {
  CAF_CHECK_EQUAL(problems_of({.force_recovery = true}),
                  (texts{"channel.force-recovery: needs a history: set "
                         "channel.history-size and channel.history-ttl"}));
  CAF_CHECK_EQUAL(problems_of({.force_join_leave = true}),
                  (texts{"channel.force-join-leave: needs channel.join-leave "
                         "= true"}));
}

CAF_TEST(every namespace is checked by itself) {
  settings given;
  given.channel = {.history_size = 1, .history_ttl = 1s, .join_leave = true};
  given.namespaces["a"].force_join_leave = true;
  given.namespaces["b"].history_size = 1;
  CAF_CHECK_EQUAL(
    check_channels(given),
    (texts{"namespace.a.force-join-leave: needs namespace.a.join-leave = true",
           "namespace.b.history-size: needs namespace.b.history-ttl above "
           "0s"}));
}

CAF_TEST(namespaces are bounded) {
  CAF_CHECK(check_channels(with_namespaces(1024)).empty());
  CAF_CHECK_EQUAL(
    check_channels(with_namespaces(1025)),
    (texts{"namespace: expected at most 1024 namespaces, found 1025"}));
}
