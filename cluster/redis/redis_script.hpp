#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// A Lua script and the SHA-1 digest of its text. A connection loads the text
/// (SCRIPT LOAD) before it calls the script by its digest (EVALSHA).
class redis_script {
public:
  explicit redis_script(std::string text);

  std::string_view text() const noexcept { return text_; }

  /// 40 lower-case hexadecimal digits.
  std::string_view digest() const noexcept { return digest_; }

private:
  std::string text_;
  std::string digest_;
};

/// Appends to `out` the encoded command that calls a script.
void append_script_call(std::string& out, const redis_script& script,
                        std::span<const std::string_view> keys,
                        std::span<const std::string_view> arguments);

/// Returns a time to live as an argument of a script. It is limited to 1 ms to
/// 10 years, which every Redis accepts: a script must not fail after its first
/// write.
std::string time_to_live(std::chrono::milliseconds ttl);

} // namespace rookery
