#pragma once

#include "actors/text/base64.hpp"

#include <algorithm>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <string>
#include <string_view>

/// Makes valid and invalid tokens.
namespace rookery {

inline std::string to_base64url(std::string_view bytes) {
  auto result = encode_base64(bytes);
  std::ranges::replace(result, '+', '-');
  std::ranges::replace(result, '/', '_');
  std::erase(result, '=');
  return result;
}

inline std::string unsigned_token(std::string_view header,
                                  std::string_view payload) {
  return to_base64url(header) + '.' + to_base64url(payload);
}

inline const EVP_MD* sha(int bits) {
  return bits == 256 ? EVP_sha256() : bits == 384 ? EVP_sha384() : EVP_sha512();
}

inline std::string hmac(std::string_view secret, std::string_view text,
                        int bits = 256) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(sha(bits), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes,
       &size);
  return {reinterpret_cast<const char*>(bytes), size};
}

/// Signs encoded parts.
inline std::string sign_text(std::string_view secret, const std::string& text,
                             int bits = 256) {
  return text + '.' + to_base64url(hmac(secret, text, bits));
}

/// A token of HS256 with any payload.
inline std::string token_of(std::string_view secret, std::string_view payload) {
  return sign_text(secret, unsigned_token(R"({"alg":"HS256"})", payload));
}

/// A fresh key pair.
class key_pair {
public:
  static key_pair rsa(std::size_t bits) {
    return key_pair{EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), 0};
  }

  /// `size`: bytes of r and of s in a signature.
  static key_pair elliptic(const char* curve, int size) {
    return key_pair{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), size};
  }

  static key_pair of_type(const char* type) {
    return key_pair{EVP_PKEY_Q_keygen(nullptr, nullptr, type), 0};
  }

  std::string public_pem() const {
    return pem([&](BIO* out) { PEM_write_bio_PUBKEY(out, key_.get()); });
  }

  std::string private_pem(const char* pass_phrase = nullptr) const {
    return pem([&](BIO* out) {
      PEM_write_bio_PrivateKey(
        out, key_.get(), pass_phrase ? EVP_aes_128_cbc() : nullptr, nullptr, 0,
        nullptr, const_cast<char*>(pass_phrase));
    });
  }

  std::string signature(std::string_view text, int bits = 256) const {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
      EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    EVP_DigestSignInit(context.get(), nullptr, sha(bits), nullptr, key_.get());
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size());
    std::string result(size, '\0');
    EVP_DigestSign(context.get(),
                   reinterpret_cast<unsigned char*>(result.data()), &size,
                   bytes, text.size());
    result.resize(size);
    return size_ == 0 ? result : side_by_side(result);
  }

  std::string sign_text(const std::string& text, int bits = 256) const {
    return text + '.' + to_base64url(signature(text, bits));
  }

private:
  key_pair(EVP_PKEY* key, int size) : key_{key, &EVP_PKEY_free}, size_{size} {}

  template <class Writer>
  static std::string pem(Writer write) {
    std::unique_ptr<BIO, decltype(&BIO_free_all)> out{BIO_new(BIO_s_mem()),
                                                      &BIO_free_all};
    write(out.get());
    char* data = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
  }

  std::string side_by_side(const std::string& encoded) const {
    const auto* data = reinterpret_cast<const unsigned char*>(encoded.data());
    std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{
      d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(encoded.size())),
      &ECDSA_SIG_free};
    std::string result(2 * static_cast<std::size_t>(size_), '\0');
    auto* out = reinterpret_cast<unsigned char*>(result.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, size_);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + size_, size_);
    return result;
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  int size_;
};

} // namespace rookery
