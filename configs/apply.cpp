#include "configs/apply.hpp"

#include "configs/config_reader.hpp"
#include "configs/file_text.hpp"
#include "configs/setting_value.hpp"
#include "configs/suggest.hpp"
#include "configs/value_text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace rookery {

namespace {

using problems = std::vector<std::string>;

constexpr std::size_t max_file_size = 1024 * 1024;

std::string& text_of(settings& target, const setting& entry) {
  return std::get<field_of<std::string>>(entry.field)(target);
}

// A secret is a string, or a list of them.
template <class Visitor>
auto visit_secret(settings& target, const setting& secret, Visitor visitor) {
  if (const auto* list =
        std::get_if<field_of<std::vector<std::string>>>(&secret.field))
    return visitor((*list)(target));
  return visitor(text_of(target, secret));
}

// Reads the secret of a file; for a list, one of each line.
std::variant<std::string, file_error> read_as(const std::string&,
                                              const std::string& path) {
  return read_secret_file(path);
}

std::variant<std::vector<std::string>, file_error>
read_as(const std::vector<std::string>&, const std::string& path) {
  return read_secret_lines(path);
}

// Returns the setting that names the file of a secret.
const setting& file_key_of(const setting& secret) {
  return *find_setting(std::string{secret.key} + "-file");
}

std::string shortened(std::string_view text) {
  constexpr std::size_t limit = 60;
  std::string result;
  for (const auto c : text.substr(0, limit))
    result += static_cast<unsigned char>(c) < ' ' ? '?' : c;
  return text.size() > limit ? result + "..." : result;
}

std::string wrong_value(const setting_key& key, std::string_view text,
                        value_source source) {
  const auto& entry = *key.entry;
  auto result = key.text();
  if (entry.visibility != secrecy::secret)
    result += " = " + shortened(text);
  result += ": expected " + describe_values(entry);
  const auto is_string =
    std::holds_alternative<field_of<std::string>>(entry.field);
  if (is_string && source == value_source::file)
    result += " in double quotes";
  return result;
}

// Reads a secret that is given directly or in a file. A source that gives
// either replaces both, so that the command line overrides a file.
template <class Keys>
void forget_replaced_secrets(settings& target, const Keys& assigned) {
  for (const auto& entry : settings_table()) {
    if (entry.visibility != secrecy::secret)
      continue;
    const auto& file_key = file_key_of(entry);
    if (assigned.contains({&entry}) || assigned.contains({&file_key})) {
      visit_secret(target, entry, [](auto& secret) { secret.clear(); });
      text_of(target, file_key).clear();
    }
  }
}

void check_secret_pairs(settings& target, const std::string& origin,
                        problems& errors) {
  for (const auto& entry : settings_table()) {
    if (entry.visibility != secrecy::secret)
      continue;
    const auto& file_key = file_key_of(entry);
    const auto is_missing =
      visit_secret(target, entry, [](auto& secret) { return secret.empty(); });
    if (is_missing || text_of(target, file_key).empty())
      continue;
    errors.push_back(origin + std::string{entry.key} + " and "
                     + std::string{file_key.key}
                     + " are both set: expected one of them");
    // Report it once: another source may still set either.
    text_of(target, file_key).clear();
  }
}

// Never echo a value that may be a secret: only values that cannot be one.
std::string shown_value(std::string_view text) {
  const auto is_plain =
    parse_boolean(text) || parse_duration(text) || parse_bytes(text);
  return is_plain ? " = " + std::string{text} : std::string{};
}

std::string unknown_group(std::string_view name) {
  if (find_setting_key(name))
    return std::string{name} + " is a setting, not a group: expected a value";
  return "unknown group " + std::string{name} + group_hint(name);
}

std::string unknown_key(const config_entry& entry) {
  const auto hint = key_hint(entry.key);
  // An option right in the group of namespaces is not meant as one's name.
  if (find_setting_group(entry.key)
      || (hint.empty() && namespace_of_group(entry.key)))
    return entry.key + " is a group: expected " + entry.key + " { ... }";
  return "unknown key " + entry.key + shown_value(entry.text) + hint;
}

// Applies the entries of one file.
struct file_reader {
  settings& target;
  std::string name;
  std::multimap<std::size_t, std::string> errors = {}; // by line
  std::map<setting_key, std::size_t> lines = {};
  std::set<std::string, std::less<>> bad_groups = {};

  void fail(std::size_t line, const std::string& text) {
    errors.emplace(line, name + ':' + std::to_string(line) + ": " + text);
  }

  problems read(const config_text& text) {
    for (const auto& entry : text.entries)
      locate(entry);
    forget_replaced_secrets(target, lines);
    for (const auto& entry : text.entries)
      if (const auto known = find_setting_key(entry.key);
          known && !entry.is_group)
        read_value(*known, entry);
    if (text.error)
      fail(text.error->line, text.error->text);
    problems result;
    for (auto& [line, error] : errors)
      result.push_back(std::move(error));
    check_secret_pairs(target, name + ": ", result);
    return result;
  }

  void locate(const config_entry& entry) {
    if (entry.is_group)
      return locate_group(entry);
    const auto known = find_setting_key(entry.key);
    if (!known) {
      if (!bad_groups.contains(entry.key.substr(0, entry.key.rfind('.'))))
        fail(entry.line, unknown_key(entry));
    } else if (const auto [first, is_new] = lines.emplace(*known, entry.line);
               !is_new) {
      fail(entry.line, entry.key + " is set twice, first in line "
                         + std::to_string(first->second));
    }
  }

  void locate_group(const config_entry& entry) {
    if (const auto known = namespace_of_group(entry.key)) {
      target.namespaces.try_emplace(std::string{*known});
    } else if (!find_setting_group(entry.key)) {
      fail(entry.line, unknown_group(entry.key));
      bad_groups.insert(entry.key);
    }
  }

  void read_value(const setting_key& known, const config_entry& entry) {
    if (!assign(target, known, entry.text, value_source::file))
      fail(entry.line, wrong_value(known, entry.text, value_source::file));
  }
};

} // namespace

problems apply_text(settings& target, const std::string& name,
                    const std::string& text) {
  file_reader state{target, name};
  return state.read(read_config(text));
}

problems apply_file(settings& target, const std::string& path) {
  const auto text = read_file(path, max_file_size);
  if (const auto* error = std::get_if<file_error>(&text))
    return {path + ": " + error->text};
  return apply_text(target, path, std::get<std::string>(text));
}

problems
apply_command_line(settings& target,
                   const std::vector<command_line::assignment>& options) {
  problems errors;
  std::map<setting_key, const std::string*> last;
  for (const auto& option : options)
    last[option.key] = &option.text;
  forget_replaced_secrets(target, last);
  for (const auto& [key, text] : last)
    if (!assign(target, key, *text, value_source::command_line))
      errors.push_back("--"
                       + wrong_value(key, *text, value_source::command_line));
  check_secret_pairs(target, "command line: ", errors);
  return errors;
}

problems read_secret_files(settings& target) {
  problems errors;
  for (const auto& entry : settings_table()) {
    if (entry.visibility != secrecy::secret)
      continue;
    const auto& path = text_of(target, file_key_of(entry));
    if (path.empty())
      continue;
    visit_secret(target, entry, [&](auto& secret) {
      auto read = read_as(secret, path);
      if (const auto* error = std::get_if<file_error>(&read))
        errors.push_back(std::string{file_key_of(entry).key} + " = "
                         + shortened(path) + ": " + error->text);
      else
        secret = std::move(std::get<0>(read));
    });
  }
  return errors;
}

} // namespace rookery
