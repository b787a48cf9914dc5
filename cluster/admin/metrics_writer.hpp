#pragma once

#include "actors/record/meters.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// Writes metrics in Prometheus' text format: a family, then its samples.
class metrics_writer {
public:
  using labels =
    std::initializer_list<std::pair<std::string_view, std::string_view>>;

  enum class type : std::uint8_t { counter, gauge, histogram };

  /// Begins the family `name`; the next samples belong to it.
  void family(std::string_view name, type of, std::string_view help);

  template <std::integral T>
  void sample(T value, labels with = {}) {
    line({}, with, {}, std::to_string(value));
  }

  void sample(double value, labels with = {});

  /// Writes all samples of a histogram, in seconds.
  void sample(const latency_histogram& of, labels with = {});

  /// Writes a family with one sample.
  template <class T>
  void
  only(std::string_view name, type of, std::string_view help, const T& value) {
    family(name, of, help);
    sample(value);
  }

  std::string take() { return std::move(text_); }

private:
  /// `limit` is the upper limit of a histogram's bucket; empty for other
  /// samples.
  void line(std::string_view suffix, labels with, std::string_view limit,
            std::string_view value);
  void label(std::string_view name, std::string_view value);

  std::string text_;
  std::string_view name_;
};

} // namespace rookery
