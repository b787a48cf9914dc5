#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// What the operator types, with editing, history and completion (libedit).
/// One at a time: the library has one state.
class line_editor {
public:
  /// What the last word up to the cursor may become.
  using completer = std::function<std::vector<std::string>(std::string_view)>;

  /// The history is read from a file, which only its owner may read.
  line_editor(std::string history_file, completer complete);
  line_editor(const line_editor&) = delete;
  line_editor& operator=(const line_editor&) = delete;

  /// Writes the history.
  ~line_editor();

  /// A line, empty after Ctrl-C; nothing at the end of input.
  std::optional<std::string> read(const std::string& prompt);

private:
  void remember(const std::string& line);

  std::string history_file_;
  std::string last_;
};

/// Where a user's history is kept: `~/.local/state/rookery/console_history`.
/// Makes the directory; empty where that is impossible.
std::string usual_history_file();

} // namespace rookery::console
