#include "cluster/shared/json_object.hpp"

#include "actors/text/json_fields.hpp"
#include "actors/text/json_parser.hpp"

namespace rookery {

namespace {

using texts = std::vector<std::string>;
using simdjson::ondemand::value;

/// Reads a text that is one array, whose elements `read_element` appends.
template <class ReadElement>
std::optional<texts>
read_array(std::string_view text, ReadElement read_element) {
  json_parser parser;
  auto outer = parser.read_one(text, carrying_json);
  simdjson::ondemand::array array;
  if (!outer || outer->get_array().get(array))
    return std::nullopt;
  texts result;
  for (auto element : array) {
    value each;
    if (std::move(element).get(each) || !read_element(each, result))
      return std::nullopt;
  }
  return result;
}

} // namespace

std::optional<json_object> parse_json_object(std::string_view text) {
  json_parser parser;
  auto object = parser.read_one(text, carrying_json);
  json_object result;
  const auto add = [&result](std::string_view name, value& member) {
    const auto slice = read_json(member, carrying_json);
    return slice && result.emplace(name, *slice).second;
  };
  if (!object || !read_object(*object, add))
    return std::nullopt;
  return result;
}

std::optional<std::string> parse_json_string(std::string_view text) {
  json_parser parser;
  auto string = parser.read_one(text, strict_json);
  std::string_view result;
  if (!string || string->get_string().get(result))
    return std::nullopt;
  return std::string{result};
}

std::optional<texts> parse_json_strings(std::string_view text) {
  return read_array(text, [](value& element, texts& to) {
    std::string_view string;
    const auto is_string = !element.get_string().get(string);
    to.emplace_back(string);
    return is_string;
  });
}

std::optional<texts> parse_json_array(std::string_view text) {
  return read_array(text, [](value& element, texts& to) {
    const auto slice = read_json(element, carrying_json);
    to.emplace_back(slice.value_or(std::string_view{}));
    return slice.has_value();
  });
}

bool is_json(std::string_view text) {
  return json_parser{}.read_one(text, relayed_json).has_value();
}

} // namespace rookery
