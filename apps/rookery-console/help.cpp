#include "apps/rookery-console/help.hpp"

#include "apps/rookery-console/commands/commands.hpp"

#include <fmt/format.h>

namespace rookery::console {

const std::vector<console_word>& console_words() {
  static const std::vector<console_word> words{
    {"help", "help [COMMAND]", "List commands, or explain one"},
    {"connect", "connect HOST:PORT",
     "Switch to another node, with the same token"},
    {"clear", "clear", "Clear the terminal"},
    {"quit", "quit", "Quit (also Ctrl-D)"}};
  return words;
}

std::string usage_of(const command& what) {
  auto result = std::string{what.name};
  bool has_options = false;
  for (const auto& one : what.parameters) {
    if (one.is_option()) {
      has_options = true;
      continue;
    }
    const auto name = std::string{one.name} + (one.rest ? "..." : "");
    result += one.required ? ' ' + name : " [" + name + ']';
  }
  return result + (has_options ? " [OPTIONS]" : "");
}

std::string help_of_all(bool interactive) {
  std::string result;
  const auto add = [&](std::string_view name, std::string_view summary) {
    result += fmt::format("  {:<20}{}\n", name, summary);
  };
  for (const auto& group : all_commands()) {
    result += fmt::format("{}:\n", group.title);
    for (const auto& one : group.commands)
      add(one.name, one.summary);
  }
  if (interactive) {
    result += "Here:\n";
    for (const auto& word : console_words())
      add(word.usage, word.summary);
  } else {
    add("help [COMMAND]", "List commands, or explain one");
  }
  return result;
}

} // namespace rookery::console
