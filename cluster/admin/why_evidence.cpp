#include "cluster/admin/why_evidence.hpp"

#include "cluster/admin/admin_rows.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

constexpr std::size_t most_events = 100;

json with_place(const std::string& node, const json& row) {
  json result{{"node", node}};
  result.update(row);
  return result;
}

json with_place(const std::string& node, std::size_t loop, const json& row) {
  auto result = with_place(node, json{{"loop", loop}});
  result.update(row);
  return result;
}

/// Collects the records of the nodes, and judges whether each member got the
/// publication.
class collection {
public:
  collection(const why_query& query, const query_answers& answers)
    : query_{query}, all_{answers} {}

  why_evidence run();

private:
  void collect_bus(const std::string& node, const json& page);
  void note_time();
  void collect_loop(const std::string& node, std::size_t loop,
                    const json& page);
  void judge_member(json& member, const json& page, const json* publication);
  std::string judge_missing(const json& page) const;
  bool began_later(const json& page) const;
  bool joined_later(const json& member, const json& page) const;

  bool is_wanted(const json& row) const {
    return query_.offset == 0 || number_in(row, "offset") == query_.offset;
  }

  bool is_wanted_member(const json& member) const {
    return (query_.connection == 0
            || number_in(member, "connection") == query_.connection)
           && (query_.user.empty() || member.value("user", "") == query_.user);
  }

  /// Returns true for a wanted member's events on the channel, or on the whole
  /// connection.
  bool concerns(const json& event) const {
    const auto channel = event.value("channel", "");
    return is_wanted_member(event)
           && (channel.empty() || channel == query_.channel);
  }

  const why_query& query_;
  const query_answers& all_;
  why_evidence found_;
  /// The time at which the publication in the query was first seen.
  std::uint64_t seen_at_ = std::numeric_limits<std::uint64_t>::max();
};

/// Calls `take(node, index, page)` for each page of `name` in the ledgers that
/// is not an error.
template <class Take>
void for_each_page(const query_answers& answers, const char* name, Take take) {
  for (const auto& node : answers.nodes) {
    const auto& ledger = node.answers.at(0);
    if (ledger.contains("error"))
      continue;
    std::size_t index = 0;
    for (const auto& page : ledger.at(name)) {
      if (!page.contains("error"))
        take(node.who.id, index, page);
      ++index;
    }
  }
}

why_evidence collection::run() {
  for (const auto& node : all_.nodes)
    if (node.answers.size() > 1 && node.answers[1].contains("offset"))
      found_.top = number_in(node.answers[1], "offset");
  for_each_page(all_, "bus",
                [this](const std::string& node, std::size_t, const json& page) {
                  collect_bus(node, page);
                });
  note_time();
  for_each_page(all_, "loops",
                [this](const std::string& node, std::size_t loop,
                       const json& page) { collect_loop(node, loop, page); });
  for (auto& each : join_events(all_, 2, most_events)) {
    if (!concerns(each))
      continue;
    if (each.at("what") == "refused")
      found_.refusals.push_back(each);
    found_.events.push_back(std::move(each));
  }
  found_.losses = join_events(all_, 3, most_events);
  return std::move(found_);
}

void collection::collect_bus(const std::string& node, const json& page) {
  for (const auto& each : page.at("published"))
    if (is_wanted(each))
      found_.published.push_back(with_place(node, each));
  for (const auto& each : page.at("received"))
    if (is_wanted(each))
      found_.received.push_back(with_place(node, each));
}

void collection::note_time() {
  if (query_.offset == 0)
    return;
  for (const auto* rows : {&found_.published, &found_.received})
    for (const auto& each : *rows)
      seen_at_ = std::min(seen_at_, number_in(each, "at"));
}

void collection::collect_loop(const std::string& node, std::size_t loop,
                              const json& page) {
  const auto& handled = page.at("handled");
  if (handled.empty() && page.at("marks").empty() && page.at("members").empty())
    return;
  found_.places.push_back({node, loop, judge_missing(page)});
  const json* publication = nullptr;
  for (const auto& each : handled) {
    if (!is_wanted(each))
      continue;
    publication = &each;
    found_.handled.push_back(with_place(node, loop, each));
  }
  for (const auto& each : page.at("marks")) {
    const auto whose = number_in(each, "connection");
    if (query_.connection == 0 || whose == 0 || whose == query_.connection)
      found_.marks.push_back(with_place(node, loop, each));
  }
  if (!query_.names_members())
    return;
  for (const auto& each : page.at("members")) {
    if (!is_wanted_member(each))
      continue;
    auto row = with_place(node, loop, each);
    judge_member(row, page, publication);
    found_.members.push_back(std::move(row));
  }
}

/// Returns true if the loop had no member at the time of the publication.
/// Either its records are complete and begin with a later publication, or all
/// its members joined later.
bool collection::began_later(const json& page) const {
  const auto& handled = page.at("handled");
  if (!handled.empty())
    return number_in(handled.front(), "number") == 1
           && number_in(handled.front(), "offset") > query_.offset;
  const auto& marks = page.at("marks");
  return !marks.empty() && std::ranges::all_of(marks, [this](const json& each) {
    return each.at("what") != "joined" || number_in(each, "at") > seen_at_;
  });
}

/// Returns the verdict on a loop that has not handled the publication.
std::string collection::judge_missing(const json& page) const {
  const auto& handled = page.at("handled");
  if (query_.offset == 0)
    return found_.published.empty() && found_.received.empty()
             ? "nothing was published"
             : "nothing came since it joined";
  if (found_.top && query_.offset > *found_.top)
    return "not published";
  if (began_later(page))
    return std::string{was_not_there};
  if (!handled.empty() && query_.offset < number_in(handled.front(), "offset"))
    return std::string{does_not_remember};
  return "not received";
}

/// Returns true if, by its mark, a member joined after the publication and did
/// not recover. For loops without a record of the publication. Returns false
/// after a gap: a repair may have sent the publication to the member.
bool collection::joined_later(const json& member, const json& page) const {
  const json* joined = nullptr;
  for (const auto& mark : page.at("marks")) {
    if (mark.at("what") == "gap" && number_in(mark, "at") > seen_at_)
      return false;
    if (mark.at("what") == "joined"
        && number_in(mark, "connection") == number_in(member, "connection"))
      joined = &mark;
  }
  return joined && joined->at("detail") != "recovered"
         && number_in(*joined, "at") > seen_at_;
}

void collection::judge_member(json& member, const json& page,
                              const json* publication) {
  if (!publication) {
    member["verdict"] = joined_later(member, page) ? std::string{was_not_there}
                                                   : judge_missing(page);
    return;
  }
  const auto number = number_in(*publication, "number");
  std::string verdict =
    publication->at("how") == "repaired" ? "repaired" : "sent";
  if (number_in(member, "since") >= number)
    verdict = was_not_there;
  for (const auto& mark : page.at("marks"))
    if (number_in(mark, "connection") == number_in(member, "connection")
        && mark.at("what") == "dropped" && number_in(mark, "number") <= number)
      verdict = "dropped";
  member["verdict"] = verdict;
}

} // namespace

std::uint64_t number_in(const json& row, const char* name) {
  const auto found = row.find(name);
  return found != row.end() && found->is_number() ? found->get<std::uint64_t>()
                                                  : 0;
}

why_evidence collect_evidence(const why_query& query,
                              const query_answers& answers) {
  return collection{query, answers}.run();
}

} // namespace rookery
