#include "configs/load.hpp"

#include "configs/apply.hpp"
#include "configs/check_settings.hpp"
#include "configs/command_line.hpp"
#include "configs/dump.hpp"
#include "configs/help.hpp"
#include "configs/version.hpp"

namespace rookery {

namespace {

using action = command_line::action;

std::string lines_of(const std::string& prefix,
                     const std::vector<std::string>& texts) {
  std::string result;
  for (const auto& text : texts)
    result += prefix + text + '\n';
  return result;
}

exit_request refuse(const std::vector<std::string>& errors) {
  return {.status = 2, .err = lines_of("rookery: ", errors)};
}

void append(std::vector<std::string>& errors, std::vector<std::string> more) {
  errors.insert(errors.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

} // namespace

std::variant<settings, exit_request> load(int argc, const char* const* argv,
                                          config_check check) {
  auto asked = parse_command_line(argc, argv);
  if (asked.wanted == action::help)
    return exit_request{.out = help_text()};
  if (asked.wanted == action::version)
    return exit_request{.out = "rookery " + std::string{version()} + '\n'};
  settings result;
  auto errors = std::move(asked.errors);
  if (!asked.config_file.empty())
    append(errors, apply_file(result, asked.config_file));
  append(errors, apply_command_line(result, asked.assignments));
  // A dump without secrets names the files instead, so keep the paths.
  const auto as_given = result;
  append(errors, read_secret_files(result));
  append(errors, check_settings(result));
  config_faults faults;
  if (check && errors.empty() && asked.wanted != action::dump_config)
    faults = check(result);
  append(errors, std::move(faults.errors));
  if (!errors.empty())
    return refuse(errors);
  if (asked.wanted == action::check_config)
    return exit_request{.out = "configuration is valid\n",
                        .err = lines_of("rookery: warning: ", faults.warnings)};
  if (asked.wanted == action::dump_config)
    return exit_request{.out = asked.with_secrets
                                 ? dump_config(result, dump_secrets::yes)
                                 : dump_config(as_given, dump_secrets::no)};
  return result;
}

} // namespace rookery
