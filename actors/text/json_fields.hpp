#pragma once

#include "actors/text/json_value.hpp"

#include <concepts>
#include <limits>
#include <string_view>
#include <type_traits>

/// Functions that read the fields of JSON objects into structs. They return
/// false for malformed input; `null` leaves a field at its default.
namespace rookery {

/// Calls `read_field(key, value)` for each member of an object until it returns
/// false. It must consume each value, with `skip_json` if it has no use for it.
template <class ReadField>
bool read_object(simdjson::ondemand::object object, ReadField read_field) {
  for (auto element : object) {
    simdjson::ondemand::field member;
    std::string_view key;
    if (std::move(element).get(member) || member.unescaped_key().get(key)
        || !read_field(key, member.value()))
      return false;
  }
  return true;
}

template <class ReadField>
bool read_object(simdjson::ondemand::value& from, ReadField read_field) {
  simdjson::ondemand::object object;
  return !from.get_object().get(object)
         && read_object(object, std::move(read_field));
}

/// Consumes a value that is not used.
inline bool skip_json(simdjson::ondemand::value& from) {
  return read_json(from).has_value();
}

/// Consumes `null` and returns true, or returns false for any other value.
/// Reports no error: the next read of that value finds it again.
inline bool skip_null(simdjson::ondemand::value& from) {
  bool found = false;
  return !from.is_null().get(found) && found;
}

inline bool read_flag(simdjson::ondemand::value& from, bool& to) {
  return skip_null(from) || !from.get_bool().get(to);
}

/// Reads a text, unescaped into memory of the parser.
inline bool read_text(simdjson::ondemand::value& from, std::string_view& to) {
  return skip_null(from) || !from.get_string().get(to);
}

/// Reads any value as its JSON text, `null` included.
inline bool read_payload(simdjson::ondemand::value& from,
                         std::string_view& to) {
  const auto slice = read_json(from);
  to = slice.value_or(std::string_view{});
  return slice.has_value();
}

template <std::integral Number>
bool read_number(simdjson::ondemand::value& from, Number& to) {
  using limits = std::numeric_limits<Number>;
  if (skip_null(from))
    return true;
  if constexpr (std::is_signed_v<Number>) {
    std::int64_t number = 0;
    if (from.get_int64().get(number) || number < limits::min()
        || number > limits::max())
      return false;
    to = static_cast<Number>(number);
  } else {
    std::uint64_t number = 0;
    if (from.get_uint64().get(number) || number > limits::max())
      return false;
    to = static_cast<Number>(number);
  }
  return true;
}

} // namespace rookery
