#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery {

/// The signatures that tokens may have (RFC 7518, section 3.1). `none` is left
/// out on purpose.
enum class token_algorithm : std::uint8_t {
  hs256,
  hs384,
  hs512,
  rs256,
  rs384,
  rs512,
  es256,
  es384,
  es512,
};

/// Reads the value of `alg`, which is case-sensitive.
std::optional<token_algorithm> parse_algorithm(std::string_view name) noexcept;

} // namespace rookery
