#pragma once

#include "configs/settings_table.hpp"

/// Helpers to write the parts of the settings table.
namespace rookery {

/// Finds the member `Member` of the group `Group` in the settings.
template <auto Group, auto Member>
inline constexpr auto field_at = +[](settings& from) -> auto& {
  return from.*Group.*Member;
};

inline constexpr std::int64_t kib = 1024;
inline constexpr std::int64_t mib = 1024 * kib;
inline constexpr std::int64_t gib = 1024 * mib;
inline constexpr std::int64_t second = 1000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t day = 24 * 60 * minute;

} // namespace rookery
