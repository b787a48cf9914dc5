#include "actors/text/base64.hpp"

#include <algorithm>
#include <openssl/evp.h>

namespace rookery {

namespace {

// OpenSSL writes a NUL after the text, where std::string has one already.
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

std::string encode_base64(std::string_view bytes) {
  std::string result((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(bytes_of(result), bytes_of(bytes),
                  static_cast<int>(bytes.size()));
  return result;
}

std::optional<std::string> decode_base64(std::string_view text) {
  const auto padding = text.size() - (text.find_last_not_of('=') + 1);
  if (text.size() % 4 != 0 || padding > 2)
    return std::nullopt;
  std::string result(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(bytes_of(result), bytes_of(text),
                      static_cast<int>(text.size()))
      < 0)
    return std::nullopt;
  result.resize(result.size() - padding);
  // OpenSSL skips white space and ignores stray bits, so the bytes must give
  // the same text again.
  return encode_base64(result) == text ? std::optional{result} : std::nullopt;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != text.npos)
    return std::nullopt;
  std::string padded{text};
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  return decode_base64(padded);
}

} // namespace rookery
