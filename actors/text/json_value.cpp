#include "actors/text/json_value.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace rookery {

namespace {

namespace ondemand = simdjson::ondemand;

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Removes white space from the end.
std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

/// Removes digits from the front of `text`; returns false if there are none.
bool skip_digits(std::string_view& text) noexcept {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count > 0;
}

bool skip_one_of(std::string_view& text, std::string_view choice) noexcept {
  if (text.empty() || choice.find(text.front()) == choice.npos)
    return false;
  text.remove_prefix(1);
  return true;
}

bool is_number(std::string_view text) noexcept {
  skip_one_of(text, "-");
  if (!skip_one_of(text, "0") && !skip_digits(text))
    return false;
  if (skip_one_of(text, ".") && !skip_digits(text))
    return false;
  if (skip_one_of(text, "eE")) {
    skip_one_of(text, "+-");
    if (!skip_digits(text))
      return false;
  }
  return text.empty();
}

/// Checks the text between the quotes of a string.
bool has_valid_escapes(std::string_view text) noexcept {
  for (auto at = text.find('\\'); at != text.npos; at = text.find('\\', at)) {
    const auto escape = text.substr(at + 1, 5);
    if (escape.empty())
      return false;
    if (escape.front() == 'u') {
      if (escape.size() < 5
          || !std::all_of(escape.begin() + 1, escape.end(), is_hex_digit))
        return false;
    } else if (std::string_view{"\"\\/bfnrt"}.find(escape.front())
               == std::string_view::npos) {
      return false;
    }
    at += 2;
  }
  return true;
}

/// Returns the text between the quotes; parsing has found the closing one.
std::string_view text_of(ondemand::raw_json_string key) noexcept {
  const auto* begin = key.raw();
  const auto* end = begin;
  while (*end != '"')
    end += *end == '\\' ? 2 : 1;
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// Reads the name of a member; `names` are those before it.
bool read_name(ondemand::field& member, std::set<std::string>& names,
               const json_limits& limits) {
  if (!limits.is_strict)
    return has_valid_escapes(text_of(member.key()));
  std::string_view name;
  return !member.unescaped_key().get(name) && names.emplace(name).second;
}

/// Reads all of `value`; `left.depth` is the number of levels that may follow.
bool walk(ondemand::value& value, json_limits left);

bool walk_array(ondemand::value& value, const json_limits& left) {
  ondemand::array array;
  if (value.get_array().get(array))
    return false;
  for (auto element : array) {
    ondemand::value child;
    if (std::move(element).get(child) || !walk(child, left))
      return false;
  }
  return true;
}

bool walk_object(ondemand::value& value, const json_limits& left) {
  ondemand::object object;
  if (value.get_object().get(object))
    return false;
  std::set<std::string> names;
  for (auto element : object) {
    ondemand::field member;
    if (std::move(element).get(member) || !read_name(member, names, left)
        || !walk(member.value(), left))
      return false;
  }
  return true;
}

/// Consumes a string. simdjson takes a skipped string for a key if a colon
/// follows.
bool walk_string(ondemand::value& value, std::string_view token,
                 const json_limits& limits) {
  if (limits.is_strict)
    return !value.get_string().error();
  return token.size() >= 2 && token.back() == '"'
         && has_valid_escapes(token.substr(1, token.size() - 2))
         && !value.get_raw_json_string().error();
}

bool walk(ondemand::value& value, json_limits left) {
  const auto token = trim(value.raw_json_token());
  if (token.empty())
    return false;
  switch (token.front()) {
  case '[':
    return left.depth-- > 0 && walk_array(value, left);
  case '{':
    return left.depth-- > 0 && walk_object(value, left);
  case '"':
    return walk_string(value, token, left);
  default:
    if (token == "true" || token == "false" || token == "null")
      return true;
    return is_number(token) && (!left.is_strict || !value.get_double().error());
  }
}

} // namespace

std::optional<std::string_view> read_json(ondemand::value& value,
                                          const json_limits& limits) {
  const auto token = value.raw_json_token();
  if (!walk(value, limits))
    return std::nullopt;
  if (token.front() != '[' && token.front() != '{')
    return trim(token);
  const char* end = nullptr;
  if (value.current_location().get(end))
    return std::nullopt;
  return trim({token.data(), static_cast<std::size_t>(end - token.data())});
}

bool is_at_end(ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

} // namespace rookery
