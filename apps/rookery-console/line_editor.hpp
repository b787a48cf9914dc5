#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// The prompt's line input, with editing, history and completion (libedit). At
/// most one instance: the library has one global state.
class line_editor {
public:
  /// Returns the candidates for the last word before the cursor.
  using completer = std::function<std::vector<std::string>(std::string_view)>;

  /// Reads the history from a file that only its owner can read.
  line_editor(std::string history_file, completer complete);
  line_editor(const line_editor&) = delete;
  line_editor& operator=(const line_editor&) = delete;

  /// Writes the history.
  ~line_editor();

  /// The next line, empty after Ctrl-C; nullopt at the end of input.
  std::optional<std::string> read(const std::string& prompt);

private:
  void remember(const std::string& line);

  std::string history_file_;
  std::string last_;
};

/// The default path of the history, `~/.local/state/rookery/console_history`.
/// Creates the directory; returns an empty path if that fails.
std::string usual_history_file();

} // namespace rookery::console
