#define CAF_SUITE apply

#include "tests/configs/support/applied.hpp"
#include "tests/configs/support/temporary_file.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

CAF_TEST(each type is stored) {
  const auto result = loaded(R"(
    node { name = "n", loops = 3, insecure = true, drain-timeout = 1500ms }
    listen { address = ["::1", "127.0.0.2"], port = 0, max-message = 64KiB
             output-queue = "2MiB" }
    log.level = "warn"
  )");
  settings expected;
  expected.node.name = "n";
  expected.node.loops = 3;
  expected.node.insecure = true;
  expected.node.drain_timeout = 1500ms;
  expected.listen.address = {"::1", "127.0.0.2"};
  expected.listen.port = 0;
  expected.listen.max_message = 64 * 1024;
  expected.listen.output_queue = 2 * 1024 * 1024;
  expected.log.level = "warn";
  CAF_CHECK(result == expected);
}

CAF_TEST(errors of broken files name place and expected value) {
  const auto port = "f:1: listen.port = "s;
  const auto is_port = ": expected an integer from 0 to 65535"s;

  struct sample {
    std::string text;
    std::string error;
  };

  for (const auto& [text, error] : {
         sample{"listen { prot = 80 }",
                "f:1: unknown key listen.prot = 80; did you mean listen.port?"},
         sample{"\nlisten.nothing_alike_at_all = 1",
                "f:2: unknown key listen.nothing_alike_at_all = 1"},
         sample{"lisen { port = 80 }",
                "f:1: unknown group lisen; did you mean listen?"},
         sample{"[sockets]\nport = 80", "f:1: unknown group sockets"},
         sample{"port = 80",
                "f:1: unknown key port = 80; did you mean listen.port?"},
         sample{"listen = 80",
                "f:1: listen is a group: expected listen { ... }"},
         sample{"listen { port { } }", "f:1: listen.port is a setting, not a "
                                       "group: expected a value"},
         sample{"listen.port = 65536", port + "65536" + is_port},
         sample{"listen.port = -1", port + "-1" + is_port},
         sample{"listen.port = \"80\"", port + "\"80\"" + is_port},
         sample{"listen.port = 80.5", port + "80.5" + is_port},
         sample{"listen.port = 0x50", port + "0x50" + is_port},
         sample{"listen.port = 080", port + "080" + is_port},
         sample{"listen.port = 1KiB", port + "1KiB" + is_port},
         sample{"listen.port = true", port + "true" + is_port},
         sample{"listen.port = 99999999999999999999999",
                port + "99999999999999999999999" + is_port},
         sample{"listen.address = \"127.0.0.1\"",
                "f:1: listen.address = \"127.0.0.1\": expected a list of "
                "strings such as [\"a\", \"b\"]"},
         sample{"listen.address = [1]",
                "f:1: listen.address = [ 1 ]: expected a list of strings such "
                "as [\"a\", \"b\"]"},
         sample{"listen.max-message = 16MiB",
                "f:1: listen.max-message = 16MiB: expected a size in bytes "
                "from 1 to 15 MiB"},
         sample{"listen.max-message = 0",
                "f:1: listen.max-message = 0: expected a size in bytes from 1 "
                "to 15 MiB"},
         sample{"listen.ping-interval = 25",
                "f:1: listen.ping-interval = 25: expected a duration from "
                "100ms to 1h"},
         sample{"listen.ping-interval = 2h",
                "f:1: listen.ping-interval = 2h: expected a duration from "
                "100ms to 1h"},
         sample{"node.insecure = yes",
                "f:1: node.insecure = yes: expected true or false"},
         sample{"node.insecure = \"true\"",
                "f:1: node.insecure = \"true\": expected true or false"},
         sample{"node.name = rook",
                "f:1: node.name = rook: expected a string in double quotes"},
         sample{"node.name = 'rook'",
                "f:1: node.name = 'rook': expected a string in double quotes"},
         sample{"log.format = \"xml\"", "f:1: log.format = \"xml\": expected "
                                        "one of text, json in double quotes"},
         sample{"log.level = \"INFO\"",
                "f:1: log.level = \"INFO\": expected one of trace, debug, "
                "info, warn, error in double quotes"},
         sample{"listen { port = 1\nport = 2 }",
                "f:2: listen.port is set twice, first in line 1"},
         sample{"listen { port = 1 }\n[listen]\nport = 1",
                "f:3: listen.port is set twice, first in line 1"},
         sample{"listen {\n port = 80\n", "f:1: the group opened here is never "
                                          "closed"},
         sample{"listen.port = 80 80", "f:1: unexpected text after the value"},
         sample{"listen.port =", "f:1: expected a value after the key"},
         sample{"node.name = \"rook", "f:1: the string is not closed on its "
                                      "line"},
       })
    CAF_CHECK_EQUAL(errors_of(text), error);
}

