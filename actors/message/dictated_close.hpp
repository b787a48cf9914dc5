#pragma once

#include <cstdint>
#include <string>

namespace rookery {

/// A close whose code and text a backend has chosen.
struct dictated_close {
  std::uint16_t code = 3503;
  std::string text = "force disconnect";

  bool operator==(const dictated_close&) const = default;
};

/// Returns true if a client can be closed with this status: a code from 3000 to
/// 4999 and at most `max_close_text` bytes of UTF-8 (RFC 6455 §5.5 and §7.4.2).
bool is_valid(const dictated_close& how) noexcept;

} // namespace rookery
