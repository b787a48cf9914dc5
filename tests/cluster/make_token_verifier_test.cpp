#define CAF_SUITE make_token_verifier

#include "cluster/tokens/make_token_verifier.hpp"
#include "tests/cluster/support/token_maker.hpp"
#include "tests/cluster/support/token_samples.hpp"
#include "tests/configs/support/temporary_file.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

namespace {

using texts = std::vector<std::string>;
using token_settings = settings::token_settings;

constexpr std::chrono::sys_seconds now{1'800'000'000s};
const std::string long_secret(32, 's');

bool admits(const token_setup& setup, std::string_view token) {
  CAF_REQUIRE(setup.verifier != nullptr);
  return std::holds_alternative<connection_claims>(
    setup.verifier->verify_connection(token, now));
}

std::string with_key_id(std::string_view id, std::string_view secret) {
  return sign_text(secret, unsigned_token("{\"alg\":\"HS256\",\"kid\":\""
                                            + std::string{id} + "\"}",
                                          "{}"));
}

} // namespace

CAF_TEST(without settings no token is valid) {
  const auto setup = make_token_verifier({});
  CAF_CHECK(setup.errors.empty() && setup.warnings.empty());
  CAF_CHECK(!admits(setup, samples::tokens[0].text));
}

CAF_TEST(all keys of the settings are used) {
  const temporary_file rsa{std::string{samples::rsa_pem}};
  const temporary_file p256{std::string{samples::p256_pem}};
  const temporary_file p384{std::string{samples::p384_pem}};
  const temporary_file p521{std::string{samples::p521_pem}};
  const auto setup = make_token_verifier(
    token_settings{.hmac_secrets = {long_secret, std::string{samples::secret}},
                   .public_keys = {rsa.path(), "kid:a:" + p256.path(),
                                   p384.path(), p521.path()}});
  CAF_CHECK_EQUAL(setup.errors, texts{});
  CAF_CHECK_EQUAL(setup.warnings, texts{});
  for (const auto& sample : samples::tokens)
    CAF_CHECK(admits(setup, sample.text));
}

CAF_TEST(keys may have names) {
  const auto setup = make_token_verifier(token_settings{
    .hmac_secrets = {"kid:a:" + long_secret + ":=", long_secret}});
  CAF_CHECK(admits(setup, with_key_id("a", long_secret + ":=")));
  CAF_CHECK(admits(setup, token_of(long_secret + ":=", "{}")));
  CAF_CHECK(admits(setup, token_of(long_secret, "{}")));
  CAF_CHECK(admits(setup, with_key_id("b", long_secret)));
  CAF_CHECK(!admits(setup, with_key_id("b", long_secret + ":=")));
}

CAF_TEST(audience and issuer and subscription keys are used) {
  const auto setup = make_token_verifier(
    token_settings{.hmac_secrets = {long_secret},
                   .subscription_hmac_secrets = {long_secret + "2"},
                   .audience = "a",
                   .issuer = "i"});
  CAF_CHECK(admits(setup, token_of(long_secret, R"({"aud":"a","iss":"i"})")));
  CAF_CHECK(!admits(setup, token_of(long_secret, R"({"aud":"a"})")));
  CAF_CHECK(!admits(setup, token_of(long_secret, R"({"iss":"i"})")));
  const auto subscription = R"({"aud":"a","iss":"i","channel":"c"})";
  CAF_CHECK(std::holds_alternative<subscription_claims>(
    setup.verifier->verify_subscription(
      token_of(long_secret + "2", subscription), now)));
  CAF_CHECK(
    std::holds_alternative<token_invalid>(setup.verifier->verify_subscription(
      token_of(long_secret, subscription), now)));
}

CAF_TEST(a short secret works and is warned about) {
  const auto setup = make_token_verifier(
    token_settings{.hmac_secrets = {long_secret, "hunter2 hunter2 "}});
  CAF_CHECK_EQUAL(setup.warnings,
                  texts{"token.hmac-secrets: secret 2: is shorter than 32 "
                        "bytes and may be guessed"});
  CAF_CHECK(admits(setup, token_of("hunter2 hunter2 ", "{}")));
}

CAF_TEST(a secret that can be guessed is refused) {
  const token_settings given{.hmac_secrets = {long_secret, "hunter2 hunter2"},
                             .subscription_hmac_secrets = {"kid:a:hunter2"}};
  const auto reason = std::string{"is shorter than 16 bytes and can be "
                                  "guessed; to allow that, set node.insecure"};
  CAF_CHECK_EQUAL(
    make_token_verifier(given).errors,
    (texts{"token.hmac-secrets: secret 2: " + reason,
           "token.subscription-hmac-secrets: secret 1: " + reason}));
  CAF_CHECK(make_token_verifier(given, true).errors.empty());
}

CAF_TEST(every key that cannot be used is told) {
  const temporary_file weak{std::string{samples::rsa_1024_pem}};
  const temporary_file text{"hunter2"};
  const temporary_file large{std::string(64 * 1024 + 1, 'x')};
  const token_settings given{
    .hmac_secrets = {"", "kid:hunter2", "kid::hunter2", "kid:a:hunter2",
                     "kid:a:hunter3", "kid:b:", "-----BEGIN hunter2"},
    .public_keys = {"/nonexistent/\"key\".pem", "kid:file.pem", weak.path(),
                    text.path(), large.path(), "/"},
    .subscription_hmac_secrets = {""},
    .subscription_public_keys = {""}};
  const auto setup = make_token_verifier(given, true);
  CAF_CHECK(setup.verifier == nullptr);
  const auto file = [](const std::string& path) {
    return "token.public-keys: \"" + path + "\": ";
  };
  CAF_CHECK_EQUAL(
    setup.errors,
    (texts{
      "token.hmac-secrets: secret 1: is empty",
      "token.hmac-secrets: secret 2: expected kid:NAME:SECRET",
      "token.hmac-secrets: secret 3: expected kid:NAME:SECRET",
      "token.hmac-secrets: secret 5: has the name of another key",
      "token.hmac-secrets: secret 6: is empty",
      "token.hmac-secrets: secret 7: begins like a PEM file, which is no "
      "secret",
      "token.public-keys: \"/nonexistent/\\\"key\\\".pem\": cannot open file: "
      "No such file or directory",
      file("kid:file.pem") + "expected kid:NAME:FILE",
      file(weak.path()) + "is an RSA key of less than 2048 bits",
      file(text.path()) + "expected one PEM block",
      file(large.path()) + "file is larger than 65536 bytes",
      file("/") + "cannot read file: Is a directory",
      "token.subscription-hmac-secrets: secret 1: is empty",
      "token.subscription-public-keys: \"\": cannot open file: No such file or "
      "directory",
    }));
  for (const auto& told : {setup.errors, setup.warnings})
    for (const auto& line : told)
      CAF_CHECK_EQUAL(line.find("hunter"), std::string::npos);
}
