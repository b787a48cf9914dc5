#include "configs/command_line.hpp"

#include "configs/suggest.hpp"
#include "configs/value_text.hpp"

#include <optional>
#include <span>

namespace rookery {

namespace {

using action = command_line::action;

struct reader {
  std::span<const char* const> rest;
  command_line result;

  std::string_view take() {
    const std::string_view argument = rest.front();
    rest = rest.subspan(1);
    return argument;
  }

  void fail(std::string text) { result.errors.push_back(std::move(text)); }

  // The value of an option: the text after its '=', or the next argument.
  std::optional<std::string> value_of(std::string_view option,
                                      std::optional<std::string_view> inlined) {
    if (inlined)
      return std::string{*inlined};
    if (!rest.empty() && !std::string_view{rest.front()}.starts_with("--"))
      return std::string{take()};
    fail(std::string{option} + ": expected a value");
    return std::nullopt;
  }

  void read_all() {
    while (!rest.empty()) {
      const auto argument = take();
      if (!argument.starts_with('-') || argument.size() < 2) {
        fail("unexpected argument " + format_quoted(argument));
        continue;
      }
      const auto equals = argument.find('=');
      if (equals == argument.npos)
        read_option(argument, std::nullopt);
      else
        read_option(argument.substr(0, equals), argument.substr(equals + 1));
    }
    if (result.with_secrets && result.wanted != action::dump_config)
      fail("--with-secrets: goes with --dump-config only");
  }

  void read_option(std::string_view option,
                   std::optional<std::string_view> inlined) {
    if (option == "--config" || option == "-c") {
      if (auto file = value_of(option, inlined))
        read_config_file(std::move(*file));
    } else if (auto key = key_of(option)) {
      read_setting(option, std::move(*key), inlined);
    } else if (!read_flag(option)) {
      report_unknown(option);
    } else if (inlined) {
      fail(std::string{option} + ": takes no value");
    }
  }

  static std::optional<setting_key> key_of(std::string_view option) {
    if (!option.starts_with("--"))
      return std::nullopt;
    return find_setting_key(option.substr(2));
  }

  void read_config_file(std::string file) {
    if (file.empty())
      fail("--config: expected the name of a file");
    result.config_file = std::move(file);
  }

  void read_setting(std::string_view option, setting_key key,
                    std::optional<std::string_view> inlined) {
    const auto is_flag =
      std::holds_alternative<field_of<bool>>(key.entry->field);
    if (is_flag && !inlined && (rest.empty() || !parse_boolean(rest.front())))
      inlined = "true";
    if (auto text = value_of(option, inlined))
      result.assignments.push_back({std::move(key), std::move(*text)});
  }

  bool read_flag(std::string_view option) {
    if (option == "--help" || option == "-h")
      result.wanted = action::help;
    else if (option == "--version" || option == "-V")
      want(action::version);
    else if (option == "--dump-config")
      want(action::dump_config);
    else if (option == "--check-config")
      want(action::check_config);
    else if (option == "--with-secrets")
      result.with_secrets = true;
    else
      return false;
    return true;
  }

  // Help, then version go before everything else.
  void want(action wanted) {
    if (result.wanted != action::help && result.wanted != action::version)
      result.wanted = wanted;
  }

  void report_unknown(std::string_view option) {
    // A value may be a secret under a misspelt key, so name only the key.
    const auto text = "unknown option " + std::string{option};
    const auto key = option.substr(option.starts_with("--") ? 2 : 1);
    fail(text + key_hint(key, "--"));
    // The next argument is most likely the value of the unknown option.
    if (!rest.empty() && !std::string_view{rest.front()}.starts_with('-'))
      take();
  }
};

} // namespace

command_line parse_command_line(int argc, const char* const* argv) {
  reader state;
  if (argc > 1)
    state.rest = {argv + 1, static_cast<std::size_t>(argc - 1)};
  state.read_all();
  return std::move(state.result);
}

} // namespace rookery
