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
  /// Such as "CHANNEL", "--limit", or "--all".
  std::string_view name;

  /// The placeholder of the value, "N"; empty for a flag. It selects the
  /// completion: NODE, CHANNEL, KIND.
  std::string_view value = {};

  std::string_view help;

  /// The values that are allowed; empty: any.
  std::vector<std::string_view> choices = {};

  bool required = false;

  /// The parameter takes all remaining words, joined by a space.
  bool rest = false;

  [[nodiscard]] bool is_option() const { return name.starts_with("--"); }
};

/// The values given for the parameters of a command.
class arguments {
public:
  void set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string{name}, std::move(value));
  }

  [[nodiscard]] std::optional<std::string> get(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional{found->second};
  }

  /// The value of a required parameter.
  [[nodiscard]] const std::string& at(std::string_view name) const {
    return values_.find(name)->second;
  }

  [[nodiscard]] bool has(std::string_view name) const {
    return values_.contains(name);
  }

private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// One command of the console.
struct command {
  std::string_view name;
  std::string_view summary;
  std::vector<parameter> parameters;

  /// The text under the options in the command's help: details and examples.
  std::string_view notes = {};

  status (*run)(session&, const arguments&);
};

/// A list of commands under one heading.
struct command_group {
  std::string_view title;
  std::vector<command> commands;
};

} // namespace rookery::console
