#define CAF_SUITE dump

#include "configs/apply.hpp"
#include "configs/dump.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

namespace {

// Settings that differ from the defaults in every field.
settings unusual() {
  settings result;
  result.node = {
    "a \"b\" \\ # ; } =", 7, 1500ms, 77, true, 12345678, 23456789, 1h};
  result.listen.address = {"::1", "127.0.0.9"};
  result.listen.port = 1;
  result.listen.max_connections = 2;
  result.listen.max_message = 3;
  result.listen.handshake_timeout = 60s;
  result.listen.keep_alive = 61s;
  result.listen.output_queue = 4097;
  result.listen.send_buffer = 1 << 20;
  result.listen.ping_interval = 1h;
  result.listen.pong_timeout = 101ms;
  result.listen.allowed_origins = {"*", "https://a.b"};
  result.listen.trusted_proxies = {"10.0.0.0/8"};
  result.listen.proxy_protocol = true;
  result.listen.connections_per_address = 4;
  result.listen.connections_per_user = 5;
  result.listen.handshakes_per_address = 6;
  result.listen.bad_tokens_per_address = 7;
  result.listen.commands_per_connection = 8;
  result.listen.bytes_per_connection = 9;
  result.listen.new_channels_per_connection = 10;
  result.listen.new_channels = 11;
  result.plain = {false, false, true};
  result.centrifuge = {false, true, true, 7, 4097, 11s, 12s, 13s};
  result.channel = {5,    90s,  true, true, true, true,  true, true, true,
                    true, true, true, true, true, false, true, true};
  result.namespaces["chat"] = {.history_size = 100, .history_ttl = 1h};
  result.namespaces["A-9_"] = {.allow_publish = true};
  result.namespaces["empty"] = {};
  result.redis = {
    "redis://u:p%22@h", "", "caf\xc3\xa9\\", 61ms + 2s, "off", 3, 6s, 16s};
  result.cluster.secret = "sh4red";
  result.api.key = "\"\\";
  result.token.hmac_secrets = {"kid:a:s3cret, \"", "0ld"};
  result.token.public_keys = {"/etc/rookery/key.pem"};
  result.token.subscription_hmac_secrets = {"n3w"};
  result.token.subscription_public_keys = {"kid:b:other.pem"};
  result.token.audience = "rookery";
  result.token.issuer = "backend";
  result.token.leeway = 5s;
  result.hooks = {"http://a/c",
                  "http://a/r",
                  "http://a/s",
                  "http://a/p",
                  "http://[::1]:81/?x",
                  101ms,
                  7,
                  8,
                  {"Cookie", "X-Y"},
                  "http://backend/events"};
  result.admin = {"::1", 65535, "t0ken", "", {"ops.example.com"}};
  result.log = {"trace", "json"};
  return result;
}

settings reloaded(const std::string& dump) {
  settings result;
  const auto errors = apply_text(result, "dump", dump);
  CAF_CHECK_EQUAL(errors, std::vector<std::string>{});
  return result;
}

} // namespace

CAF_TEST(a dump can be loaded again) {
  const auto given = unusual();
  CAF_CHECK(reloaded(dump_config(given, dump_secrets::yes)) == given);
  CAF_CHECK(reloaded(dump_config({}, dump_secrets::no)) == settings{});
}

CAF_TEST(the sample differs from the defaults everywhere) {
  for (const auto& entry : settings_table()) {
    if (entry.visibility == secrecy::secret_file)
      continue;
    const auto differs = [&](auto field) {
      auto given = unusual();
      settings defaults;
      return field(given) != field(defaults);
    };
    CAF_CHECK(std::visit(differs, entry.field));
  }
}

CAF_TEST(secrets are left out unless asked for) {
  auto given = unusual();
  const auto dump = dump_config(given, dump_secrets::no);
  for (const auto* secret : {"p%22", "s3cret", "0ld", "n3w", "sh4red", "t0ken"})
    CAF_CHECK_EQUAL(dump.find(secret), std::string::npos);
  CAF_CHECK_NOT_EQUAL(dump.find("# url is set; --with-secrets shows it"),
                      std::string::npos);
  given.redis.url.clear();
  given.cluster.secret.clear();
  given.api.key.clear();
  given.admin.token.clear();
  given.token.hmac_secrets.clear();
  given.token.subscription_hmac_secrets.clear();
  CAF_CHECK(reloaded(dump) == given);
}

CAF_TEST(a file of a secret is dumped by its name) {
  settings given;
  given.redis.url_file = "/etc/rookery/\"url\"";
  CAF_CHECK(reloaded(dump_config(given, dump_secrets::no)) == given);
}

CAF_TEST(a namespace is dumped whole) {
  settings given;
  given.namespaces["chat"].presence = true;
  const auto dump = dump_config(given, dump_secrets::no);
  const auto chat = dump.substr(dump.find("\n  chat {\n"));
  for (const auto& entry : settings_table())
    if (entry.is_channel_option())
      CAF_CHECK(chat.find("\n    " + std::string{entry.name()} + " = ")
                < chat.find("\n  }\n"));
}

CAF_TEST(sizes are explained) {
  const auto dump = dump_config({}, dump_secrets::no);
  CAF_CHECK_NOT_EQUAL(dump.find("max-message = 1048576 # 1 MiB\n"),
                      std::string::npos);
}
