#pragma once

#include "configs/log_record.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

/// The log: one line per event, an event and then keys with values, e.g.
/// `log::info("listening", "address", address, "port", port)`. Safe from every
/// thread. A line is on standard error when the call returns. Callers must keep
/// payloads, secrets and query strings out.
namespace rookery::log {

/// The least severe level that is written; `start` sets it.
inline std::atomic<level> threshold{level::info};

inline bool is_enabled(level severity) noexcept {
  return severity >= threshold.load(std::memory_order_relaxed);
}

/// Begins to log at `level` in `format`, both as in `settings::log`, whose
/// check guarantees that they are known. Before, text at level info is written.
void start(std::string_view level, std::string_view format);

/// Writes from `level` on, any thread. Returns false, and changes nothing, if
/// it is none.
bool set_level(std::string_view level);

/// Sends lines (without line end) to `sink` instead of standard error, or back
/// there if it is empty. For tests, while nothing else logs.
void redirect(std::function<void(std::string_view)> sink);

/// Writes one record, whatever the threshold.
void write(level severity, std::string_view event,
           std::span<const field> fields);

template <class... Ts>
void write_if_enabled(level severity, std::string_view event,
                      const Ts&... arguments) {
  static_assert(sizeof...(Ts) % 2 == 0, "each key needs a value");
  if (!is_enabled(severity))
    return;
  const auto all = std::tie(arguments...);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const std::array<field, sizeof...(I)> fields{
      field{std::get<2 * I>(all), std::get<2 * I + 1>(all)}...};
    write(severity, event, fields);
  }
  (std::make_index_sequence<sizeof...(Ts) / 2>{});
}

template <class... Ts>
void trace(std::string_view event, const Ts&... arguments) {
  write_if_enabled(level::trace, event, arguments...);
}

template <class... Ts>
void debug(std::string_view event, const Ts&... arguments) {
  write_if_enabled(level::debug, event, arguments...);
}

template <class... Ts>
void info(std::string_view event, const Ts&... arguments) {
  write_if_enabled(level::info, event, arguments...);
}

template <class... Ts>
void warn(std::string_view event, const Ts&... arguments) {
  write_if_enabled(level::warn, event, arguments...);
}

template <class... Ts>
void error(std::string_view event, const Ts&... arguments) {
  write_if_enabled(level::error, event, arguments...);
}

} // namespace rookery::log
