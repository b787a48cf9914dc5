#include "apps/rookery-console/interactive.hpp"

#include "apps/rookery-console/command_line.hpp"
#include "apps/rookery-console/completion.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/help.hpp"
#include "apps/rookery-console/http_client.hpp"
#include "apps/rookery-console/line_editor.hpp"
#include "apps/rookery-console/terminal.hpp"
#include "apps/rookery-console/text.hpp"
#include "apps/rookery-console/words.hpp"

namespace rookery::console {

namespace {

using namespace std::chrono_literals;

/// The prompt: reads lines and runs them.
class conversation {
public:
  conversation(session& now, node_access where, const program_options& asked)
    : now_{now}, where_{std::move(where)}, asked_{asked} {
    choose_completer();
  }

  void greet() {
    const auto answer = now_.node().get("/api/nodes");
    if (!answer) {
      now_.fail(answer.problem);
      return;
    }
    now_.names().learn(answer.body);
    for (const auto& node : rows_of(answer.body, "nodes"))
      if (is_true(node, "self"))
        now_.out().line(
          {text_of(node, "name") + ", version " + text_of(node, "version")
             + "; nodes: "
             + std::to_string(rows_of(answer.body, "nodes").size())
             + "; help lists commands",
           look::dim});
  }

  void talk() {
    line_editor editor{
      asked_.history_file.empty() ? usual_history_file() : asked_.history_file,
      [this](std::string_view line) { return completions(line, *quick_); }};
    while (const auto line = editor.read(where_.address() + "> ")) {
      const auto words = split_words(*line);
      if (!words)
        now_.misused("a quote is not closed");
      else if (!words->empty() && !obey(*words))
        return;
    }
  }

private:
  // Give up soon: an operator who presses Tab should not wait for a node.
  void choose_completer() {
    quick_ = make_http_client(where_, {.connect = 300ms, .answer = 700ms},
                              is_interrupted);
  }

  // Returns false at the end.
  bool obey(const std::vector<std::string>& words) {
    const auto& first = words.front();
    if (first == "quit" || first == "exit")
      return false;
    if (first == "clear")
      now_.out().raw("\x1b[H\x1b[2J");
    else if (first == "help" && words.size() == 1)
      now_.out().raw(help_of_all(true));
    else if (first == "connect")
      connect(words);
    else
      run(words);
    return true;
  }

  void connect(const std::vector<std::string>& words) {
    if (words.size() != 2) {
      now_.misused("usage: connect HOST:PORT");
      return;
    }
    if (const auto problem = where_.set_address(words[1]); !problem.empty()) {
      now_.misused(problem);
      return;
    }
    now_.move_to(make_http_client(where_, {}, is_interrupted));
    choose_completer();
    greet();
  }

  void run(const std::vector<std::string>& words) {
    program_options given;
    const auto wanted = read_order(words, given);
    if (const auto* end = std::get_if<early_end>(&wanted)) {
      if (end->how == status::ok)
        now_.out().raw(end->text);
      else
        now_.misused(end->text.substr(0, end->text.find_last_not_of('\n') + 1));
      return;
    }
    now_.out().set_json(asked_.json || given.json);
    std::get<order>(wanted).run(now_);
    now_.out().set_json(asked_.json);
  }

  session& now_;
  node_access where_;
  const program_options& asked_;
  std::unique_ptr<api> quick_;
};

} // namespace

status run_interactively(session& now, const node_access& where,
                         const program_options& asked) {
  conversation here{now, where, asked};
  here.greet();
  here.talk();
  return status::ok;
}

} // namespace rookery::console
