#define CAF_SUITE load

#include "configs/dump.hpp"
#include "configs/load.hpp"
#include "configs/settings_table.hpp"
#include "tests/configs/support/temporary_file.hpp"

#include <caf/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace rookery;
using namespace std::literals;

namespace {

std::variant<settings, exit_request> run(std::vector<std::string> arguments) {
  std::vector<const char*> pointers{"rookery"};
  for (const auto& argument : arguments)
    pointers.push_back(argument.c_str());
  return load(static_cast<int>(pointers.size()), pointers.data());
}

exit_request exit_of(std::vector<std::string> arguments) {
  auto result = run(std::move(arguments));
  if (auto* request = std::get_if<exit_request>(&result))
    return *request;
  return {.status = -1, .out = "started", .err = "started"};
}

std::string sample_file(const std::string& name) {
  return std::string{ROOKERY_SAMPLE_FILES} + "/" + name;
}

} // namespace

CAF_TEST(without arguments the defaults hold) {
  const auto result = run({});
  CAF_REQUIRE(std::holds_alternative<settings>(result));
  CAF_CHECK(std::get<settings>(result) == settings{});
}

CAF_TEST(the sample file holds every default) {
  const auto result = run({"--config", sample_file("rookery.conf")});
  CAF_REQUIRE(std::holds_alternative<settings>(result));
  CAF_CHECK(std::get<settings>(result) == settings{});
}

CAF_TEST(the sample file equals a dump of the defaults) {
  settings unused;
  const auto text = dump_config(unused, dump_secrets::no);
  for (const auto& entry : settings_table())
    CAF_CHECK_NOT_EQUAL(text.find(' ' + std::string{entry.name()} + " = "),
                        std::string::npos);
  CAF_CHECK_EQUAL(exit_of({"--dump-config"}).out, text);
  std::ostringstream file;
  file << std::ifstream{sample_file("rookery.conf")}.rdbuf();
  CAF_CHECK_EQUAL(file.str(), text);
}

CAF_TEST(the two sample nodes share a Redis and a secret and nothing else) {
  const auto a = run({"-c", sample_file("node-a.conf")});
  const auto b = run({"-c", sample_file("node-b.conf")});
  CAF_REQUIRE(std::holds_alternative<settings>(a));
  CAF_REQUIRE(std::holds_alternative<settings>(b));
  const auto& first = std::get<settings>(a);
  const auto& second = std::get<settings>(b);
  CAF_CHECK_EQUAL(first.redis.url, "redis://127.0.0.1:6379");
  CAF_CHECK(first.redis == second.redis);
  CAF_CHECK(!first.cluster.secret.empty());
  CAF_CHECK(first.cluster == second.cluster);
  CAF_CHECK_EQUAL(first.listen.port, 8080);
  CAF_CHECK_EQUAL(second.listen.port, 8081);
  CAF_CHECK_EQUAL(first.admin.port, 9080);
  CAF_CHECK_EQUAL(second.admin.port, 9081);
  CAF_CHECK_NOT_EQUAL(first.node.name, second.node.name);
}

CAF_TEST(actions print and exit with 0) {
  const auto version = exit_of({"--version"});
  CAF_CHECK_EQUAL(version.status, 0);
  CAF_CHECK_EQUAL(version.out, "rookery 0.1.0\n");
  const auto check = exit_of({"--check-config", "--listen.port=1"});
  CAF_CHECK_EQUAL(check.status, 0);
  CAF_CHECK_EQUAL(check.out, "configuration is valid\n");
  CAF_CHECK_EQUAL(exit_of({"--help", "nonsense"}).status, 0);
}

CAF_TEST(a check prints the errors of a start) {
  const config_check check = [](const settings& config) {
    if (config.listen.port == 1)
      return config_faults{{"port 1 is taken"}, {}};
    return config_faults{{}, {"any port may be taken"}};
  };
  const auto load_with = [check](std::vector<const char*> options) {
    options.insert(options.begin(), "rookery");
    return load(static_cast<int>(options.size()), options.data(), check);
  };
  for (const auto& options :
       {std::vector{"--listen.port=1"},
        std::vector{"--listen.port=1", "--check-config"}}) {
    const auto refused = std::get<exit_request>(load_with(options));
    CAF_CHECK_EQUAL(refused.status, 2);
    CAF_CHECK_EQUAL(refused.err, "rookery: port 1 is taken\n");
  }
  const auto good = std::get<exit_request>(load_with({"--check-config"}));
  CAF_CHECK_EQUAL(good.status, 0);
  CAF_CHECK_EQUAL(good.err, "rookery: warning: any port may be taken\n");
  CAF_CHECK(std::holds_alternative<settings>(load_with({})));
}

CAF_TEST(errors of all sources come together with status 2) {
  const temporary_file file{"listen.port = x\n"};
  const auto result =
    exit_of({"-c", file.path(), "--node.loops=x", "--nonsense",
             "--listen.address=localhost", "--check-config"});
  CAF_CHECK_EQUAL(result.status, 2);
  CAF_CHECK_EQUAL(result.out, "");
  CAF_CHECK_EQUAL(result.err,
                  "rookery: unknown option --nonsense\nrookery: " + file.path()
                    + ":1: listen.port = x: expected an integer from 0 to "
                      "65535\n"
                      "rookery: --node.loops = x: expected an integer from 0 "
                      "to 256\n"
                      "rookery: listen.address: \"localhost\" is not an IPv4 "
                      "or IPv6 address\n");
}

CAF_TEST(help names every key within 80 columns) {
  const auto help = exit_of({"--help"}).out;
  for (const auto& entry : settings_table())
    CAF_CHECK_NOT_EQUAL(help.find("  --" + std::string{entry.key}),
                        std::string::npos);
  std::istringstream lines{help};
  for (std::string line; std::getline(lines, line);)
    CAF_CHECK(line.size() <= 80);
}

CAF_TEST(a secret file is read and a dump shows its name) {
  const temporary_file secret{"hunter2\n"};
  const auto option = "--api.key-file=" + secret.path();
  const auto loaded = run({option});
  CAF_REQUIRE(std::holds_alternative<settings>(loaded));
  CAF_CHECK_EQUAL(std::get<settings>(loaded).api.key, "hunter2");
  const auto plain = exit_of({option, "--dump-config"}).out;
  CAF_CHECK_EQUAL(plain.find("hunter2"), std::string::npos);
  const auto full = exit_of({option, "--dump-config", "--with-secrets"}).out;
  CAF_CHECK_NOT_EQUAL(full.find("key = \"hunter2\""), std::string::npos);
  for (const auto& dump : {plain, full}) {
    const temporary_file file{dump};
    const auto again = run({"-c", file.path()});
    CAF_REQUIRE(std::holds_alternative<settings>(again));
    CAF_CHECK_EQUAL(std::get<settings>(again).api.key, "hunter2");
  }
}
