#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rookery {

/// A hash that finds `std::string` keys by `std::string_view`, without a copy.
struct string_hash {
  using is_transparent = void;

  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

/// A hash map by name whose values stay where they are until erased.
template <class T>
using string_map =
  std::unordered_map<std::string, T, string_hash, std::equal_to<>>;

} // namespace rookery
