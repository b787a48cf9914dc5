#pragma once

#include "configs/apply.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::test {

/// Returns all errors of a file with that text, one per line.
inline std::string errors_of(const std::string& text, settings target = {}) {
  std::string result;
  for (const auto& error : apply_text(target, "f", text))
    result += (result.empty() ? "" : "\n") + error;
  return result;
}

/// Returns the settings of a file with that text, which must be good.
inline settings loaded(const std::string& text) {
  settings result;
  CAF_CHECK_EQUAL(apply_text(result, "f", text), std::vector<std::string>{});
  return result;
}

inline command_line::assignment option(std::string_view key, std::string text) {
  return {find_setting_key(key).value(), std::move(text)};
}

} // namespace rookery::test
