#include "configs/suggest.hpp"

#include "configs/setting_key.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace rookery {

namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < from.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const auto replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

struct search {
  std::string_view wanted;
  std::string_view best = {};
  std::size_t best_distance = std::min<std::size_t>(wanted.size() / 3, 3) + 1;

  void offer(std::string_view compared, std::string_view answer) {
    const auto d = distance(wanted, compared);
    if (d < best_distance) {
      best_distance = d;
      best = answer;
    }
  }
};

// Limit the length: a longer key resembles none, and would cost time.
bool is_too_long(std::string_view text) {
  return text.size() > 64;
}

// The parts of "namespace.NAME.OPTION", the first perhaps misspelt.
struct namespace_parts {
  std::string_view name; // empty where only two parts are
  std::string_view option;
};

std::optional<namespace_parts> parts_of(std::string_view key) {
  const auto dot = key.find('.');
  const auto group = key.substr(0, dot);
  if (dot == key.npos || is_too_long(group))
    return std::nullopt;
  search result{group};
  result.offer(namespace_group, namespace_group);
  if (result.best.empty())
    return std::nullopt;
  const auto rest = key.substr(dot + 1);
  const auto next = rest.find('.');
  if (next == rest.npos)
    return namespace_parts{{}, rest};
  return namespace_parts{rest.substr(0, next), rest.substr(next + 1)};
}

std::string in_namespace(std::string_view name, std::string_view option = {}) {
  auto result = std::string{namespace_group} + '.' + std::string{name};
  return option.empty() ? result : result + '.' + std::string{option};
}

std::string suggest_option(const namespace_parts& parts) {
  if (is_too_long(parts.option))
    return {};
  search result{parts.option};
  for (const auto& entry : settings_table())
    if (entry.is_channel_option())
      result.offer(entry.name(), entry.name());
  if (result.best.empty())
    return {};
  return in_namespace(parts.name.empty() ? "NAME" : parts.name, result.best);
}

std::string namespace_name_hint(std::string_view key) {
  if (!key.starts_with(in_namespace("")))
    return {};
  const auto rest = key.substr(namespace_group.size() + 1);
  if (is_namespace_name(rest.substr(0, rest.find('.'))))
    return {};
  return "; the name of a namespace is 1 to 64 letters, digits, - or _";
}

std::string did_you_mean(std::string_view prefix, const std::string& known) {
  if (known.empty())
    return {};
  return "; did you mean " + std::string{prefix} + known + '?';
}

} // namespace

std::string suggest_key(std::string_view key) {
  if (const auto parts = parts_of(key))
    if (auto known = suggest_option(*parts); !known.empty())
      return known;
  if (is_too_long(key))
    return {};
  search result{key};
  for (const auto& entry : settings_table())
    result.offer(key.find('.') == key.npos ? entry.name() : entry.key,
                 entry.key);
  return std::string{result.best};
}

std::string suggest_group(std::string_view name) {
  const auto parts = parts_of(name);
  if (parts && parts->name.empty() && is_namespace_name(parts->option))
    return in_namespace(parts->option);
  if (is_too_long(name))
    return {};
  search result{name};
  for (const auto& group : setting_groups())
    result.offer(group.name, group.name);
  return std::string{result.best};
}

std::string key_hint(std::string_view key, std::string_view prefix) {
  const auto hint = namespace_name_hint(key);
  return hint.empty() ? did_you_mean(prefix, suggest_key(key)) : hint;
}

std::string group_hint(std::string_view name) {
  const auto hint = namespace_name_hint(name);
  return hint.empty() ? did_you_mean({}, suggest_group(name)) : hint;
}

} // namespace rookery
