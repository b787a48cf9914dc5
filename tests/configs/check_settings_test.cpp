#define CAF_SUITE check_settings

#include "configs/check_settings.hpp"

#include <caf/test/unit_test.hpp>

#include <functional>

using namespace rookery;
using namespace std::literals;

namespace {

using change = std::function<void(settings&)>;

// The keys of all problems in the defaults after a change: "a.b c.d ".
std::string keys(const change& apply) {
  settings given;
  apply(given);
  std::string result;
  for (const auto& problem : check_settings(given))
    result += problem.substr(0, problem.find(':')) + ' ';
  return result;
}

std::string first_problem(const change& apply) {
  settings given;
  apply(given);
  const auto problems = check_settings(given);
  return problems.empty() ? "" : problems.front();
}

} // namespace

CAF_TEST(the defaults are right) {
  CAF_CHECK_EQUAL(keys([](settings&) {}), "");
}

CAF_TEST(a presence outlives its next update) {
  CAF_CHECK_EQUAL(keys([](settings& s) {
                    s.redis.presence_update_interval = 30s;
                    s.redis.presence_ttl = 59s;
                  }),
                  "redis.presence-ttl ");
  CAF_CHECK_EQUAL(keys([](settings& s) {
                    s.redis.presence_update_interval = 30s;
                    s.redis.presence_ttl = 60s;
                  }),
                  "");
}

CAF_TEST(loopback needs no permission) {
  CAF_CHECK_EQUAL(keys([](settings& s) {
                    s.listen.address = {"127.0.0.1", "127.1.2.3", "::1"};
                  }),
                  "");
}

CAF_TEST(beyond loopback must be asked for) {
  for (const auto* address : {"0.0.0.0", "::", "10.0.0.1", "fe80::1"}) {
    settings given;
    CAF_CHECK(!is_exposed(given));
    given.listen.address = {"127.0.0.1", address};
    CAF_CHECK(is_exposed(given));
    CAF_CHECK_EQUAL(check_settings(given).size(), 1u);
    given.node.insecure = true;
    CAF_CHECK_EQUAL(check_settings(given).size(), 0u);
  }
}

CAF_TEST(the refusal shows the setting to write) {
  CAF_CHECK_EQUAL(first_problem([](settings& s) {
                    s.listen.address = {"0.0.0.0"};
                    s.api.key = "key";
                  }),
                  "listen.address: 0.0.0.0 can be reached from beyond this "
                  "machine by anybody; to allow that, write insecure = true "
                  "in group node (--node.insecure); to let in nobody "
                  "without a token, set keys in group token");
}

CAF_TEST(beyond loopback it is enough that all clients need tokens) {
  settings given;
  given.listen.address = {"0.0.0.0"};
  CAF_CHECK_EQUAL(check_settings(given).size(), 1u);
  const std::function<void(settings::token_settings&)> keys[]{
    [](auto& token) { token.hmac_secrets = {"secret"}; },
    [](auto& token) { token.hmac_secrets_file = "secrets"; },
    [](auto& token) { token.public_keys = {"key.pem"}; },
  };
  for (const auto& set : keys) {
    given.token = {};
    set(given.token);
    CAF_CHECK(check_settings(given).empty());
  }
}

CAF_TEST(a backend that judges clients is enough if all are judged) {
  settings given;
  given.listen.address = {"0.0.0.0"};
  given.hooks.connect = "http://127.0.0.1/";
  CAF_CHECK_EQUAL(check_settings(given).size(), 1u);
  given.plain.publish = given.plain.subscribe = false;
  CAF_CHECK(check_settings(given).empty());
}

CAF_TEST(keys for tokens do not excuse clients without a token) {
  settings given;
  given.listen.address = {"0.0.0.0"};
  given.token.hmac_secrets = {"secret"};
  given.centrifuge.insecure = true;
  const auto problems = check_settings(given);
  CAF_REQUIRE_EQUAL(problems.size(), 1u);
  CAF_CHECK(
    problems[0].ends_with("without a token, switch off centrifuge.insecure"));
  given.node.insecure = true;
  CAF_CHECK(check_settings(given).empty());
}

