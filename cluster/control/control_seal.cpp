#include "cluster/control/control_seal.hpp"

#include "cluster/shared/random_text.hpp"

#include <array>
#include <charconv>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace rookery {

namespace {

constexpr std::size_t nonce_size = 16;

/// Cuts the word before the next space off the front of `text`.
std::optional<std::string_view> next_word(std::string_view& text) {
  const auto end = text.find(' ');
  if (end == text.npos)
    return std::nullopt;
  const auto word = text.substr(0, end);
  text.remove_prefix(end + 1);
  return word;
}

std::optional<control_seal::time_point> time_in(std::string_view word) {
  std::int64_t number = 0;
  const auto* end = word.data() + word.size();
  const auto [last, ec] = std::from_chars(word.data(), end, number);
  if (ec != std::errc{} || last != end)
    return std::nullopt;
  return control_seal::time_point{std::chrono::milliseconds{number}};
}

bool is_same(std::string_view one, std::string_view other) {
  return one.size() == other.size()
         && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace

std::string control_seal::sign(std::string_view text) const {
  const auto signed_text = scope_ + '\n' + std::string{text};
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(signed_text.data()),
       signed_text.size(), bytes.data(), &size);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (unsigned i = 0; i < size; ++i) {
    result += digits[bytes[i] >> 4];
    result += digits[bytes[i] & 0xf];
  }
  return result;
}

std::string control_seal::seal(std::string_view text, time_point now) const {
  auto signed_part = std::to_string(now.time_since_epoch().count());
  signed_part.append(" ").append(random_text(nonce_size)).append(" ");
  signed_part.append(text);
  return sign(signed_part) + " " + signed_part;
}

std::optional<std::string_view> control_seal::open(std::string_view sealed,
                                                   time_point now) {
  const auto result = judge(sealed, now);
  refused_ += !result;
  return result;
}

std::optional<std::string_view> control_seal::judge(std::string_view sealed,
                                                    time_point now) {
  const auto signature = next_word(sealed);
  if (!signature || !is_same(*signature, sign(sealed)))
    return std::nullopt;
  const auto time = next_word(sealed);
  const auto nonce = time ? next_word(sealed) : std::nullopt;
  const auto at = nonce ? time_in(*time) : std::nullopt;
  if (!at || *at > now + tolerance || *at < now - tolerance || *at < started_
      || !remember(*nonce, now))
    return std::nullopt;
  return sealed;
}

bool control_seal::remember(std::string_view nonce, time_point now) {
  // A message of a node whose clock is ahead is valid for twice the tolerance.
  while (!said_.empty() && said_.front().at + 2 * tolerance < now) {
    nonces_.erase(said_.front().nonce);
    said_.pop_front();
  }
  if (said_.size() >= most_remembered)
    return false;
  const auto [added, is_new] = nonces_.emplace(nonce);
  if (is_new)
    said_.push_back({now, added});
  return is_new;
}

} // namespace rookery
