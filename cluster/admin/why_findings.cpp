#include "cluster/admin/why_findings.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

/// Describes the evidence in sentences.
class findings {
public:
  findings(const why_query& query, const query_answers& answers,
           const why_evidence& found)
    : query_{query}, answers_{answers}, found_{found} {}

  std::vector<std::string> write() {
    find_silences();
    if (found_.top && query_.offset > *found_.top) {
      find("offset " + std::to_string(query_.offset)
           + " does not exist: the history stands at "
           + std::to_string(*found_.top));
      return std::move(sentences_);
    }
    find_publication();
    find_reception();
    find_handling();
    find_members();
    find_losses();
    find_events();
    return std::move(sentences_);
  }

private:
  void find(std::string what) { sentences_.push_back(std::move(what)); }

  void find_silences();
  void find_publication();
  void find_reception();
  void find_handling();
  void find_members();
  void find_losses();
  bool has_loss_of(const json& mark) const;
  void find_events();
  std::string name_of(const json& row) const;
  std::string place_of(const json& row) const;

  const why_query& query_;
  const query_answers& answers_;
  const why_evidence& found_;
  std::vector<std::string> sentences_;
};

std::string findings::name_of(const json& row) const {
  const std::string id = row.at("node");
  for (const auto& each : answers_.nodes)
    if (each.who.id == id)
      return each.who.name;
  return id;
}

std::string findings::place_of(const json& row) const {
  return std::to_string(number_in(row, "connection")) + "@" + name_of(row);
}

void findings::find_silences() {
  for (const auto& each : answers_.silent)
    find(each.name + " did not answer: what it did is not known");
}

void findings::find_publication() {
  const auto label = query_.offset == 0
                       ? std::string{"the latest publication"}
                       : "offset " + std::to_string(query_.offset);
  if (found_.published.empty()) {
    if (query_.offset != 0
        && (!found_.received.empty() || !found_.handled.empty()))
      find(label
           + " was not published by a node within what they remember: "
             "it came from elsewhere, or long ago");
    else if (query_.offset != 0)
      find("no node remembers " + label);
    else if (found_.received.empty() && found_.handled.empty())
      find("nothing was published on this channel within what is remembered");
    return;
  }
  const auto& last = found_.published.back();
  const std::string verdict = last.at("verdict");
  auto cause = last.value("problem", "");
  if (last.contains("error"))
    cause += ": " + last.at("error").get<std::string>();
  find(label + " was published on " + name_of(last) + ": " + verdict
       + (cause.empty() ? "" : " (" + cause + ")"));
}

void findings::find_reception() {
  if (found_.places.empty()) {
    find("no node has a member on this channel");
    return;
  }
  if (query_.offset == 0)
    return;
  std::map<std::string, bool> nodes; // those with members; true if it got there
  for (const auto& each : found_.places)
    if (each.missing != was_not_there)
      nodes.emplace(each.node, false);
  for (const auto* rows : {&found_.received, &found_.handled})
    for (const auto& each : *rows)
      if (const auto found = nodes.find(each.at("node")); found != nodes.end())
        found->second = true;
  const auto reached = std::ranges::count(
    nodes, true, [](const auto& each) { return each.second; });
  find("it reached " + std::to_string(reached) + " of "
       + std::to_string(nodes.size()) + " nodes with members then");
  for (const auto& [node, has_it] : nodes)
    if (!has_it)
      find(name_of({{"node", node}})
           + " has members and did not get it: look at its bridge");
  for (const auto& each : found_.received)
    if (number_in(each, "dropped") > 0)
      find(name_of(each) + " dropped it for "
           + std::to_string(number_in(each, "dropped"))
           + " loops that were too far behind");
}

void findings::find_handling() {
  if (query_.offset == 0)
    return;
  for (const auto& each : found_.handled)
    if (each.at("how") == "repaired")
      find("on " + name_of(each)
           + " it had not come and was read from the history");
  if (found_.received.empty())
    return;
  std::size_t forgetful = 0;
  for (const auto& [node, loop, missing] : found_.places) {
    const auto is_here = [&node = node, loop = loop](const json& each) {
      return each.at("node") == node && number_in(each, "loop") == loop;
    };
    if (missing == was_not_there
        || std::ranges::any_of(found_.handled, is_here))
      continue;
    if (missing == does_not_remember)
      ++forgetful;
    else
      find("loop " + std::to_string(loop) + " of " + name_of({{"node", node}})
           + " has not handed it to its members");
  }
  if (forgetful > 0)
    find("loops that have forgotten it, so much came since: "
         + std::to_string(forgetful));
}

