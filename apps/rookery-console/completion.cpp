#include "apps/rookery-console/completion.hpp"

#include "apps/rookery-console/actor_kinds.hpp"
#include "apps/rookery-console/commands/commands.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/help.hpp"
#include "apps/rookery-console/target.hpp"
#include "apps/rookery-console/words.hpp"

#include <algorithm>

namespace rookery::console {

namespace {

using names = std::vector<std::string>;

names node_names_of(api& node) {
  names result;
  const auto answer = node.get("/api/nodes");
  for (const auto& one : rows_of(answer.body, "nodes"))
    result.push_back(text_of(one, "name"));
  return result;
}

names protocol_names(api& node) {
  names result;
  const auto answer = node.get("/api/nodes");
  for (const auto& one : rows_of(answer.body, "nodes"))
    if (const auto& open = member(one, "connections"); open.is_object())
      for (const auto& [name, count] : open.items())
        result.push_back(name);
  return result;
}

names channel_names(api& node, std::string_view prefix) {
  target what{"/api/channels"};
  what.with("prefix", prefix).with("limit", "50");
  const auto answer = node.get(what.text());
  names result;
  for (const auto& one : rows_of(answer.body, "channels"))
    result.push_back(text_of(one, "name"));
  return result;
}

// Complete the node of ID@NODE; ids come from lists.
names actor_names(api& node, std::string_view begun) {
  const auto at = begun.find('@');
  if (at == std::string_view::npos)
    return {};
  names result;
  for (const auto& one : node_names_of(node))
    result.push_back(std::string{begun.substr(0, at + 1)} + one);
  return result;
}

names values_of(const parameter& one, std::string_view begun, api& node,
                const std::string& before) {
  if (!one.choices.empty())
    return {one.choices.begin(), one.choices.end()};
  auto kind = one.value;
  if (kind == "WATCHED") // after the channel's name
    kind = before == "channel"      ? "CHANNEL"
           : before == "connection" ? "ACTOR"
                                    : "";
  if (kind == "NODE")
    return node_names_of(node);
  if (kind == "PROTOCOL")
    return protocol_names(node);
  if (kind == "CHANNEL")
    return channel_names(node, begun);
  if (kind == "ACTOR")
    return actor_names(node, begun);
  return kind == "KIND" ? names{actor_kinds.begin(), actor_kinds.end()}
                        : names{};
}

names first_words() {
  names result;
  for (const auto& group : all_commands())
    for (const auto& one : group.commands)
      result.emplace_back(one.name);
  for (const auto& word : console_words())
    result.emplace_back(word.name);
  return result;
}

const parameter* option_of(const command& what, std::string_view name) {
  for (const auto& one : what.parameters)
    if (one.is_option() && one.name == name)
      return &one;
  return nullptr;
}

// The parameter that the next word is for, after `words`, command included.
const parameter* parameter_at(const command& what, const names& words) {
  const auto* last = option_of(what, words.back());
  if (last != nullptr && !last->value.empty())
    return last;
  std::size_t position = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (const auto* option = option_of(what, words[i]))
      i += option->value.empty() ? 0 : 1;
    else
      ++position;
  }
  for (const auto& one : what.parameters)
    if (!one.is_option() && position-- == 0)
      return &one;
  return nullptr;
}

names candidates(const names& words, std::string_view begun, api& node) {
  if (words.empty())
    return first_words();
  if (words.front() == "help")
    return words.size() == 1 ? first_words() : names{};
  const auto* what = find_command(words.front());
  if (what == nullptr)
    return {};
  if (begun.starts_with('-')) {
    names result{"--help", "--json"};
    for (const auto& one : what->parameters)
      if (one.is_option())
        result.emplace_back(one.name);
    return result;
  }
  const auto* one = parameter_at(*what, words);
  return one == nullptr ? names{} : values_of(*one, begun, node, words.back());
}

} // namespace

std::vector<std::string> completions(std::string_view line, api& node) {
  const auto space = line.find_last_of(" \t");
  const auto begun =
    space == std::string_view::npos ? line : line.substr(space + 1);
  const auto words = split_words(line.substr(0, line.size() - begun.size()));
  if (!words)
    return {};
  auto result = candidates(*words, begun, node);
  // Skip candidates that need quoting.
  std::erase_if(result, [&](const std::string& one) {
    return !one.starts_with(begun) || quoted_word(one) != one;
  });
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

} // namespace rookery::console