CAF_TEST(all errors are reported in the order of lines) {
  CAF_CHECK_EQUAL(errors_of("log.level = \"x\"\na = 1\nnode.loops = 999\n}"),
                  "f:1: log.level = \"x\": expected one of trace, debug, info, "
                  "warn, error in double quotes\n"
                  "f:2: unknown key a = 1\n"
                  "f:3: node.loops = 999: expected an integer from 0 to 256\n"
                  "f:4: } without a group to close");
}

CAF_TEST(a wrong value changes nothing) {
  settings target;
  CAF_CHECK(!apply_text(target, "f", "listen.port = 70000").empty());
  CAF_CHECK(target == settings{});
}

CAF_TEST(errors never tell a secret) {
  for (const auto& text :
       {"redis.url = 'hunter2'"s, "api.key = hunter2"s, "api.key = [hunter2]"s,
        "token.hmac-secrets = \"hunter2\""s,
        "token.hmac-secrets = [\"hunter2\" \"hunter2\""s,
        "token.hmac-secrets = [\"hunter2\"]\ntoken.hmac-secrets-file = "
        "\"x\""s,
        "api.kye = \"hunter2\""s, "api.key { hunter2 = \"hunter2\" }"s,
        "redis { url = \"hunter2 }"s, "redis.url = \"hunter2\" \"hunter2\""s,
        "api.key = \"hunter2\"\napi.key-file = \"x\""s}) {
    CAF_CHECK_NOT_EQUAL(errors_of(text), "");
    CAF_CHECK_EQUAL(errors_of(text).find("hunter2"), std::string::npos);
  }
}

