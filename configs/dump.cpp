#include "configs/dump.hpp"

#include "configs/setting_value.hpp"
#include "configs/value_text.hpp"
#include "configs/wrap.hpp"

namespace rookery {

namespace {

std::string default_of(const setting& entry) {
  return format_value(settings{}, entry);
}

// Files have plain numbers, because CAF has no units of size: add a readable
// form.
std::string size_note(const settings& given, const setting& entry) {
  const auto* field = std::get_if<field_of<std::size_t>>(&entry.field);
  if (!field || entry.unit != "bytes")
    return {};
  auto copy = given;
  const auto value = static_cast<std::int64_t>((**field)(copy));
  const auto text = format_bytes(value);
  return text == std::to_string(value) ? std::string{} : " # " + text;
}

// The line of one key, or a comment in its place.
std::string value_line(const settings& given, const setting& entry,
                       dump_secrets secrets) {
  const auto value = format_value(given, entry);
  const auto name = std::string{entry.name()};
  const auto is_set = value != default_of(entry);
  const auto is_file = entry.visibility == secrecy::secret_file;
  // Omit KEY-file where the secret is printed.
  if (is_file && (!is_set || secrets == dump_secrets::yes))
    return "# " + name + " = \"\"";
  if (entry.visibility == secrecy::secret && is_set
      && secrets == dump_secrets::no)
    return "# " + name + " is set; --with-secrets shows it";
  return name + " = " + value + size_note(given, entry);
}

std::string limits_of(const setting& entry) {
  if (entry.choices.empty() && entry.max == 0)
    return {};
  return " Takes " + describe_values(entry) + '.';
}

std::string dump_entry(const settings& given, const setting& entry,
                       dump_secrets secrets) {
  const auto help = std::string{entry.help} + limits_of(entry);
  return wrap(help, "  # ") + "  " + value_line(given, entry, secrets) + '\n';
}

// Shown where there is no namespace.
constexpr std::string_view sample_namespace = R"(  # chat {
  #   history-size = 100
  #   history-ttl = 1h
  #   presence = true
  # }
)";

// The options' help is printed once, with those of the default namespace.
std::string dump_namespace(const std::string& name,
                           const settings::channel_settings& options) {
  // The table finds options of channels in the default namespace.
  settings scratch;
  scratch.channel = options;
  auto result = "  " + name + " {\n";
  for (const auto& entry : settings_table())
    if (entry.is_channel_option())
      result += "    " + value_line(scratch, entry, dump_secrets::no) + '\n';
  return result + "  }\n";
}

std::string dump_namespaces(const settings& given) {
  if (given.namespaces.empty())
    return '\n' + std::string{sample_namespace};
  std::string result;
  for (const auto& [name, options] : given.namespaces)
    result += '\n' + dump_namespace(name, options);
  return result;
}

} // namespace

std::string dump_config(const settings& given, dump_secrets secrets) {
  std::string result;
  for (const auto& group : setting_groups()) {
    result += wrap(group.help, "# ") + std::string{group.name} + " {";
    for (const auto& entry : settings_table())
      if (entry.group() == group.name)
        result += '\n' + dump_entry(given, entry, secrets);
    if (group.name == namespace_group)
      result += dump_namespaces(given);
    result += "}\n\n";
  }
  result.pop_back();
  return result;
}

} // namespace rookery
