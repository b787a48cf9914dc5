#pragma once

#include "apps/rookery-console/api.hpp"
#include "apps/rookery-console/node_names.hpp"
#include "apps/rookery-console/screen.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace rookery::console {

/// How a command went; the exit status of the program.
enum class status { ok = 0, refused = 1, usage = 2, unreachable = 3 };

/// What the terminal's user does, apart from commands.
struct operator_hooks {
  /// Asks a question; true for yes.
  std::function<bool(const std::string&)> confirm;

  /// Waits; false if the user wants an end of it instead.
  std::function<bool(std::chrono::milliseconds)> wait;

  /// Keys have a meaning of their own as long as the result lives.
  std::function<std::shared_ptr<void>()> take_keys;

  /// Whether the user wants an end of what goes on.
  std::function<bool()> wants_end;
};

/// The status that a failure ends with.
status status_of(const failure& problem);

/// What all commands work with: a node, a screen, and what is known by now.
class session {
public:
  session(std::unique_ptr<api> node, screen& out, operator_hooks hooks)
    : node_{std::move(node)}, screen_{out}, hooks_{std::move(hooks)} {}

  [[nodiscard]] api& node() { return *node_; }

  [[nodiscard]] screen& out() { return screen_; }

  [[nodiscard]] const operator_hooks& hooks() const { return hooks_; }

  /// Goes on with another node.
  void move_to(std::unique_ptr<api> node);

  /// Asks, learns the names of nodes, and with `--json` prints the answer.
  /// Failures are printed.
  reply ask(const std::string& target);
  reply act(const std::string& path, const json& body);

  /// All pages of the list `rows` in one answer.
  reply ask_all(const std::string& target, const char* rows);

  /// Lets `draw` show the body of an answer, unless there is none or it has
  /// been printed as it is.
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

  /// `ID@NODE` of a row, as other commands take it.
  [[nodiscard]] std::string actor_of(const json& row) const;

  status fail(const failure& problem);
  status misused(const std::string& text);

  node_names& names() { return names_; }

private:
  /// Ends an answer: who was silent, and who was asked.
  status done(const reply& answer);

  reply told(reply answer);
  reply heard(reply answer);

  std::unique_ptr<api> node_;
  screen& screen_;
  operator_hooks hooks_;
  node_names names_;
  bool scope_told_ = false;
};

} // namespace rookery::console
