#include "cluster/control/control_seal.hpp"

#include "cluster/shared/random_text.hpp"

#include <array>
#include <charconv>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <optional>

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

std::string_view reason_of(seal_problem problem) noexcept {
  switch (problem) {
  case seal_problem::signature:
    return "its messages are signed with another secret";
  case seal_problem::clock:
    return "its clock differs by more than 30 s";
  case seal_problem::none:
  case seal_problem::malformed:
  case seal_problem::repeated:
    break;
  }
  return "its messages are not understood";
}

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

sealed_text control_seal::open(std::string_view sealed, time_point now) {
  const auto result = judge(sealed, now);
  refused_ += result.problem != seal_problem::none;
  return result;
}

sealed_text control_seal::judge(std::string_view sealed, time_point now) {
  const auto signature = next_word(sealed);
  const auto signed_part = sealed;
  const auto time = signature ? next_word(sealed) : std::nullopt;
  const auto nonce = time ? next_word(sealed) : std::nullopt;
  const auto at = nonce ? time_in(*time) : std::nullopt;
  if (!at)
    return {{}, seal_problem::malformed};
  if (!is_same(*signature, sign(signed_part)))
    return {sealed, seal_problem::signature};
  if (*at > now + tolerance || *at < now - tolerance)
    return {sealed, seal_problem::clock};
  return {sealed,
          remember(*nonce, now) ? seal_problem::none : seal_problem::repeated};
}

bool control_seal::remember(std::string_view nonce, time_point now) {
  // A message of a node whose clock is ahead is valid for twice the tolerance.
  while (!seen_.empty() && seen_.front().at + 2 * tolerance < now) {
    nonces_.erase(seen_.front().nonce);
    seen_.pop_front();
  }
  if (seen_.size() >= most_remembered)
    return false;
  const auto [added, is_new] = nonces_.emplace(nonce);
  if (is_new)
    seen_.push_back({now, added});
  return is_new;
}

} // namespace rookery
