#include "apps/rookery-console/command_line.hpp"

#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/help.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace rookery::console {

namespace {

class formatter final : public CLI::Formatter {
public:
  explicit formatter(const command& what) : usage_{usage_of(what)} {
    column_width(24);
  }

  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: " + usage_ + '\n';
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    // The help shows choices as the type of the option.
    return option->get_type_name().empty() ? "" : ' ' + option->get_type_name();
  }

private:
  std::string usage_;
};

void declare(CLI::App& app, const parameter& one, arguments& into) {
  const std::string name{one.name};
  const std::string help{one.help};
  if (one.is_option() && one.value.empty()) {
    app.add_flag_callback(
      name, [&into, name] { into.set(name, {}); }, help);
    return;
  }
  auto* option = app.add_option_function<std::string>(
    name, [&into, name](const std::string& value) { into.set(name, value); },
    help);
  option->type_name(one.is_option() ? std::string{one.value} : "");
  if (one.required)
    option->required();
  if (!one.choices.empty())
    option->check(CLI::IsMember(
      std::vector<std::string>(one.choices.begin(), one.choices.end())));
  if (one.value == "N")
    option->check(CLI::Range(1, 1'000'000).description(""));
}

// A word that looks like an option is text only after "--".
std::string stray_option(const std::vector<std::string>& words,
                         const std::vector<std::string>& rest) {
  const auto end = std::find(words.begin(), words.end(), "--");
  for (const auto& word : rest)
    if (word.size() > 1 && word.front() == '-'
        && std::find(words.begin(), end, word) != end)
      return word;
  return {};
}

std::variant<order, early_end> read(const command& what,
                                    const std::vector<std::string>& words,
                                    program_options& program) {
  order result{.what = &what};
  CLI::App app{std::string{what.summary}, std::string{what.name}};
  app.formatter(std::make_shared<formatter>(what));
  app.set_help_flag("-h,--help", "Print this");
  app.footer(std::string{what.notes} + '\n');
  const parameter* rest = nullptr;
  for (const auto& one : what.parameters) {
    declare(app, one, result.given);
    if (one.rest)
      rest = &one;
  }
  program.declare(app, "");
  app.allow_extras(rest != nullptr);
  try {
    app.parse(std::vector<std::string>{words.rbegin(), words.rend() - 1});
  } catch (const CLI::CallForHelp&) {
    return early_end{status::ok, app.help()};
  } catch (const CLI::ParseError& error) {
    return early_end{status::usage, std::string{what.name} + ": " + error.what()
                                      + "\nusage: " + usage_of(what) + '\n'};
  }
  auto more = app.remaining();
  if (const auto stray = stray_option(words, more); !stray.empty())
    return early_end{status::usage, std::string{what.name} + ": no option "
                                      + stray + "\nusage: " + usage_of(what)
                                      + '\n'};
  // The "--" that ends the options may be among them.
  if (const auto mark = std::find(more.begin(), more.end(), "--");
      mark != more.end())
    more.erase(mark);
  for (const auto& word : more)
    result.given.set(rest->name, result.given.at(rest->name) + ' ' + word);
  return result;
}

} // namespace

std::variant<order, early_end> read_order(std::vector<std::string> words,
                                          program_options& program) {
  if (words.front() == "help") {
    if (words.size() == 1)
      return early_end{status::ok, help_of_all()};
    words = {words[1], "--help"};
  }
  if (const auto* what = find_command(words.front()))
    return read(*what, words, program);
  return early_end{status::usage,
                   "no command '" + words.front() + "'; help lists all\n"};
}

} // namespace rookery::console
