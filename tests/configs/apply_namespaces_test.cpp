#define CAF_SUITE apply_namespaces

#include "tests/configs/support/applied.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

CAF_TEST(every notation of a file makes the same namespace) {
  settings expected;
  expected.namespaces["chat"] = {.history_size = 100, .history_ttl = 1h};
  for (const auto* text :
       {"namespace.chat { history-size = 100, history-ttl = 1h }",
        "namespace { chat { history-size = 100, history-ttl = 1h } }",
        "[namespace.chat]\nhistory-size = 100\nhistory-ttl = 1h",
        "[namespace]\nchat { history-size = 100\nhistory-ttl = 1h }",
        "namespace.chat.history-size = 100\nnamespace.chat.history-ttl = 1h",
        "namespace.chat { history-size = 100 }\n"
        "namespace { chat.history-ttl = 1h }"})
    CAF_CHECK(loaded(text) == expected);
}

CAF_TEST(a namespace takes nothing from the default one) {
  const auto result = loaded("channel.presence = true\n"
                             "namespace.chat.allow-publish = true");
  CAF_CHECK(result.channel.presence);
  CAF_CHECK(!result.namespaces.at("chat").presence);
  CAF_CHECK(!result.channel.allow_publish);
}

CAF_TEST(a namespace may be empty) {
  settings expected;
  expected.namespaces["a"] = {};
  CAF_CHECK(loaded("namespace.a { }") == expected);
  CAF_CHECK(loaded("namespace { a { } }") == expected);
  CAF_CHECK(loaded("[namespace.a]") == expected);
  CAF_CHECK(loaded("namespace { }") == settings{});
}

CAF_TEST(a namespace may be called like an option) {
  const auto result = loaded("namespace.presence { presence = true }");
  CAF_CHECK(result.namespaces.at("presence").presence);
}

CAF_TEST(the command line wins over a file option by option) {
  auto target = loaded("namespace.chat { presence = true, join-leave = true }");
  CAF_CHECK(
    apply_command_line(target, {option("namespace.chat.presence", "false"),
                                option("namespace.news.history-size", "3")})
      .empty());
  CAF_CHECK(!target.namespaces.at("chat").presence);
  CAF_CHECK(target.namespaces.at("chat").join_leave);
  CAF_CHECK_EQUAL(target.namespaces.at("news").history_size, 3u);
}

CAF_TEST(a wrong value makes no namespace) {
  settings target;
  CAF_CHECK_EQUAL(apply_text(target, "f", "namespace.a.presence = 1").size(),
                  1u);
  CAF_CHECK(target == settings{});
}

CAF_TEST(errors of broken namespaces name place and expected value) {
  const auto rule =
    "; the name of a namespace is 1 to 64 letters, digits, - or "
    "_"s;
  const std::string long_name(65, 'x');

  struct sample {
    std::string text;
    std::string error;
  };

  for (const auto& [text, error] : {
         sample{"namespace.chat { history-sise = 1 }",
                "f:1: unknown key namespace.chat.history-sise = 1; did you "
                "mean namespace.chat.history-size?"},
         sample{"namespace.chat { port = 1 }",
                "f:1: unknown key namespace.chat.port = 1"},
         sample{"namespace.chat { history-size = 1000001 }",
                "f:1: namespace.chat.history-size = 1000001: expected an "
                "integer from 0 to 1000000"},
         sample{"namespace.chat { history-ttl = 60 }",
                "f:1: namespace.chat.history-ttl = 60: expected a duration "
                "from 0s to 720h"},
         sample{"[namespace.chat]\npresence = yes",
                "f:2: namespace.chat.presence = yes: expected true or false"},
         sample{"namespace { presence = true }",
                "f:1: unknown key namespace.presence = true; did you mean "
                "namespace.NAME.presence?"},
         sample{"namespace { chat = 5 }",
                "f:1: namespace.chat is a group: expected namespace.chat { ... "
                "}"},
         sample{"namespace = 5",
                "f:1: namespace is a group: expected namespace { ... }"},
         sample{"namespace.chat.presence { }",
                "f:1: namespace.chat.presence is a setting, not a group: "
                "expected a value"},
         sample{"namespaces.chat { presence = true }",
                "f:1: unknown group namespaces.chat; did you mean "
                "namespace.chat?"},
         sample{"namespace." + long_name + " { presence = true }",
                "f:1: unknown group namespace." + long_name + rule},
         sample{"namespace." + long_name + ".presence = true",
                "f:1: unknown key namespace." + long_name + ".presence = true"
                  + rule},
         sample{"namespace.a { presence = true }\n"
                "namespace.b { presence = true }\n"
                "namespace { a.presence = false }",
                "f:3: namespace.a.presence is set twice, first in line 1"},
       })
    CAF_CHECK_EQUAL(errors_of(text), error);
}

CAF_TEST(wrong options name their namespace) {
  settings target;
  const auto errors =
    apply_command_line(target, {option("namespace.a.history-size", "-1")});
  CAF_REQUIRE_EQUAL(errors.size(), 1u);
  CAF_CHECK_EQUAL(errors[0], "--namespace.a.history-size = -1: expected an "
                             "integer from 0 to 1000000");
  CAF_CHECK(target == settings{});
}
