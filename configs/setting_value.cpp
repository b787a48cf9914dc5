#include "configs/setting_value.hpp"

#include "configs/value_text.hpp"

#include <optional>

namespace rookery {

namespace {

bool is_choice(std::string_view choices, std::string_view value) {
  for (;;) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == value)
      return true;
    if (bar == std::string_view::npos)
      return false;
    choices.remove_prefix(bar + 1);
  }
}

std::optional<std::vector<std::string>> split(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto element = text.substr(0, comma);
    if (element.empty() || comma == text.size() - 1)
      return std::nullopt;
    result.emplace_back(element);
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  return result;
}

// Reads `text` as the type of one field.
struct parser {
  const setting& entry;
  std::string_view text;
  value_source source;

  std::optional<bool> parse(bool*) const { return parse_boolean(text); }

  std::optional<std::string> parse(std::string*) const {
    auto value =
      source == value_source::file ? parse_quoted(text) : std::string{text};
    if (value && !entry.choices.empty() && !is_choice(entry.choices, *value))
      return std::nullopt;
    return value;
  }

  std::optional<std::vector<std::string>>
  parse(std::vector<std::string>*) const {
    if (source == value_source::command_line && !text.starts_with('['))
      return split(text);
    return parse_list(text);
  }

  std::optional<std::chrono::milliseconds>
  parse(std::chrono::milliseconds*) const {
    const auto value = parse_duration(text);
    return value && in_range(value->count()) ? value : std::nullopt;
  }

  template <class Integer>
  std::optional<Integer> parse(Integer*) const {
    auto number = text;
    if (const auto quoted =
          entry.unit == "bytes" ? parse_quoted(text) : std::nullopt)
      return parser{entry, *quoted, value_source::command_line}.parse(
        static_cast<Integer*>(nullptr));
    const auto value =
      entry.unit == "bytes" ? parse_bytes(number) : parse_integer(number);
    if (!value || !in_range(*value))
      return std::nullopt;
    return static_cast<Integer>(*value);
  }

  bool in_range(std::int64_t value) const {
    return value >= entry.min && value <= entry.max;
  }
};

std::string format(bool value) {
  return value ? "true" : "false";
}

std::string format(const std::string& value) {
  return format_quoted(value);
}

std::string format(const std::vector<std::string>& value) {
  return format_list(value);
}

std::string format(std::chrono::milliseconds value) {
  return format_duration(value);
}

template <class Integer>
std::string format(Integer value) {
  return std::to_string(value);
}

bool assign_to(settings& target, const setting& entry, std::string_view text,
               value_source source) {
  const auto store = [&]<class T>(field_of<T> field) {
    auto value = parser{entry, text, source}.parse(static_cast<T*>(nullptr));
    if (!value)
      return false;
    field(target) = std::move(*value);
    return true;
  };
  return std::visit(store, entry.field);
}

struct value_words {
  const setting& entry;

  std::string operator()(field_of<bool>) const { return "true or false"; }

  std::string operator()(field_of<std::string>) const {
    if (entry.choices.empty())
      return "a string";
    std::string result = "one of ";
    for (auto c : entry.choices)
      result += c == '|' ? std::string{", "} : std::string{c};
    return result;
  }

  std::string operator()(field_of<std::vector<std::string>>) const {
    return "a list of strings such as [\"a\", \"b\"]";
  }

  std::string operator()(field_of<std::chrono::milliseconds>) const {
    using std::chrono::milliseconds;
    return "a duration from " + format_duration(milliseconds{entry.min})
           + " to " + format_duration(milliseconds{entry.max});
  }

  template <class Integer>
  std::string operator()(field_of<Integer>) const {
    if (entry.unit == "bytes")
      return "a size in bytes from " + format_bytes(entry.min) + " to "
             + format_bytes(entry.max);
    return "an integer from " + std::to_string(entry.min) + " to "
           + std::to_string(entry.max);
  }
};

} // namespace

bool assign(settings& target, const setting_key& key, std::string_view text,
            value_source source) {
  if (key.name_space.empty())
    return assign_to(target, *key.entry, text, source);
  // The table finds options of channels in the default namespace.
  settings scratch;
  const auto found = target.namespaces.find(key.name_space);
  if (found != target.namespaces.end())
    scratch.channel = found->second;
  if (!assign_to(scratch, *key.entry, text, source))
    return false;
  target.namespaces.insert_or_assign(key.name_space, scratch.channel);
  return true;
}

std::string format_value(const settings& source, const setting& entry) {
  auto copy = source;
  const auto write = [&](auto field) { return format(field(copy)); };
  return std::visit(write, entry.field);
}

std::string describe_values(const setting& entry) {
  return std::visit(value_words{entry}, entry.field);
}

} // namespace rookery
