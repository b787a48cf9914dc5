#include "configs/config_reader.hpp"

#include <cctype>
#include <stdexcept>

namespace rookery {

namespace {

// Far more than keys have; bounds what a qualified key can grow to.
constexpr std::size_t max_depth = 8;

constexpr std::string_view whitespace = " \t\r\n";

struct reader {
  std::string_view rest;
  std::size_t line = 1;
  std::string section;

  struct open_group {
    std::string name;
    std::size_t line;
  };

  std::vector<open_group> groups;
  config_text result;

  bool at_end() const { return rest.empty(); }

  char peek() const { return rest.empty() ? '\0' : rest.front(); }

  void take() {
    if (rest.front() == '\n')
      ++line;
    rest.remove_prefix(1);
  }

  // Returns false to end an expression with.
  bool fail(std::size_t at, std::string text) {
    result.error = {at, std::move(text)};
    return false;
  }

  void skip_comment() {
    while (!at_end() && peek() != '\n')
      take();
  }

  void skip(std::string_view characters) {
    for (;;) {
      while (!at_end() && characters.find(peek()) != std::string_view::npos)
        take();
      if (peek() != '#' && peek() != ';')
        return;
      skip_comment();
    }
  }

  std::string word() {
    const auto is_word = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'
             || c == '.';
    };
    std::string text;
    for (; !at_end() && is_word(peek()); take())
      text += peek();
    return text;
  }

  std::string qualified(const std::string& key) const {
    auto prefix = section.empty() ? std::string{} : section + '.';
    for (const auto& group : groups)
      prefix += group.name + '.';
    return prefix + key;
  }

  void add_group(const std::string& key) {
    result.entries.push_back({qualified(key), {}, line, true});
  }

  bool read_all() {
    for (skip(whitespace); !at_end(); skip(whitespace))
      if (!read_item())
        return false;
    if (!groups.empty())
      return fail(groups.back().line, "the group opened here is never closed");
    return true;
  }

  bool read_item() {
    if (peek() == '}')
      return close_group();
    if (peek() == '[')
      return read_section();
    const auto key = word();
    if (key.empty())
      return fail(line, "expected a key");
    skip(" \t\r");
    if (peek() == '=')
      take();
    else if (peek() != '{')
      return fail(line, "expected = or { after the key");
    skip(" \t\r");
    return peek() == '{' ? read_group(key) : read_setting(key);
  }

  bool read_group(const std::string& key) {
    if (groups.size() == max_depth)
      return fail(line, "groups are nested too deeply");
    add_group(key);
    groups.push_back({key, line});
    take();
    return true;
  }

  bool close_group() {
    if (groups.empty())
      return fail(line, "} without a group to close");
    groups.pop_back();
    take();
    return ends_here();
  }

  bool read_section() {
    if (!groups.empty())
      return fail(line, "a [section] within a group");
    take();
    section.clear();
    const auto name = word();
    if (name.empty() || peek() != ']')
      return fail(line, "expected [section]");
    add_group(name);
    section = name;
    take();
    return ends_here();
  }

  bool read_setting(const std::string& key) {
    config_entry entry{qualified(key), {}, line, false};
    if (!read_value(entry.text))
      return false;
    result.entries.push_back(std::move(entry));
    return ends_here();
  }

  bool read_value(std::string& text) {
    if (peek() == '"')
      return read_string(text);
    if (peek() == '[')
      return read_list(text);
    constexpr std::string_view ends = " \t\r\n,}#;";
    for (; !at_end() && ends.find(peek()) == std::string_view::npos; take())
      text += peek();
    return !text.empty() || fail(line, "expected a value after the key");
  }

  bool read_string(std::string& text) {
    text += '"';
    take();
    for (auto escaped = false; !at_end() && peek() != '\n'; take()) {
      text += peek();
      if (peek() == '"' && !escaped) {
        take();
        return true;
      }
      escaped = peek() == '\\' && !escaped;
    }
    return fail(line, "the string is not closed on its line");
  }

  bool read_list(std::string& text) {
    const auto start = line;
    for (; !at_end(); skip(whitespace)) {
      if (peek() == '"') {
        if (!read_string(text))
          return false;
        continue;
      }
      // Comments and line breaks are skipped, but must go on to separate.
      text += peek();
      text += ' ';
      const auto closes = peek() == ']';
      take();
      if (closes) {
        text.pop_back();
        return true;
      }
    }
    return fail(start, "the list opened here is never closed");
  }

  // After a value the line, the group or the file ends, or a comma follows.
  bool ends_here() {
    constexpr std::string_view ends = "\n,}#;";
    while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\r'))
      take();
    if (!at_end() && ends.find(peek()) == std::string_view::npos)
      return fail(line, "unexpected text after the value");
    if (peek() == ',')
      take();
    return true;
  }
};

} // namespace

config_text read_config(std::string_view source) {
  reader state;
  state.rest = source;
  state.read_all();
  return std::move(state.result);
}

} // namespace rookery
