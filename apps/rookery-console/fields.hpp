#pragma once

#include "apps/rookery-console/api.hpp"

#include <cstdint>
#include <string>

/// Readers of JSON members for display. A member that is missing or of another
/// type reads as empty, because nodes may be newer or older than the console.
namespace rookery::console {

/// The member of that name, or null.
const json& member(const json& object, const char* name);
const json& member(json&& object, const char* name) = delete;

/// The member if it is an array, or an empty one.
const json& rows_of(const json& object, const char* name);
const json& rows_of(json&& object, const char* name) = delete;

/// The text of a string, number or boolean.
std::string plain_text(const json& value);
std::string text_of(const json& object, const char* name);

bool is_number(const json& object, const char* name);
std::uint64_t number_of(const json& object, const char* name);
bool is_true(const json& object, const char* name);

/// The member formatted by `show`, or "-" if it is no number.
template <class Show>
std::string shown(const json& object, const char* name, Show show) {
  return is_number(object, name) ? show(number_of(object, name)) : "-";
}

/// The members of an object as `name=value …`, nested ones as JSON.
std::string in_one_line(const json& object);

/// The value formatted by the suffix of its name: `…_bytes`, `…_seconds`,
/// `…_us`.
std::string shown_by_name(const std::string& name, const json& value);

} // namespace rookery::console
