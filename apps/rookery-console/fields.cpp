#include "apps/rookery-console/fields.hpp"

#include "apps/rookery-console/units.hpp"

namespace rookery::console {

const json& member(const json& object, const char* name) {
  static const json none;
  if (!object.is_object())
    return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

const json& rows_of(const json& object, const char* name) {
  static const json none = json::array();
  const auto& found = member(object, name);
  return found.is_array() ? found : none;
}

std::string plain_text(const json& value) {
  if (value.is_string())
    return value.get<std::string>();
  if (value.is_null())
    return {};
  return value.dump();
}

std::string text_of(const json& object, const char* name) {
  return plain_text(member(object, name));
}

bool is_number(const json& object, const char* name) {
  return member(object, name).is_number();
}

std::uint64_t number_of(const json& object, const char* name) {
  const auto& found = member(object, name);
  if (found.is_number_unsigned())
    return found.get<std::uint64_t>();
  const auto value = found.is_number() ? found.get<double>() : 0.0;
  return value > 0 && value < 1.8e19 ? static_cast<std::uint64_t>(value) : 0;
}

bool is_true(const json& object, const char* name) {
  const auto& found = member(object, name);
  return found.is_boolean() && found.get<bool>();
}

std::string in_one_line(const json& object) {
  if (!object.is_object())
    return plain_text(object);
  std::string result;
  for (const auto& [name, value] : object.items()) {
    if (!result.empty())
      result += ' ';
    result += name + '=' + plain_text(value);
  }
  return result;
}

std::string shown_by_name(const std::string& name, const json& value) {
  if (!value.is_number_unsigned())
    return value.is_object() ? in_one_line(value) : plain_text(value);
  const auto number = value.get<std::uint64_t>();
  const auto ends = [&](std::string_view unit) { return name.ends_with(unit); };
  if (ends("_bytes"))
    return bytes(number);
  if (ends("_seconds"))
    return duration(number);
  if (ends("_us"))
    return latency(number);
  if (ends("_ms"))
    return latency(number * 1000);
  return plain_text(value);
}

} // namespace rookery::console
