#include "apps/rookery-console/commands/why_report.hpp"

#include "apps/rookery-console/commands/rows.hpp"
#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/units.hpp"

#include <algorithm>

namespace rookery::console {

namespace {

using enum kind_of_column;

// One column of a section: its title, and the member of the row under it.
struct source {
  const char* title;
  const char* name;
  kind_of_column kind = text;
};

/// The bound on rows of one section; the last ones are shown.
constexpr std::size_t max_rows = 10;

look look_of(const std::string& word) {
  if (word == "dropped" || word == "lost" || word == "refused")
    return look::bad;
  return word == "gap" || word == "unknown" ? look::attention : look::plain;
}

cell value_of(session& now, const json& row, const source& from) {
  const std::string_view name = from.name;
  if (name == "at")
    return {moment(static_cast<std::int64_t>(number_of(row, "at")), now_ms()),
            look::dim};
  if (name == "node")
    return now.node_of(row);
  if (name == "connection")
    return number_of(row, "connection") == 0 ? "" : now.actor_of(row);
  if (name == "bytes" || name == "queued_bytes")
    return shown(row, from.name, bytes);
  const auto word = text_of(row, from.name);
  if (name == "dropped" && number_of(row, "dropped") > 0)
    return {word, look::bad};
  return {word, from.kind == text ? look_of(word) : look::plain};
}

void section(session& now, const json& rows, const char* title,
             const std::vector<source>& sources) {
  if (rows.empty())
    return;
  std::vector<column> columns;
  for (const auto& from : sources)
    columns.push_back({from.title, from.kind});
  table result{columns};
  const auto skipped = rows.size() - std::min(rows.size(), max_rows);
  for (std::size_t i = skipped; i < rows.size(); ++i) {
    const auto& row = rows[i];
    std::vector<cell> cells;
    for (const auto& from : sources)
      cells.push_back(value_of(now, row, from));
    result.add(std::move(cells));
  }
  now.out().title(title);
  now.out().print(result);
  if (skipped > 0)
    now.out().line(
      {"and " + std::to_string(skipped) + " earlier; --json shows all",
       look::dim});
}

} // namespace

void print_why(session& now, const json& body) {
  for (const auto& finding : rows_of(body, "findings"))
    now.out().line("- " + plain_text(finding));
  if (rows_of(body, "findings").empty())
    now.out().line({"no record of it is left", look::dim});
  section(now, rows_of(body, "published"), "Published",
          {{"TIME", "at"},
           {"NODE", "node"},
           {"OFFSET", "offset", number},
           {"BYTES", "bytes", number},
           {"VERDICT", "verdict"}});
  section(now, rows_of(body, "received"), "Received by nodes",
          {{"TIME", "at"},
           {"NODE", "node"},
           {"OFFSET", "offset", number},
           {"BYTES", "bytes", number},
           {"LOOPS", "loops", number},
           {"DROPPED", "dropped", number}});
  section(now, rows_of(body, "handled"), "Handed to members",
          {{"TIME", "at"},
           {"NODE", "node"},
           {"LOOP", "loop", number},
           {"NUMBER", "number", number},
           {"OFFSET", "offset", number},
           {"BYTES", "bytes", number},
           {"HOW", "how"},
           {"MEMBERS", "members", number},
           {"SENT", "sent", number},
           {"DROPPED", "dropped", number}});
  section(now, rows_of(body, "marks"), "Events of members meanwhile",
          {{"TIME", "at"},
           {"CONNECTION", "connection"},
           {"WHAT", "what"},
           {"DETAIL", "detail", wide},
           {"NUMBER", "number", number},
           {"NODE", "node"},
           {"LOOP", "loop", number}});
  section(now, rows_of(body, "members"), "Members",
          {{"CONNECTION", "connection"},
           {"USER", "user", wide},
           {"VERDICT", "verdict"},
           {"SINCE", "since", number},
           {"QUEUED", "queued_bytes", number}});
  if (const auto& refusals = rows_of(body, "refusals"); !refusals.empty()) {
    now.out().title("Refused");
    print_events(now, refusals);
  }
}

} // namespace rookery::console
