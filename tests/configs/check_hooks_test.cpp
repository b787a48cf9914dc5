#define CAF_SUITE check_hooks

#include "configs/check_hooks.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using texts = std::vector<std::string>;

texts problems_of(const settings::hook_settings& hooks) {
  settings given;
  given.hooks = hooks;
  return check_hooks(given);
}

} // namespace

CAF_TEST(hooks that fit together pass) {
  CAF_CHECK(problems_of({}).empty());
  settings given;
  given.hooks.connect = "http://app:8000/hooks/connect";
  given.hooks.refresh = "http://app:8000/hooks/refresh";
  given.hooks.subscribe = "http://10.0.0.1";
  given.hooks.publish = "http://[::1]:81/?a=b";
  given.hooks.rpc = "http://localhost/rpc";
  given.hooks.headers = {"Cookie", "Authorization", "X-Forwarded-For"};
  given.channel.hook_subscribe = true;
  given.namespaces["chat"].hook_publish = true;
  CAF_CHECK_EQUAL(check_hooks(given), texts{});
}

CAF_TEST(the error of a URL names its fault) {
  CAF_CHECK_EQUAL(problems_of({.connect = "https://app/"}),
                  (texts{"hooks.connect: TLS to a backend (https://) is not "
                         "supported yet; expected http://host[:port][/path]"}));
  CAF_CHECK_EQUAL(problems_of({.rpc = "app/rpc"}),
                  (texts{"hooks.rpc: it does not begin with http://; expected "
                         "http://host[:port][/path]"}));
}

CAF_TEST(a channel that asks a backend needs one) {
  settings given;
  given.channel.hook_subscribe = true;
  given.namespaces["chat"].hook_publish = true;
  CAF_CHECK_EQUAL(check_hooks(given),
                  (texts{"channel.hook-subscribe: needs hooks.subscribe, the "
                         "URL of the backend to ask",
                         "namespace.chat.hook-publish: needs hooks.publish, "
                         "the URL of the backend to ask"}));
}

CAF_TEST(a refresh hook needs a connect hook) {
  CAF_CHECK_EQUAL(problems_of({.refresh = "http://a"}),
                  (texts{"hooks.refresh: needs hooks.connect, which says when "
                         "connections expire"}));
}

CAF_TEST(only header fields about the client are forwarded) {
  const auto found = problems_of({.headers = {"X Y", "", "HOST", "te"}});
  CAF_REQUIRE_EQUAL(found.size(), 4u);
  CAF_CHECK_EQUAL(found[0],
                  "hooks.headers: \"X Y\" is not the name of a header field");
  CAF_CHECK_EQUAL(found[2], "hooks.headers: \"HOST\" cannot be forwarded: it "
                            "is about the client's own connection");
}
