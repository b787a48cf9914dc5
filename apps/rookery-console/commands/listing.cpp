#include "apps/rookery-console/commands/listing.hpp"

#include "apps/rookery-console/fields.hpp"
#include "apps/rookery-console/words.hpp"

namespace rookery::console {

std::vector<parameter> listing_parameters(std::vector<parameter> own) {
  own.push_back({.name = "--node",
                 .value = "NODE",
                 .help = "Only of this node (id or name)"});
  own.push_back({.name = "--limit",
                 .value = "N",
                 .help = "Rows per page, 1 to 1000 (100)"});
  own.push_back({.name = "--after",
                 .value = "TEXT",
                 .help = "Start after this row; each page ends with it"});
  own.push_back({.name = "--all", .help = "All pages, up to 100,000 rows"});
  return own;
}

void add_given(target& what, const arguments& given,
               std::initializer_list<std::string_view> options) {
  for (const auto option : options)
    what.maybe(option.substr(2), given.get(option));
}

status list(session& now, const arguments& given, target what, const char* name,
            void (*draw)(session&, const json& rows)) {
  add_given(what, given, {"--node", "--after"});
  const bool all = given.has("--all");
  const auto limit = given.get("--limit");
  what.maybe("limit",
             all && !limit ? std::optional<std::string>{"1000"} : limit);
  const auto answer =
    all ? now.ask_all(what.text(), name) : now.ask(what.text());
  return now.show(answer, [&](const json& body) {
    const auto& rows = rows_of(body, name);
    if (rows.empty())
      now.out().line({"none", look::dim});
    else
      draw(now, rows);
    if (const auto next = text_of(body, "next"); !next.empty())
      now.out().line({"more: --after " + quoted_word(next), look::dim});
  });
}

} // namespace rookery::console
