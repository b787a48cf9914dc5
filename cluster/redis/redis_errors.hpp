#pragma once

#include "cluster/redis/log_pace.hpp"
#include "cluster/redis/redis_error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The errors that Redis has answered on one link, by their word. Loop thread
/// only.
class redis_errors {
public:
  using clock = log_pace::clock;

  struct entry {
    std::string word;
    std::uint64_t count = 0;
    std::string last_text;
    clock::time_point last_at;
  };

  /// `link` is shown in the log.
  explicit redis_errors(std::string_view link) : link_{link} {}

  /// Counts an error. Logs it, with the number of such errors since the last
  /// line, at most once per word in `log_pace::interval`. `subject` says what
  /// was refused, e.g. the name of a channel. Returns true if it was logged.
  bool note(const redis_error& what, std::string_view subject = {},
            clock::time_point now = clock::now());

  /// Returns all errors so far, in the order in which they appeared first.
  const std::vector<entry>& list() const noexcept { return entries_; }

private:
  /// Maximum number of words that are counted apart; more are counted as
  /// "other".
  static constexpr std::size_t max_words = 32;

  entry& entry_of(std::string_view word);

  const std::string link_;
  std::vector<entry> entries_;
  log_pace pace_;
};

/// Returns the errors as one line for people: "NOPERM 3 (<last text>); …".
std::string to_text(const redis_errors& errors);

} // namespace rookery
