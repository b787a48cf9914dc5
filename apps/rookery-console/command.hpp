#pragma once

#include "apps/rookery-console/session.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// An argument or an option of a command.
struct parameter {
  /// "CHANNEL", "--limit", or "--all".
  std::string_view name;

  /// What an option takes, "N"; a flag takes nothing. What is completed depends
  /// on it: NODE, CHANNEL, KIND.
  std::string_view value = {};

  std::string_view help;

  /// The only values there are; none: any.
  std::vector<std::string_view> choices = {};

  bool required = false;

  /// Takes all remaining words, joined by a space.
  bool rest = false;

  [[nodiscard]] bool is_option() const { return name.starts_with("--"); }
};

/// What was given for the parameters of a command.
class arguments {
public:
  void set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string{name}, std::move(value));
  }

  [[nodiscard]] std::optional<std::string> get(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional{found->second};
  }

  /// Of what must be given.
  [[nodiscard]] const std::string& at(std::string_view name) const {
    return values_.find(name)->second;
  }

  [[nodiscard]] bool has(std::string_view name) const {
    return values_.contains(name);
  }

private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// One thing an operator can say.
struct command {
  std::string_view name;
  std::string_view summary;
  std::vector<parameter> parameters;

  /// What stands under the options in its help: details and examples.
  std::string_view notes = {};

  status (*run)(session&, const arguments&);
};

/// A list of commands under one heading.
struct command_group {
  std::string_view title;
  std::vector<command> commands;
};

} // namespace rookery::console
