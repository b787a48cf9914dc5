#define CAF_SUITE token_key

#include "actors/text/base64.hpp"
#include "cluster/tokens/token_keys.hpp"
#include "tests/cluster/support/token_maker.hpp"
#include "tests/cluster/support/token_samples.hpp"

#include <caf/test/unit_test.hpp>

#include <openssl/err.h>

using namespace rookery;
using enum token_algorithm;

namespace {

constexpr token_algorithm all[]{hs256, hs384, hs512, rs256, rs384,
                                rs512, es256, es384, es512};

token_key_ptr made(token_key_result result) {
  CAF_REQUIRE(std::holds_alternative<token_key_ptr>(result));
  return std::move(std::get<token_key_ptr>(result));
}

std::string problem(const token_key_result& result) {
  const auto* bad = std::get_if<bad_key>(&result);
  return bad ? std::string{bad->text} : std::string{};
}

// The algorithms of a key, as positions: "678".
std::string algorithms(const token_key_ptr& key) {
  std::string result;
  for (std::size_t i = 0; i < std::size(all); ++i)
    if (key->is_for(all[i]))
      result += std::to_string(i);
  return result;
}

} // namespace

CAF_TEST(a key is bound to its algorithms) {
  CAF_CHECK_EQUAL(algorithms(made(make_secret_key("x"))), "012");
  CAF_CHECK_EQUAL(algorithms(made(read_public_key(samples::rsa_pem))), "345");
  CAF_CHECK_EQUAL(algorithms(made(read_public_key(samples::p256_pem))), "6");
  CAF_CHECK_EQUAL(algorithms(made(read_public_key(samples::p384_pem))), "7");
  CAF_CHECK_EQUAL(algorithms(made(read_public_key(samples::p521_pem))), "8");
}

CAF_TEST(unsafe public keys are refused) {
  const auto good = std::string{samples::rsa_pem};
  const auto rsa = key_pair::rsa(2048);
  const auto unreadable = "expected a public key in PEM";
  const auto is_private = "is a private key: expected a public one";
  for (const auto& [pem, text] :
       {std::pair{std::string{}, "expected one PEM block"},
        {std::string{samples::secret}, "expected one PEM block"},
        {good + good, "expected one PEM block"},
        {good.substr(0, 200), unreadable},
        {"-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----\n",
         unreadable},
        {rsa.private_pem(), is_private},
        {rsa.private_pem("pass"), is_private},
        {std::string{samples::rsa_1024_pem},
         "is an RSA key of less than 2048 bits"},
        {key_pair::elliptic("secp256k1", 32).public_pem(),
         "is on an unknown curve: expected P-256, P-384 or P-521"},
        {key_pair::of_type("ED25519").public_pem(),
         "expected an RSA or EC key"},
        {key_pair::of_type("X25519").public_pem(),
         "expected an RSA or EC key"}})
    CAF_CHECK_EQUAL(problem(read_public_key(pem)), text);
}

CAF_TEST(empty secrets and PEM files are refused as secrets) {
  CAF_CHECK_EQUAL(problem(make_secret_key("")), "is empty");
  CAF_CHECK_EQUAL(problem(make_secret_key(std::string{samples::rsa_pem})),
                  "begins like a PEM file, which is no secret");
}

CAF_TEST(a signature is good only as it is) {
  const std::string text = "text";
  const auto rsa = key_pair::rsa(2048);
  const auto p384 = key_pair::elliptic("P-384", 48);

  const struct {
    token_key_ptr key;
    token_algorithm algorithm;
    std::string signature;
  } samples[]{
    {made(make_secret_key("x")), hs512, hmac("x", text, 512)},
    {made(read_public_key(rsa.public_pem())), rs384, rsa.signature(text, 384)},
    {made(read_public_key(p384.public_pem())), es384,
     p384.signature(text, 384)},
  };

  for (const auto& [key, algorithm, signature] : samples) {
    CAF_CHECK(key->verify(algorithm, text, signature));
    CAF_CHECK(!key->verify(algorithm, "texT", signature));
    CAF_CHECK(!key->verify(algorithm, "", signature));
    CAF_CHECK(!key->verify(algorithm, text, ""));
    CAF_CHECK(!key->verify(algorithm, text, signature + '\0'));
    CAF_CHECK(!key->verify(algorithm, text, '\0' + signature));
    CAF_CHECK(!key->verify(algorithm, text, std::string(100'000, 'x')));
    CAF_CHECK(
      !key->verify(algorithm, text, std::string(signature.size(), '\0')));
    CAF_CHECK(
      !key->verify(algorithm, text, std::string(signature.size(), '\xff')));
    for (std::size_t i = 0; i < signature.size(); ++i) {
      CAF_CHECK(!key->verify(algorithm, text, signature.substr(0, i)));
      auto flipped = signature;
      flipped[i] = static_cast<char>(flipped[i] ^ 1);
      CAF_CHECK(!key->verify(algorithm, text, flipped));
    }
  }
}

CAF_TEST(a signature of another digest is wrong) {
  const auto rsa = key_pair::rsa(2048);
  const auto key = made(read_public_key(rsa.public_pem()));
  CAF_CHECK(key->verify(rs256, "text", rsa.signature("text", 256)));
  CAF_CHECK(!key->verify(rs256, "text", rsa.signature("text", 512)));
  const auto secret = made(make_secret_key("x"));
  CAF_CHECK(!secret->verify(hs256, "text", hmac("x", "text", 384)));
}

CAF_TEST(no error is left in the queue of OpenSSL) {
  const auto rsa = made(read_public_key(samples::rsa_pem));
  const auto p256 = made(read_public_key(samples::p256_pem));
  CAF_CHECK(!rsa->verify(rs256, "text", std::string(256, 'x')));
  CAF_CHECK(!p256->verify(es256, "text", std::string(64, '\0')));
  CAF_CHECK(!std::holds_alternative<token_key_ptr>(
    read_public_key("-----BEGIN PUBLIC KEY-----")));
  CAF_CHECK_EQUAL(ERR_peek_error(), 0u);
}

CAF_TEST(a token that names a key is tried with that key alone) {
  token_keys keys;
  CAF_CHECK(keys.empty());
  keys.add(std::nullopt, made(make_secret_key("old")));
  keys.add("new", made(make_secret_key("new")));
  keys.add("other", made(make_secret_key("other")));
  const auto verdict = [&](std::optional<std::string> name,
                           std::string_view secret, token_algorithm algorithm) {
    return keys.verify(
      {algorithm, std::move(name), "text", hmac(secret, "text")});
  };
  using enum signature_verdict;
  CAF_CHECK(verdict(std::nullopt, "old", hs256) == good);
  CAF_CHECK(verdict(std::nullopt, "new", hs256) == good);
  CAF_CHECK(verdict(std::nullopt, "x", hs256) == wrong);
  CAF_CHECK(verdict("new", "new", hs256) == good);
  CAF_CHECK(verdict("other", "new", hs256) == wrong);
  CAF_CHECK(verdict("new", "old", hs256) == good);
  CAF_CHECK(verdict("unknown", "old", hs256) == good);
  CAF_CHECK(verdict("", "old", hs256) == good);
  CAF_CHECK(verdict("new", "new", rs256) == no_key);
}
