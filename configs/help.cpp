#include "configs/help.hpp"

#include "configs/setting_value.hpp"
#include "configs/wrap.hpp"

namespace rookery {

namespace {

constexpr std::string_view usage = R"(rookery: a WebSocket cluster node

Usage: rookery [--config FILE] [--KEY=VALUE]... [ACTION]

  -c, --config FILE   read settings from FILE; the command line wins over it
  --check-config      check the settings and say what is wrong
  --dump-config       print all settings as a file that can be loaded again
    --with-secrets    ... and the secrets among them
  -V, --version       print the version
  -h, --help          print this text

Durations have a unit: 250ms, 25s, 5min, 1h. Sizes are bytes, or have a unit:
64KiB, 1MiB, 2GiB. Lists are separated by commas. A switch needs no value: --KEY
means --KEY=true. Secrets are better kept in a file (--redis.url-file,
--api.key-file) than on the command line, where every user of the machine can
read them.
)";

struct placeholder_writer {
  const setting& entry;

  std::string operator()(field_of<bool>) const { return "[=true|false]"; }

  std::string operator()(field_of<std::string>) const {
    if (!entry.choices.empty())
      return '=' + std::string{entry.choices};
    return entry.visibility == secrecy::secret_file ? "=FILE" : "=TEXT";
  }

  std::string operator()(field_of<std::vector<std::string>>) const {
    return "=TEXT,...";
  }

  std::string operator()(field_of<std::chrono::milliseconds>) const {
    return "=DURATION";
  }

  template <class Integer>
  std::string operator()(field_of<Integer>) const {
    return entry.unit == "bytes" ? "=BYTES" : "=NUMBER";
  }
};

std::string placeholder(const setting& entry) {

  return std::visit(placeholder_writer{entry}, entry.field);
}

std::string describe(const setting& entry) {
  auto text = std::string{entry.help};
  if (entry.max != 0)
    text += " Takes " + describe_values(entry) + '.';
  return text + " Default: " + format_value(settings{}, entry) + '.';
}

std::string help_namespaces() {
  return "  --" + std::string{namespace_group} + ".NAME.OPTION=VALUE\n"
         + wrap("Options and values are those of group channel: "
                "--namespace.chat.history-size=100.",
                "      ");
}

} // namespace

std::string help_text() {
  std::string result{usage};
  for (const auto& group : setting_groups()) {
    result +=
      '\n' + wrap(std::string{group.name} + ": " + std::string{group.help}, {});
    if (group.name == namespace_group)
      result += help_namespaces();
    for (const auto& entry : settings_table())
      if (entry.group() == group.name)
        result += "  --" + std::string{entry.key} + placeholder(entry) + '\n'
                  + wrap(describe(entry), "      ");
  }
  return result;
}

} // namespace rookery
