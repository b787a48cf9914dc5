#pragma once

#include "actors/text/json_text.hpp"

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace rookery {

/// Writes one JSON object at the end of a string. Most members with a default
/// value are left out: false, 0 and empty text (proto3's JSON mapping). A
/// nested object or array has a writer of its own, constructed from the result
/// of `key` and ended before this writer is used again.
class json_object_writer {
public:
  explicit json_object_writer(std::string& out) : out_{out} { out_ += '{'; }

  void end() { out_ += '}'; }

  /// Begins a member whose value the caller appends. `name` is not escaped.
  std::string& key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }

  /// Begins a member with any name.
  std::string& escaped_key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    return out_;
  }

  void flag(std::string_view name, bool value) {
    if (value)
      key(name) += "true";
  }

  template <std::integral Number>
  void number(std::string_view name, Number value) {
    if (value != 0)
      count(name, value);
  }

  /// Writes a number even if it is 0.
  template <std::integral Number>
  void count(std::string_view name, Number value) {
    char digits[24];
    const auto [end, ec] =
      std::to_chars(std::begin(digits), std::end(digits), value);
    key(name).append(digits, end);
  }

  void text(std::string_view name, std::string_view value) {
    if (!value.empty())
      string(name, value);
  }

  /// Writes a text even if it is empty.
  void string(std::string_view name, std::string_view value) {
    append_json_string(key(name), value);
  }

private:
  void separate() {
    if (!is_first_)
      out_ += ',';
    is_first_ = false;
  }

  std::string& out_;
  bool is_first_ = true;
};

/// Writes one JSON array at the end of a string.
class json_array_writer {
public:
  explicit json_array_writer(std::string& out) : out_{out} { out_ += '['; }

  void end() { out_ += ']'; }

  /// Begins an element, which the caller appends.
  std::string& element() {
    if (!is_first_)
      out_ += ',';
    is_first_ = false;
    return out_;
  }

  void text(std::string_view value) { append_json_string(element(), value); }

private:
  std::string& out_;
  bool is_first_ = true;
};

} // namespace rookery