void findings::find_members() {
  std::map<std::string, std::size_t> verdicts;
  for (const auto& each : found_.members)
    ++verdicts[each.at("verdict").get<std::string>()];
  if (query_.connection != 0 && found_.members.empty()) {
    const auto left = std::ranges::find_if(found_.marks, [](const json& each) {
      return each.at("what") == "left" && number_in(each, "connection") != 0;
    });
    if (left != found_.marks.end())
      find(place_of(*left) + " is no member any more: it left behind number "
           + std::to_string(number_in(*left, "number")) + ", "
           + left->value("detail", "unknown why"));
    else
      find("connection " + std::to_string(query_.connection)
           + " is no member of this channel");
  } else if (!query_.user.empty() && found_.members.empty()) {
    find("user " + query_.user + " has no member on this channel");
  }
  for (const auto& [verdict, count] : verdicts)
    find(std::to_string(count) + (count == 1 ? " member: " : " members: ")
         + verdict);
  std::size_t named = 0;
  for (const auto& each : found_.marks)
    if (each.at("what") == "dropped" && named++ < 10)
      find(place_of(each) + " was cut: its queue was full ("
           + each.value("detail", "") + ")");
  for (const auto& each : found_.members)
    if (number_in(each, "queued_bytes") > 0 && named++ < 20)
      find(place_of(each) + " has "
           + std::to_string(number_in(each, "queued_bytes"))
           + " bytes waiting that its client has not taken");
}

void findings::find_losses() {
  for (const auto& each : found_.losses) {
    const auto count = number_in(each, "publications");
    find("on " + name_of(each) + " "
         + (count == 0 ? "publications" : std::to_string(count))
         + (count == 0   ? ""
            : count == 1 ? " publication"
                         : " publications")
         + (count == 1 ? " was lost: " : " were lost: ")
         + each.value("reason", "") + "; members were told");
  }
  for (const auto& each : found_.marks) {
    if (each.at("what") == "lost" && !has_loss_of(each))
      find("on " + name_of(each) + " publications were lost behind number "
           + std::to_string(number_in(each, "number")) + ": "
           + each.value("detail", "") + "; members were told");
    else if (each.at("what") == "gap")
      find("on " + name_of(each) + " publications may be missing behind number "
           + std::to_string(number_in(each, "number")) + ": "
           + each.value("detail", ""));
  }
}

/// Returns true if the journal still has what the mark says.
bool findings::has_loss_of(const json& mark) const {
  return std::ranges::any_of(found_.losses, [&](const json& each) {
    return each.at("node") == mark.at("node");
  });
}

/// Returns true if the client was not asked before: the node has ended its
/// subscription or its connection, or has refused it.
bool is_end(const json& event) {
  const std::string what = event.at("what");
  return what == "refused" || what == "dropped" || what == "closed"
         || (what == "unsubscribed" && number_in(event, "code") != 0);
}

void findings::find_events() {
  std::size_t named = 0;
  std::set<std::string> back; // connections that have subscribed since
  for (const auto& each : found_.events) {
    if (each.at("what") == "subscribed")
      back.insert(place_of(each));
    if (!is_end(each) || named++ == 5)
      continue;
    const auto user = each.value("user", "");
    auto how = each.value("reason", "");
    if (const auto code = number_in(each, "code"); code != 0)
      how = std::to_string(code) + " " + how;
    const std::string what = each.at("what");
    const auto is_back =
      what == "unsubscribed" && back.contains(place_of(each));
    find(place_of(each) + (user.empty() ? "" : ", user " + user + ",") + " was "
         + what + ": " + how + (is_back ? "; it has subscribed again" : ""));
  }
}

} // namespace

std::vector<std::string> findings_of(const why_query& query,
                                     const query_answers& answers,
                                     const why_evidence& evidence) {
  return findings{query, answers, evidence}.write();
}

} // namespace rookery
