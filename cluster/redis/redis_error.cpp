#include "cluster/redis/redis_error.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

/// Maximum length of an error's name, and of the text that is kept.
constexpr std::size_t longest_word = 32;
constexpr std::size_t longest_text = 200;

/// Redis 6.2 puts the error of a script's command behind the script's name, and
/// one that the script has caught behind the place alone.
constexpr std::string_view script_error = "ERR Error running script";
constexpr std::string_view script_place = "@user_script: ";

/// Redis 6.2 and 7.0 say in scripts by this text only that a right is missing.
constexpr std::string_view script_denial =
  "ERR The user executing the script can't";

/// Later ones put this before the text of the refusal.
constexpr std::string_view script_refusal = "ERR ACL failure in script: ";

/// The beginnings of what repeats arguments or names a script's text.
constexpr std::array<std::string_view, 2> repetitions{
  ", with args beginning with", " script: "};

std::string_view without_script(std::string_view line) {
  if (!line.starts_with(script_error) && !line.starts_with(script_place))
    return line;
  const auto place = line.rfind(script_place);
  if (place == line.npos)
    return line;
  const auto begin = line.find(": ", place + script_place.size());
  if (begin == line.npos)
    return line;
  line.remove_prefix(begin + 2);
  if (line.starts_with('-'))
    line.remove_prefix(1);
  return line;
}

std::string_view word_of(std::string_view line) {
  if (line.starts_with(script_denial)
      || script_denial.substr(4) == line.substr(0, script_denial.size() - 4))
    return "NOPERM";
  const auto word = line.substr(0, line.find(' '));
  const auto is_name =
    !word.empty() && word.size() <= longest_word
    && std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_name ? word : std::string_view{"error"};
}

} // namespace

bool redis_error::ends_link() const noexcept {
  return is_of_replica() || word == "LOADING" || word == "NOAUTH";
}

bool redis_error::is_of_replica() const noexcept {
  return word == "READONLY" || word == "MASTERDOWN";
}

bool redis_error::denies_command() const noexcept {
  return word == "NOPERM" || text.starts_with("ERR unknown command")
         || text.starts_with("ERR Unknown subcommand")
         || text.starts_with("ERR unknown subcommand");
}

redis_error read_redis_error(std::string_view line) {
  line = without_script(line.substr(0, line.find_first_of("\r\n")));
  const auto is_refusal = line.starts_with(script_refusal);
  if (is_refusal)
    line.remove_prefix(script_refusal.size());
  auto shown = line;
  for (const auto& each : repetitions)
    shown = shown.substr(0, shown.find(each));
  redis_error result{std::string{is_refusal ? "NOPERM" : word_of(line)},
                     std::string{shown.substr(0, longest_text)}};
  if (is_refusal)
    result.text.insert(0, "NOPERM ");
  std::ranges::replace_if(
    result.text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return result;
}

redis_error read_secret_error(std::string_view line) {
  auto result = read_redis_error(line);
  result.text = result.word;
  return result;
}

} // namespace rookery
