#include "cluster/tokens/token_key.hpp"

#include <array>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

namespace rookery {

namespace {

using enum token_algorithm;

constexpr int min_rsa_bits = 2048;

template <auto Free>
struct free_with {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

template <class T, auto Free>
using owner = std::unique_ptr<T, free_with<Free>>;
using bio_ptr = owner<BIO, &BIO_free_all>;
using context_ptr = owner<EVP_MD_CTX, &EVP_MD_CTX_free>;
using ecdsa_signature_ptr = owner<ECDSA_SIG, &ECDSA_SIG_free>;
using key_ptr = owner<EVP_PKEY, &EVP_PKEY_free>;

// Clears OpenSSL's errors: they stay in a queue of the thread, where the next
// caller would take them for its own.
struct error_guard {
  error_guard() = default;

  ~error_guard() { ERR_clear_error(); }

  error_guard(const error_guard&) = delete;
  error_guard& operator=(const error_guard&) = delete;
};

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

const EVP_MD* digest_of(token_algorithm algorithm) {
  switch (algorithm) {
  case hs256:
  case rs256:
  case es256:
    return EVP_sha256();
  case hs384:
  case rs384:
  case es384:
    return EVP_sha384();
  default:
    return EVP_sha512();
  }
}

class secret_key final : public token_key {
public:
  explicit secret_key(std::string secret) : secret_{std::move(secret)} {}

  bool is_for(token_algorithm algorithm) const noexcept override {
    return algorithm == hs256 || algorithm == hs384 || algorithm == hs512;
  }

  bool verify(token_algorithm algorithm, std::string_view text,
              std::string_view signature) const override {
    const error_guard guard;
    std::array<unsigned char, EVP_MAX_MD_SIZE> expected{};
    unsigned int size = 0;
    return HMAC(digest_of(algorithm), secret_.data(),
                static_cast<int>(secret_.size()), bytes_of(text), text.size(),
                expected.data(), &size)
           && signature.size() == size
           && CRYPTO_memcmp(signature.data(), expected.data(), size) == 0;
  }

private:
  std::string secret_;
};

// Returns true if `signature`, in the encoding of OpenSSL, is that of `text`.
bool verify_digest(EVP_PKEY* key, token_algorithm algorithm,
                   std::string_view text, const unsigned char* signature,
                   std::size_t size) {
  const context_ptr context{EVP_MD_CTX_new()};
  return context
         && EVP_DigestVerifyInit(context.get(), nullptr, digest_of(algorithm),
                                 nullptr, key)
              == 1
         && EVP_DigestVerify(context.get(), signature, size, bytes_of(text),
                             text.size())
              == 1;
}

class rsa_key final : public token_key {
public:
  explicit rsa_key(key_ptr key) : key_{std::move(key)} {}

  bool is_for(token_algorithm algorithm) const noexcept override {
    return algorithm == rs256 || algorithm == rs384 || algorithm == rs512;
  }

  bool verify(token_algorithm algorithm, std::string_view text,
              std::string_view signature) const override {
    const error_guard guard;
    return verify_digest(key_.get(), algorithm, text, bytes_of(signature),
                         signature.size());
  }

private:
  key_ptr key_;
};

/// A curve, its algorithm, and the size of r and of s in bytes.
struct curve {
  std::string_view name;
  token_algorithm algorithm;
  std::size_t size;
};

constexpr std::array curves{
  curve{"prime256v1", es256, 32},
  curve{"secp384r1", es384, 48},
  curve{"secp521r1", es512, 66},
};

class elliptic_key final : public token_key {
public:
  elliptic_key(key_ptr key, const curve& kind)
    : key_{std::move(key)}, curve_{kind} {}

  bool is_for(token_algorithm algorithm) const noexcept override {
    return algorithm == curve_.algorithm;
  }

  bool verify(token_algorithm algorithm, std::string_view text,
              std::string_view signature) const override {
    if (signature.size() != 2 * curve_.size)
      return false;
    const error_guard guard;
    const auto size = static_cast<int>(curve_.size);
    const ecdsa_signature_ptr pair{ECDSA_SIG_new()};
    auto* r = BN_bin2bn(bytes_of(signature), size, nullptr);
    auto* s = BN_bin2bn(bytes_of(signature) + size, size, nullptr);
    if (!pair || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
      BN_free(r);
      BN_free(s);
      return false;
    }
    unsigned char* encoded = nullptr;
    const auto encoded_size = i2d_ECDSA_SIG(pair.get(), &encoded);
    const auto good = encoded_size > 0
                      && verify_digest(key_.get(), algorithm, text, encoded,
                                       static_cast<std::size_t>(encoded_size));
    OPENSSL_free(encoded);
    return good;
  }

private:
  key_ptr key_;
  const curve& curve_;
};

bool is_lone_block(std::string_view pem) {
  constexpr std::string_view begin = "-----BEGIN ";
  const auto first = pem.find(begin);
  return first != pem.npos && pem.find(begin, first + begin.size()) == pem.npos;
}

// Refuses encrypted keys: OpenSSL would ask for the pass phrase on the
// terminal.
int no_pass_phrase(char*, int, int, void*) {
  return -1;
}

token_key_result make_elliptic_key(key_ptr key) {
  std::array<char, 64> name{};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key.get(), name.data(), name.size(), &size) == 1)
    for (const auto& kind : curves)
      if (kind.name == std::string_view{name.data(), size})
        return std::make_unique<elliptic_key>(std::move(key), kind);
  return bad_key{"is on an unknown curve: expected P-256, P-384 or P-521"};
}

} // namespace

token_key_result make_secret_key(std::string secret) {
  if (secret.empty())
    return bad_key{"is empty"};
  // With a public key as the secret, anyone could sign tokens.
  if (secret.starts_with("-----BEGIN "))
    return bad_key{"begins like a PEM file, which is no secret"};
  return std::make_unique<secret_key>(std::move(secret));
}

token_key_result read_public_key(std::string_view pem) {
  const error_guard guard;
  if (!is_lone_block(pem))
    return bad_key{"expected one PEM block"};
  if (pem.find("PRIVATE KEY-----") != pem.npos)
    return bad_key{"is a private key: expected a public one"};
  const bio_ptr source{
    BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  key_ptr key{
    PEM_read_bio_PUBKEY(source.get(), nullptr, &no_pass_phrase, nullptr)};
  if (!key)
    return bad_key{"expected a public key in PEM"};
  if (EVP_PKEY_is_a(key.get(), "EC") == 1)
    return make_elliptic_key(std::move(key));
  if (EVP_PKEY_is_a(key.get(), "RSA") != 1)
    return bad_key{"expected an RSA or EC key"};
  if (EVP_PKEY_get_bits(key.get()) < min_rsa_bits)
    return bad_key{"is an RSA key of less than 2048 bits"};
  return std::make_unique<rsa_key>(std::move(key));
}

} // namespace rookery
