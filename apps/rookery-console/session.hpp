#pragma once

#include "apps/rookery-console/api.hpp"
#include "apps/rookery-console/node_names.hpp"
#include "apps/rookery-console/screen.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace rookery::console {

/// The result of a command, used as the exit status of the program.
enum class status { ok = 0, refused = 1, usage = 2, unreachable = 3 };

/// Calls to the terminal's user, apart from commands.
struct operator_hooks {
  /// Asks a question; true means yes.
  std::function<bool(const std::string&)> confirm;

  /// Waits; returns false if the user asked to stop.
  std::function<bool(std::chrono::milliseconds)> wait;

  /// Reads keys without echo until the result is destroyed.
  std::function<std::shared_ptr<void>()> take_keys;

  /// Returns true if the user asked to stop the current command.
  std::function<bool()> wants_end;
};

/// The exit status for a failure.
status status_of(const failure& problem);

/// The context of all commands: a node, a screen, and the names known so far.
class session {
public:
  session(std::unique_ptr<api> node, screen& out, operator_hooks hooks)
    : node_{std::move(node)}, screen_{out}, hooks_{std::move(hooks)} {}

  [[nodiscard]] api& node() { return *node_; }

  [[nodiscard]] screen& out() { return screen_; }

  [[nodiscard]] const operator_hooks& hooks() const { return hooks_; }

  /// Switches to another node.
  void move_to(std::unique_ptr<api> node);

  /// Sends a request, learns the names of nodes, and with `--json` prints the
  /// answer. Prints failures.
  reply ask(const std::string& target);
  reply act(const std::string& path, const json& body);

  /// Joins all pages of the list `rows` in one answer.
  reply ask_all(const std::string& target, const char* rows);

  /// Shows the body of a successful answer with `draw`, unless `--json` has
  /// printed it.
  template <class Draw>
  status show(const reply& answer, Draw draw) {
    if (!answer)
      return status_of(answer.problem);
    if (screen_.can().json)
      return status::ok;
    draw(answer.body);
    return done(answer);
  }

  /// The name of the row's node.
  [[nodiscard]] std::string node_of(const json& row) const;

  /// The row's `ID@NODE`, as other commands take it.
  [[nodiscard]] std::string actor_of(const json& row) const;

  status fail(const failure& problem);
  status misused(const std::string& text);

  node_names& names() { return names_; }

private:
  /// Adds the closing lines to an answer: the silent nodes, and a note if only
  /// one node was asked.
  status done(const reply& answer);

  reply print_json(reply answer);
  reply learn_names(reply answer);

  std::unique_ptr<api> node_;
  screen& screen_;
  operator_hooks hooks_;
  node_names names_;
  bool scope_shown_ = false;
};

} // namespace rookery::console