CAF_TEST(each wrong setting is named) {
  const std::pair<change, std::string> samples[]{
    {[](settings& s) { s.listen.address = {}; }, "listen.address "},
    {[](settings& s) { s.listen.address = {"localhost"}; }, "listen.address "},
    {[](settings& s) {
       s.listen.address = {"::1", "::1"};
     },
     "listen.address "},
    {[](settings& s) { s.admin.address = "0.0.0.0"; }, "admin.address "},
    {[](settings& s) { s.admin.address = ""; }, "admin.address "},
    {[](settings& s) { s.admin.token = "a token"; }, "admin.token "},
    {[](settings& s) { s.admin.hosts = {"a:80"}; }, "admin.hosts "},
    {[](settings& s) { s.admin.hosts = {""}; }, "admin.hosts "},
    {[](settings& s) { s.admin.port = s.listen.port; }, "admin.port "},
    {[](settings& s) { s.node.name = std::string(65, 'x'); }, "node.name "},
    {[](settings& s) { s.node.name = "a\nb"; }, "node.name "},
    {[](settings& s) { s.redis.prefix = "a\xff"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = std::string(65, 'x'); },
     "redis.prefix "},
    {[](settings& s) { s.redis.prefix = "caf\xc3\xa9:"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = "a:b:"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = "a::"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = ":"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = "a{b}"; }, "redis.prefix "},
    {[](settings& s) { s.redis.prefix = "__rookery"; }, "redis.prefix "},
    {[](settings& s) { s.redis.url = "localhost"; }, "redis.url "},
    {[](settings& s) { s.api.key = "an API key"; }, "api.key "},
    {[](settings& s) { s.api.key = "\xc3\xa9\xc3\xa9\xc3\xa9"; }, "api.key "},
    {[](settings& s) { s.listen.allowed_origins = {"example.org"}; },
     "listen.allowed-origins "},
    {[](settings& s) { s.channel.force_recovery = true; },
     "channel.force-recovery "},
    {[](settings& s) { s.namespaces["a"].history_size = 1; },
     "namespace.a.history-size "},
    {[](settings& s) { s.node.output_memory = s.listen.output_queue - 1; },
     "listen.output-queue "},
  };
  for (const auto& [apply, expected] : samples)
    CAF_CHECK_EQUAL(keys(apply), expected);
}

CAF_TEST(unusual but right settings pass) {
  const change samples[]{
    [](settings& s) { s.node.name = std::string(64, 'x'); },
    [](settings& s) { s.redis.prefix = "Shop-1_b.c"; },
    [](settings& s) { s.redis.prefix = "shop:"; },
    [](settings& s) { s.redis.url = "redis://u:p%20w@[::1]:7000"; },
    [](settings& s) {
      s.listen.allowed_origins = {"*", "https://a.b:81"};
    },
    [](settings& s) { s.admin.port = s.listen.port = 0; },
    [](settings& s) {
      s.admin.port = s.listen.port;
      s.admin.address = "127.0.0.2";
    },
    [](settings& s) {
      s.admin.address = "0.0.0.0";
      s.admin.token = "a_token_of_operators";
      s.admin.hosts = {"ops.example.com"};
    },
  };
  for (const auto& apply : samples)
    CAF_CHECK_EQUAL(keys(apply), "");
}

CAF_TEST(keys that can be guessed are refused) {
  const change samples[]{
    [](settings& s) { s.api.key = "5byte"; },
    [](settings& s) { s.admin.token = "5byte"; },
    [](settings& s) { s.cluster.secret = "fifteen letters"; },
    [](settings& s) { // which signs messages between nodes, too
      s.api.key = "fifteen-letters";
      s.redis.url = "redis://h";
    },
  };
  for (const auto& apply : samples) {
    CAF_CHECK(first_problem(apply).find("can be guessed") != std::string::npos);
    settings given;
    apply(given);
    given.node.insecure = true;
    CAF_CHECK(check_settings(given).empty());
  }
  settings given;
  given.api.key = given.admin.token = "6_byte";
  given.cluster.secret = "sixteen letters.";
  given.redis.url = "redis://h";
  CAF_CHECK(check_settings(given).empty());
}

CAF_TEST(all problems are reported and no secret with them) {
  settings given;
  given.redis.url = "redis://:hunter2@h/1";
  given.api.key = "hunter2 hunter2 hunter2";
  given.admin.address = "elsewhere";
  const auto problems = check_settings(given);
  CAF_CHECK_EQUAL(problems.size(), 3u);
  for (const auto& problem : problems)
    CAF_CHECK_EQUAL(problem.find("hunter2"), std::string::npos);
}