CAF_TEST(a huge value is cut in the message) {
  const auto error = errors_of("listen.port = " + std::string(100'000, '7'));
  CAF_CHECK(error.size() < 200);
}

CAF_TEST(the command line wins over a file) {
  auto target = loaded("listen { port = 1, max-connections = 5 }");
  CAF_CHECK(apply_command_line(target, {option("listen.port", "2")}).empty());
  CAF_CHECK_EQUAL(target.listen.port, 2);
  CAF_CHECK_EQUAL(target.listen.max_connections, 5u);
}

CAF_TEST(the last of repeated options wins) {
  settings target;
  CAF_CHECK(apply_command_line(
              target, {option("listen.port", "x"), option("listen.port", "7")})
              .empty());
  CAF_CHECK_EQUAL(target.listen.port, 7);
}

CAF_TEST(options need no quotes) {
  settings target;
  CAF_CHECK(
    apply_command_line(target, {option("node.name", "a \"b\""),
                                option("listen.address", "127.0.0.1,::1"),
                                option("listen.allowed-origins", "[\"*\"]"),
                                option("listen.max-message", "2MiB"),
                                option("redis.own-loop", "on")})
      .empty());
  CAF_CHECK_EQUAL(target.node.name, "a \"b\"");
  CAF_CHECK(target.listen.address
            == (std::vector<std::string>{"127.0.0.1", "::1"}));
  CAF_CHECK(target.listen.allowed_origins == std::vector<std::string>{"*"});
  CAF_CHECK_EQUAL(target.listen.max_message, 2u * 1024 * 1024);
  CAF_CHECK_EQUAL(target.redis.own_loop, "on");
}

CAF_TEST(wrong options are told) {
  settings target;
  for (const auto& [key, text] : {std::pair{"listen.address", "a,,b"},
                                  {"listen.address", "a,"},
                                  {"listen.address", ",a"},
                                  {"listen.address", "[a]"},
                                  {"listen.port", ""},
                                  {"log.level", "loud"},
                                  {"node.insecure", "1"}})
    CAF_CHECK_EQUAL(apply_command_line(target, {option(key, text)}).size(), 1u);
  CAF_CHECK(target == settings{});
}

CAF_TEST(a secret comes directly or from a file) {
  CAF_CHECK_EQUAL(errors_of("api { key = \"a\", key-file = \"b\" }"),
                  "f: api.key and api.key-file are both set: expected one of "
                  "them");
  CAF_CHECK_EQUAL(errors_of("api { key = \"\", key-file = \"b\" }"), "");
}

CAF_TEST(a secret of a later source replaces the earlier one) {
  auto target = loaded("api.key = \"a\"");
  CAF_CHECK(apply_command_line(target, {option("api.key-file", "b")}).empty());
  CAF_CHECK_EQUAL(target.api.key, "");
  CAF_CHECK_EQUAL(target.api.key_file, "b");
  CAF_CHECK(apply_command_line(target, {option("api.key", "c")}).empty());
  CAF_CHECK_EQUAL(target.api.key, "c");
  CAF_CHECK_EQUAL(target.api.key_file, "");
}

CAF_TEST(a list of secrets of a later source replaces the earlier one) {
  auto target = loaded("token.hmac-secrets = [\"a\", \"b\"]");
  CAF_CHECK(target.token.hmac_secrets == (std::vector<std::string>{"a", "b"}));
  CAF_CHECK(apply_command_line(target, {option("token.hmac-secrets-file", "f")})
              .empty());
  CAF_CHECK(target.token.hmac_secrets.empty());
  CAF_CHECK(
    apply_command_line(target, {option("token.hmac-secrets", "c,d")}).empty());
  CAF_CHECK(target.token.hmac_secrets == (std::vector<std::string>{"c", "d"}));
  CAF_CHECK_EQUAL(target.token.hmac_secrets_file, "");
}

CAF_TEST(a list of secrets is read from its file line by line) {
  const temporary_file file{
    "# for the new backend\nfirst one\r\n\nkid:a:second\n"};
  settings target;
  target.token.hmac_secrets_file = file.path();
  CAF_CHECK(read_secret_files(target).empty());
  CAF_CHECK(target.token.hmac_secrets
            == (std::vector<std::string>{"first one", "kid:a:second"}));
  const temporary_file blank{"\n\r\n\n"};
  target.token.hmac_secrets_file = blank.path();
  CAF_CHECK_EQUAL(read_secret_files(target).size(), 1u);
}

CAF_TEST(secrets are read from their files) {
  const temporary_file file{"# the key\nk3y\n"};
  settings target;
  target.api.key_file = file.path();
  CAF_CHECK(read_secret_files(target).empty());
  CAF_CHECK_EQUAL(target.api.key, "k3y");
}

CAF_TEST(a secret file that cannot be used is told) {
  const temporary_file empty{"\n"};
  const temporary_file comment{"# the key\n"};
  const temporary_file two{"one\ntwo\n"};
  const temporary_file large{std::string(4097, 'x')};
  for (const auto& [path, error] :
       {std::pair{"/nonexistent/x"s,
                  "cannot open file: No such file or directory"s},
        {"/"s, "cannot read file: Is a directory"s},
        {empty.path(), "file has no secret in any line"s},
        {comment.path(), "file has no secret in any line"s},
        {two.path(), "file has more than one secret"s},
        {large.path(), "file is larger than 4096 bytes"s}}) {
    settings target;
    target.redis.url_file = path;
    const auto errors = read_secret_files(target);
    CAF_REQUIRE_EQUAL(errors.size(), 1u);
    CAF_CHECK_EQUAL(errors[0], "redis.url-file = " + path + ": " + error);
  }
}

CAF_TEST(a file that cannot be read is told) {
  settings target;
  const auto errors = apply_file(target, "/nonexistent/rookery.conf");
  CAF_REQUIRE_EQUAL(errors.size(), 1u);
  CAF_CHECK_EQUAL(errors[0], "/nonexistent/rookery.conf: cannot open file: No "
                             "such file or directory");
}
