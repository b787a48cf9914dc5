#include "cluster/redis/redis_script.hpp"

#include "cluster/redis/redis_command.hpp"

#include <algorithm>
#include <array>
#include <openssl/evp.h>
#include <stdexcept>
#include <utility>
#include <vector>

namespace rookery {

namespace {

std::string sha1(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha1(),
                 nullptr)
      != 1)
    throw std::runtime_error{"OpenSSL has no SHA-1"};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (unsigned i = 0; i < size; ++i) {
    result += digits[bytes[i] >> 4];
    result += digits[bytes[i] & 0xf];
  }
  return result;
}

} // namespace

redis_script::redis_script(std::string text)
  : text_{std::move(text)}, digest_{sha1(text_)} {}

void append_script_call(std::string& out, const redis_script& script,
                        std::span<const std::string_view> keys,
                        std::span<const std::string_view> arguments) {
  const auto count = std::to_string(keys.size());
  std::vector<std::string_view> words{"EVALSHA", script.digest(), count};
  words.reserve(words.size() + keys.size() + arguments.size());
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  append_redis_command(out, words);
}

std::string time_to_live(std::chrono::milliseconds ttl) {
  using std::chrono::milliseconds;
  constexpr milliseconds longest = std::chrono::hours{10 * 365 * 24};
  return std::to_string(std::clamp(ttl, milliseconds{1}, longest).count());
}

} // namespace rookery
