#include "apps/rookery-console/terminal.hpp"

#include "apps/rookery-console/text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace rookery::console {

namespace {

volatile std::sig_atomic_t interrupts = 0;

/// Reads keys one by one and without echo while this object lives.
class key_mode {
public:
  key_mode() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0)
      return;
    auto keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    is_set_ = tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0;
  }

  key_mode(const key_mode&) = delete;
  key_mode& operator=(const key_mode&) = delete;

  ~key_mode() {
    if (is_set_)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

private:
  termios before_{};
  bool is_set_ = false;
};

bool has_pressed_q() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  std::array<char, 64> keys{};
  if (isatty(STDIN_FILENO) == 0 || poll(&input, 1, 0) <= 0)
    return false;
  const auto count = read(STDIN_FILENO, keys.data(), keys.size());
  for (ssize_t i = 0; i < count; ++i)
    if (keys[static_cast<std::size_t>(i)] == 'q')
      return true;
  return false;
}

bool confirm(const std::string& question) {
  std::cout << escaped(question) << std::flush;
  std::string answer;
  char c = 0;
  // Read byte by byte: input after the line belongs to the next reader.
  for (;;) {
    const auto count = read(STDIN_FILENO, &c, 1);
    if (count <= 0 || c == '\n')
      break;
    answer += c;
  }
  if (is_interrupted())
    std::cout << '\n';
  return answer == "y" || answer == "Y" || answer == "yes";
}

// A signal ends poll early.
bool wait(std::chrono::milliseconds time) {
  if (!is_interrupted())
    poll(nullptr, 0, static_cast<int>(time.count()));
  return !is_interrupted();
}

} // namespace

void catch_interrupts() {
  struct sigaction action {};

  action.sa_handler = [](int) { interrupts = 1; };
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

bool is_interrupted() {
  return interrupts != 0;
}

void forget_interrupts() {
  interrupts = 0;
}

operator_hooks terminal_hooks(bool asks) {
  operator_hooks result;
  if (asks)
    result.confirm = confirm;
  result.wait = wait;
  result.take_keys = [] { return std::make_shared<key_mode>(); };
  result.wants_end = [] { return is_interrupted() || has_pressed_q(); };
  return result;
}

} // namespace rookery::console
