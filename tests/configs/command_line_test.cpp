#define CAF_SUITE command_line

#include "configs/command_line.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using action = command_line::action;

command_line parsed(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "rookery");
  return parse_command_line(static_cast<int>(arguments.size()),
                            arguments.data());
}

// "key=text ..." of all assignments, then "!error" of all errors.
std::string summary(std::vector<const char*> arguments) {
  const auto result = parsed(std::move(arguments));
  std::string text;
  for (const auto& [key, value] : result.assignments)
    text += key.text() + '=' + value + ' ';
  for (const auto& error : result.errors)
    text += '!' + error;
  return text;
}

} // namespace

CAF_TEST(no arguments mean run) {
  CAF_CHECK(parsed({}).wanted == action::run);
  CAF_CHECK_EQUAL(summary({}), "");
  CAF_CHECK(parse_command_line(0, nullptr).errors.empty());
}

CAF_TEST(the file has three spellings) {
  CAF_CHECK_EQUAL(parsed({"--config", "f"}).config_file, "f");
  CAF_CHECK_EQUAL(parsed({"--config=f"}).config_file, "f");
  CAF_CHECK_EQUAL(parsed({"-c", "f"}).config_file, "f");
  CAF_CHECK_EQUAL(parsed({"-c", "f", "-c", "g"}).config_file, "g");
}

CAF_TEST(values follow a sign or a space) {
  CAF_CHECK_EQUAL(summary({"--listen.port=1", "--node.name", "a b"}),
                  "listen.port=1 node.name=a b ");
  CAF_CHECK_EQUAL(summary({"--node.name="}), "node.name= ");
  CAF_CHECK_EQUAL(summary({"--redis.url=redis://h?a=b"}),
                  "redis.url=redis://h?a=b ");
  CAF_CHECK_EQUAL(summary({"--listen.port", "-1"}), "listen.port=-1 ");
}

CAF_TEST(switches need no value) {
  CAF_CHECK_EQUAL(summary({"--node.insecure"}), "node.insecure=true ");
  CAF_CHECK_EQUAL(summary({"--node.insecure", "--plain.demo=false"}),
                  "node.insecure=true plain.demo=false ");
  CAF_CHECK_EQUAL(summary({"--plain.publish", "false"}),
                  "plain.publish=false ");
  CAF_CHECK_EQUAL(summary({"--plain.demo", "x"}),
                  "plain.demo=true !unexpected argument \"x\"");
}

CAF_TEST(options of namespaces are named with them) {
  CAF_CHECK_EQUAL(summary({"--namespace.chat.history-size=5",
                           "--namespace.a_B-9.presence", "--channel.presence"}),
                  "namespace.chat.history-size=5 "
                  "namespace.a_B-9.presence=true channel.presence=true ");
}

CAF_TEST(actions are told apart) {
  CAF_CHECK(parsed({"--help"}).wanted == action::help);
  CAF_CHECK(parsed({"-h"}).wanted == action::help);
  CAF_CHECK(parsed({"--version"}).wanted == action::version);
  CAF_CHECK(parsed({"-V"}).wanted == action::version);
  CAF_CHECK(parsed({"--check-config"}).wanted == action::check_config);
  CAF_CHECK(parsed({"--dump-config"}).wanted == action::dump_config);
  CAF_CHECK(!parsed({"--dump-config"}).with_secrets);
  CAF_CHECK(parsed({"--with-secrets", "--dump-config"}).with_secrets);
}

CAF_TEST(help goes before everything) {
  CAF_CHECK(parsed({"--help", "--version"}).wanted == action::help);
  CAF_CHECK(parsed({"--version", "--help", "-x"}).wanted == action::help);
  CAF_CHECK(parsed({"--version", "--dump-config"}).wanted == action::version);
}

CAF_TEST(mistakes are told) {
  const std::pair<std::vector<const char*>, const char*> samples[]{
    {{"stray"}, "!unexpected argument \"stray\""},
    {{""}, "!unexpected argument \"\""},
    {{"-"}, "!unexpected argument \"-\""},
    {{"--"}, "!unknown option --"},
    {{"--listen.port"}, "!--listen.port: expected a value"},
    {{"--listen.port", "--node.insecure"},
     "node.insecure=true !--listen.port: expected a value"},
    {{"--config"}, "!--config: expected a value"},
    {{"--config="}, "!--config: expected the name of a file"},
    {{"--help=x"}, "!--help: takes no value"},
    {{"-p"}, "!unknown option -p"},
    {{"-listen.port=1"},
     "!unknown option -listen.port; did you mean --listen.port?"},
    {{"--port", "80"}, "!unknown option --port; did you mean --listen.port?"},
    {{"--namespace.chat.presense"},
     "!unknown option --namespace.chat.presense; did you mean "
     "--namespace.chat.presence?"},
    {{"--namespace.presence"},
     "!unknown option --namespace.presence; did you mean "
     "--namespace.NAME.presence?"},
    {{"--namespace.a b.presence"},
     "!unknown option --namespace.a b.presence; the name of a namespace is 1 "
     "to 64 letters, digits, - or _"},
    {{"--namespace.chat=x"}, "!unknown option --namespace.chat"},
    {{"--with-secrets"}, "!--with-secrets: goes with --dump-config only"},
  };
  for (const auto& [arguments, expected] : samples)
    CAF_CHECK_EQUAL(summary(arguments), expected);
}

CAF_TEST(the value of an unknown option is never told) {
  CAF_CHECK_EQUAL(summary({"--api.kye=hunter2"}),
                  "!unknown option --api.kye; did you mean --api.key?");
  CAF_CHECK_EQUAL(summary({"--api.kye", "hunter2"}),
                  "!unknown option --api.kye; did you mean --api.key?");
}
