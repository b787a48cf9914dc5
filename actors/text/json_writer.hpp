#pragma once

#include "actors/text/json_text.hpp"

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace rookery {

/// Writes the members of one JSON object behind what a string holds. Defaults
/// are left out: false, 0 and empty text (proto3's JSON mapping). Objects
/// within it are written by a writer of their own behind `key`, and ended
/// before this one goes on.
class json_object_writer {
public:
  explicit json_object_writer(std::string& out) : out_{out} { out_ += '{'; }

  void end() { out_ += '}'; }

  /// Begins a member whose value the caller appends. `name` needs no escaping.
  std::string& key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }

  /// The same for any name.
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

  /// Not left out where it is 0.
  template <std::integral Number>
  void count(std::string_view name, Number value) {
    char digits[24];
    const auto [end, ec] =
      std::to_chars(std::begin(digits), std::end(digits), value);
    key(name).append(digits, end);
  }

  void text(std::string_view name, std::string_view value) {
    if (!value.empty())
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

} // namespace rookery
