#include "apps/rookery-console/command_line.hpp"
#include "apps/rookery-console/http_client.hpp"
#include "apps/rookery-console/interactive.hpp"
#include "apps/rookery-console/terminal.hpp"
#include "apps/rookery-console/text.hpp"

#include <iostream>
#include <unistd.h>

namespace {

using namespace rookery::console;

int end_with(const early_end& end) {
  (end.how == status::ok ? std::cout : std::cerr) << escaped_lines(end.text);
  return static_cast<int>(end.how);
}

status serve(const program_options& asked, const order* wanted) {
  const auto found = find_access(asked);
  if (const auto* problem = std::get_if<std::string>(&found)) {
    std::cerr << escaped(*problem) << '\n';
    return status::usage;
  }
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  screen out{std::cout,
             std::cerr,
             {.json = asked.json,
              .terminal = terminal,
              .colours = terminal && !asked.no_color}};
  catch_interrupts();
  const auto& where = std::get<node_access>(found);
  const bool asks = wanted == nullptr && isatty(STDIN_FILENO) != 0;
  session now{make_http_client(where, {}, is_interrupted), out,
              terminal_hooks(asks)};
  return wanted != nullptr ? wanted->run(now)
                           : run_interactively(now, where, asked);
}

} // namespace

int main(int argc, char** argv) {
  use_utf8();
  auto parsed = program_options::parse(argc, argv);
  if (const auto* end = std::get_if<early_end>(&parsed))
    return end_with(*end);
  auto& asked = std::get<program_options>(parsed);
  if (asked.words.empty())
    return static_cast<int>(serve(asked, nullptr));
  const auto wanted = read_order(asked.words, asked);
  if (const auto* end = std::get_if<early_end>(&wanted))
    return end_with(*end);
  return static_cast<int>(serve(asked, &std::get<order>(wanted)));
}
