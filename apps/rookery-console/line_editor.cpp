#include "apps/rookery-console/line_editor.hpp"

#include "apps/rookery-console/terminal.hpp"
#include "apps/rookery-console/text.hpp"

#include <cstdlib>
#include <cstring>
#include <editline/readline.h>
#include <fcntl.h>
#include <filesystem>
#include <iostream>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rookery::console {

namespace {

constexpr int max_lines = 1'000;

line_editor::completer complete;
std::vector<std::string> matches;

// The library calls this with 0, 1, … until it returns null, and frees the
// results.
char* next_match(const char*, int state) {
  static std::size_t next = 0;
  if (state == 0)
    next = 0;
  return next < matches.size() ? strdup(matches[next++].c_str()) : nullptr;
}

char** find_matches(const char* word, int, int end) {
  // Never fall back to completing file names.
  rl_attempted_completion_over = 1;
  // An earlier Ctrl-C at the prompt cleared a line; it must not interrupt these
  // requests.
  forget_interrupts();
  matches =
    complete(std::string_view{rl_line_buffer, static_cast<std::size_t>(end)});
  return rl_completion_matches(word, next_match);
}

} // namespace

line_editor::line_editor(std::string history_file, completer completes)
  : history_file_{std::move(history_file)} {
  complete = std::move(completes);
  rl_readline_name = "rookery-console";
  rl_initialize();
  using_history();
  stifle_history(max_lines);
  // Names of channels and nodes contain any character but spaces.
  static char breaks[] = " \t";
  rl_basic_word_break_characters = breaks;
  rl_completer_word_break_characters = breaks;
  rl_attempted_completion_function = find_matches;
  if (!history_file_.empty())
    read_history(history_file_.c_str());
}

line_editor::~line_editor() {
  if (history_file_.empty())
    return;
  const auto file =
    open(history_file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) {
    fchmod(file, 0600);
    close(file);
    write_history(history_file_.c_str());
  }
}

std::optional<std::string> line_editor::read(const std::string& prompt) {
  std::cout << std::flush;
  forget_interrupts();
  auto* line = readline(prompt.c_str());
  if (line == nullptr) {
    std::cout << '\n';
    return is_interrupted() ? std::optional{std::string{}} : std::nullopt;
  }
  forget_interrupts();
  std::string result{line};
  std::free(line);
  remember(result);
  return result;
}

// Like a shell: skip repeated lines and lines that begin with a space.
void line_editor::remember(const std::string& line) {
  if (line.empty() || line.front() == ' ' || line == last_)
    return;
  last_ = line;
  add_history(line.c_str());
}

std::string usual_history_file() {
  const auto* user = getpwuid(getuid());
  if (user == nullptr || user->pw_dir == nullptr)
    return {};
  const auto directory =
    std::filesystem::path{user->pw_dir} / ".local" / "state" / "rookery";
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  return error ? std::string{} : (directory / "console_history").string();
}

} // namespace rookery::console
