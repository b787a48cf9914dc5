#include "apps/rookery-console/program_options.hpp"

#include "apps/rookery-console/help.hpp"
#include "configs/version.hpp"

#include <CLI/CLI.hpp>

namespace rookery::console {

void program_options::declare(CLI::App& app, const std::string& group) {
  app
    .add_option("--address", address,
                "The node's admin listener (127.0.0.1:9080)")
    ->type_name("HOST:PORT")
    ->group(group);
  app.add_option("--token-file", token_file, "A file with the admin token")
    ->type_name("FILE")
    ->group(group);
  app
    .add_option("--config", config_file,
                "A node's configuration file, for address and token")
    ->type_name("FILE")
    ->group(group);
  app.add_flag("--json", json, "Print the node's JSON answers, for scripts")
    ->group(group);
  app.add_flag("--no-color", no_color, "Without colours")->group(group);
}

std::variant<program_options, early_end> program_options::parse(int argc,
                                                                char** argv) {
  program_options result;
  CLI::App app{"Inspects and controls a rookery cluster.", "rookery-console"};
  app.set_help_flag("-h,--help", "Print this and exit");
  app.set_version_flag("--version", "rookery-console " + std::string{version()},
                       "Print the version and exit");
  result.declare(app, "Options");
  app
    .add_option(
      "--history-file", result.history_file,
      "History of the prompt (~/.local/state/rookery/console_history)")
    ->type_name("FILE");
  app.get_formatter()->column_width(24);
  app.prefix_command();
  app.footer("Without a command a prompt starts.\n\n" + help_of_all());
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return early_end{status::ok, app.help()};
  } catch (const CLI::CallForVersion& call) {
    return early_end{status::ok, std::string{call.what()} + '\n'};
  } catch (const CLI::ParseError& error) {
    return early_end{status::usage,
                     std::string{error.what()} + "\nsee --help\n"};
  }
  result.words = app.remaining();
  return result;
}

} // namespace rookery::console
