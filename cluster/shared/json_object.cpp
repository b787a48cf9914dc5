#include "cluster/shared/json_object.hpp"

#include <set>
#include <simdjson.h>

namespace rookery {

namespace {

namespace ondemand = simdjson::ondemand;
using type = ondemand::json_type;

[[noreturn]] void refuse() {
  throw simdjson::simdjson_error{simdjson::TAPE_ERROR};
}

// The parser checks only what is looked at, so this looks at everything.
void check(ondemand::value value, int depth);

void check_members(ondemand::object object, int depth) {
  std::set<std::string> names;
  for (auto field : object) {
    const std::string_view name = field.unescaped_key();
    if (!names.emplace(name).second)
      refuse();
    check(field.value(), depth);
  }
}

void check_elements(ondemand::array array, int depth) {
  for (auto element : array)
    check(element.value(), depth);
}

void check(ondemand::value value, int depth) {
  if (depth > max_json_depth)
    refuse();
  switch (type{value.type()}) {
  case type::object:
    return check_members(value.get_object(), depth + 1);
  case type::array:
    return check_elements(value.get_array(), depth + 1);
  case type::string:
    static_cast<void>(value.get_string().value());
    return;
  case type::number:
    static_cast<void>(value.get_double().value());
    return;
  case type::boolean:
    static_cast<void>(value.get_bool().value());
    return;
  case type::null:
    if (!value.is_null().value())
      refuse();
  }
}

std::string_view raw_text_of(ondemand::value value) {
  switch (type{value.type()}) {
  case type::object:
    return ondemand::object{value.get_object()}.raw_json();
  case type::array:
    return ondemand::array{value.get_array()}.raw_json();
  default:
    return value.raw_json_token();
  }
}

// A raw text goes on to the next token.
std::string_view text_of(ondemand::value value) {
  const auto text = raw_text_of(value);
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

// Hands the array that holds `text` alone to `read`. Values behind it, such as
// in "1],[2", would make more than one array, or none.
template <class Result, class Reader>
std::optional<Result> read_wrapped(std::string_view text, Reader read) {
  try {
    std::string wrapped = "[";
    wrapped.append(text).append("]");
    const simdjson::padded_string padded{wrapped};
    ondemand::parser parser;
    ondemand::document document = parser.iterate(padded);
    auto values = 0;
    for (auto element : document.get_array()) {
      check(element.value(), 0);
      ++values;
    }
    const char* rest = nullptr;
    const auto ended = document.current_location().get(rest);
    if (values != 1 || ended != simdjson::OUT_OF_BOUNDS)
      return std::nullopt;
    document.rewind();
    for (auto element : document.get_array())
      return read(ondemand::value{element.value()});
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
  return std::nullopt;
}

} // namespace

std::optional<json_object> parse_json_object(std::string_view text) {
  return read_wrapped<json_object>(text, [](ondemand::value value) {
    json_object result;
    for (auto field : value.get_object()) {
      const std::string_view name = field.unescaped_key();
      std::string key{name};
      result.emplace(std::move(key), text_of(field.value()));
    }
    return result;
  });
}

std::optional<std::string> parse_json_string(std::string_view text) {
  return read_wrapped<std::string>(text, [](ondemand::value value) {
    return std::string{value.get_string().value()};
  });
}

std::optional<std::vector<std::string>>
parse_json_strings(std::string_view text) {
  using strings = std::vector<std::string>;
  return read_wrapped<strings>(text, [](ondemand::value value) {
    strings result;
    for (auto element : value.get_array())
      result.emplace_back(element.get_string().value());
    return result;
  });
}

std::optional<std::vector<std::string>>
parse_json_array(std::string_view text) {
  using texts = std::vector<std::string>;
  return read_wrapped<texts>(text, [](ondemand::value value) {
    texts result;
    for (auto element : value.get_array())
      result.emplace_back(text_of(element.value()));
    return result;
  });
}

bool is_json(std::string_view text) {
  const auto found =
    read_wrapped<bool>(text, [](ondemand::value) { return true; });
  return found.has_value();
}

} // namespace rookery
