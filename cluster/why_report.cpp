#include "cluster/why_report.hpp"

#include "cluster/admin_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace rookery {

namespace {

using json = admin_json;

std::uint64_t number_in(const json& row, const char* name) {
  const auto found = row.find(name);
  return found != row.end() && found->is_number() ? found->get<std::uint64_t>()
                                                  : 0;
}

/// Collects what the nodes remember, and judges it.
class why_report {
public:
  why_report(const why_question& question, const nodes_said& said)
    : question_{question}, said_{said} {}

  json write();

private:
  void collect(const nodes_said::node& node);
  void collect_bus(const std::string& node, const json& page);
  void collect_loop(const nodes_said::node& node, std::size_t loop,
                    const json& page);
  void judge_member(const nodes_said::node& node, std::size_t loop,
                    const json& member, const json& page,
                    const json* publication);
  std::string judge_missing(const json& page) const;

  bool is_wanted(const json& row) const {
    return question_.offset == 0
           || number_in(row, "offset") == question_.offset;
  }

  bool is_wanted_member(const json& member) const {
    return (question_.connection == 0
            || number_in(member, "connection") == question_.connection)
           && (question_.user.empty()
               || member.value("user", "") == question_.user);
  }

  /// An event of the channel, or of the whole connection.
  bool concerns(const json& event) const {
    const auto channel = event.value("channel", "");
    return is_wanted_member(event)
           && (channel.empty() || channel == question_.channel);
  }

  void find(std::string what) { findings_.push_back(std::move(what)); }

  void find_publication();
  void find_reception();
  void find_handling();
  void find_members();
  void find_losses();
  void find_events();
  void find_silences();

  std::string name_of(const json& row) const;
  std::string place_of(const json& row) const;

  const why_question& question_;
  const nodes_said& said_;
  json findings_ = json::array();
  json published_ = json::array();
  json received_ = json::array();
  json handled_ = json::array();
  json marks_ = json::array();
  json members_ = json::array();
  json refusals_ = json::array();
  json events_ = json::array();

  /// A loop that has members or had some lately.
  struct place {
    std::string node;
    std::size_t loop;
    bool reaches_back; // to the offset that is asked for
  };

  std::vector<place> places_;
};

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

bool has_parts(const json& page, const char* name) {
  return page.contains(name) && !page.at(name).empty();
}

json why_report::write() {
  for (const auto& node : said_.nodes)
    collect(node);
  for (auto& each : join_events(said_, 2, 100)) {
    if (!concerns(each))
      continue;
    if (each.at("what") == "refused")
      refusals_.push_back(each);
    events_.push_back(std::move(each));
  }
  find_silences();
  find_publication();
  find_reception();
  find_handling();
  find_members();
  find_losses();
  find_events();
  return {{"channel", question_.channel},
          {"offset", question_.offset == 0 ? json() : json(question_.offset)},
          {"findings", std::move(findings_)},
          {"published", std::move(published_)},
          {"received", std::move(received_)},
          {"handled", std::move(handled_)},
          {"marks", std::move(marks_)},
          {"members", std::move(members_)},
          {"refusals", std::move(refusals_)},
          {"events", std::move(events_)}};
}

void why_report::collect(const nodes_said::node& node) {
  const auto& ledger = node.answers.at(0);
  if (ledger.contains("error"))
    return;
  for (const auto& page : ledger.at("bus"))
    collect_bus(node.who.id, page);
  std::size_t loop = 0;
  for (const auto& page : ledger.at("loops"))
    collect_loop(node, loop++, page);
}

void why_report::collect_bus(const std::string& node, const json& page) {
  if (page.contains("error"))
    return;
  for (const auto& each : page.at("published"))
    if (is_wanted(each))
      published_.push_back(with_place(node, each));
  for (const auto& each : page.at("received"))
    if (is_wanted(each))
      received_.push_back(with_place(node, each));
}

void why_report::collect_loop(const nodes_said::node& node, std::size_t loop,
                              const json& page) {
  if (page.contains("error")
      || !(has_parts(page, "handled") || has_parts(page, "marks")
           || has_parts(page, "members")))
    return;
  places_.push_back({node.who.id, loop, judge_missing(page) != "unknown"});
  const json* publication = nullptr;
  for (const auto& each : page.at("handled")) {
    if (!is_wanted(each))
      continue;
    publication = &each;
    handled_.push_back(with_place(node.who.id, loop, each));
  }
  for (const auto& each : page.at("marks")) {
    const auto whose = number_in(each, "connection");
    if (question_.connection == 0 || whose == 0
        || whose == question_.connection)
      marks_.push_back(with_place(node.who.id, loop, each));
  }
  if (!question_.names_members())
    return;
  for (const auto& each : page.at("members"))
    if (is_wanted_member(each))
      judge_member(node, loop, each, page, publication);
}

/// What a loop that has not handled the publication knows of it.
std::string why_report::judge_missing(const json& page) const {
  const auto& handled = page.at("handled");
  if (question_.offset == 0)
    return "nothing was published";
  if (handled.empty()
      || question_.offset < number_in(handled.front(), "offset"))
    return "unknown";
  return "not received";
}

void why_report::judge_member(const nodes_said::node& node, std::size_t loop,
                              const json& member, const json& page,
                              const json* publication) {
  auto row = with_place(node.who.id, loop, member);
  if (!publication) {
    row["verdict"] = judge_missing(page);
    members_.push_back(std::move(row));
    return;
  }
  const auto number = number_in(*publication, "number");
  const auto id = number_in(member, "connection");
  std::string verdict =
    publication->at("how") == "repaired" ? "repaired" : "sent";
  if (number_in(member, "since") >= number)
    verdict = "joined later";
  for (const auto& mark : page.at("marks"))
    if (number_in(mark, "connection") == id && mark.at("what") == "dropped"
        && number_in(mark, "number") <= number)
      verdict = "dropped";
  row["verdict"] = verdict;
  members_.push_back(std::move(row));
}

std::string why_report::name_of(const json& row) const {
  const std::string id = row.at("node");
  for (const auto& each : said_.nodes)
    if (each.who.id == id)
      return each.who.name;
  return id;
}

std::string why_report::place_of(const json& row) const {
  return std::to_string(number_in(row, "connection")) + "@" + name_of(row);
}

void why_report::find_silences() {
  for (const auto& each : said_.silent)
    find(each.name + " did not answer: what it did is not known");
}

void why_report::find_publication() {
  const auto label = question_.offset == 0
                       ? std::string{"the latest publication"}
                       : "offset " + std::to_string(question_.offset);
  json top;
  for (const auto& node : said_.nodes)
    if (node.answers.size() > 1 && node.answers[1].contains("offset"))
      top = node.answers[1];
  if (!top.is_null() && question_.offset > number_in(top, "offset"))
    find(label + " does not exist: the history stands at "
         + std::to_string(number_in(top, "offset")));
  if (published_.empty()) {
    if (question_.offset != 0 && (!received_.empty() || !handled_.empty()))
      find(label
           + " was not published by a node within what they remember: "
             "it came from elsewhere, or long ago");
    else if (question_.offset != 0)
      find("no node remembers " + label);
    else if (received_.empty() && handled_.empty())
      find("nothing was published on this channel within what is remembered");
    return;
  }
  const auto& last = published_.back();
  const std::string verdict = last.at("verdict");
  find(label + " was published on " + name_of(last) + ": " + verdict
       + (last.contains("problem")
            ? " (" + last.at("problem").get<std::string>() + ")"
            : ""));
}

void why_report::find_reception() {
  std::map<std::string, bool> nodes; // with members, and whether it got there
  for (const auto& each : places_)
    nodes.emplace(each.node, false);
  if (nodes.empty()) {
    find("no node has a member on this channel");
    return;
  }
  if (question_.offset == 0)
    return;
  for (const auto* rows : {&received_, &handled_})
    for (const auto& each : *rows)
      if (const auto found = nodes.find(each.at("node")); found != nodes.end())
        found->second = true;
  const auto reached = std::ranges::count(
    nodes, true, [](const auto& each) { return each.second; });
  find("it reached " + std::to_string(reached) + " of "
       + std::to_string(nodes.size()) + " nodes with members");
  for (const auto& [node, has_it] : nodes)
    if (!has_it)
      find(name_of({{"node", node}})
           + " has members and did not get it: look at its bridge");
  for (const auto& each : received_)
    if (number_in(each, "dropped") > 0)
      find(name_of(each) + " dropped it for "
           + std::to_string(number_in(each, "dropped"))
           + " loops that were too far behind");
}

void why_report::find_handling() {
  if (question_.offset == 0)
    return;
  for (const auto& each : handled_)
    if (each.at("how") == "repaired")
      find("on " + name_of(each)
           + " it had not come and was read from the history");
  if (received_.empty())
    return;
  std::size_t forgetful = 0;
  for (const auto& [node, loop, reaches_back] : places_) {
    const auto is_here = [&](const json& each) {
      return each.at("node") == node && number_in(each, "loop") == loop;
    };
    if (std::ranges::any_of(handled_, is_here))
      continue;
    if (!reaches_back)
      ++forgetful;
    else
      find("loop " + std::to_string(loop) + " of " + name_of({{"node", node}})
           + " has not handed it to its members");
  }
  if (forgetful > 0)
    find(std::to_string(forgetful)
         + " loops handed on so much since then that they have forgotten it");
}

void why_report::find_members() {
  std::map<std::string, std::size_t> verdicts;
  for (const auto& each : members_)
    ++verdicts[each.at("verdict").get<std::string>()];
  if (question_.connection != 0 && members_.empty()) {
    const auto left = std::ranges::find_if(marks_, [](const json& each) {
      return each.at("what") == "left" && number_in(each, "connection") != 0;
    });
    if (left != marks_.end())
      find(place_of(*left) + " is no member any more: it left behind number "
           + std::to_string(number_in(*left, "number")) + ", "
           + left->value("detail", "unknown why"));
    else
      find("connection " + std::to_string(question_.connection)
           + " is no member of this channel");
  } else if (!question_.user.empty() && members_.empty()) {
    find("user " + question_.user + " has no member on this channel");
  }
  for (const auto& [verdict, count] : verdicts)
    find(std::to_string(count) + (count == 1 ? " member: " : " members: ")
         + verdict);
  std::size_t named = 0;
  for (const auto& each : marks_)
    if (each.at("what") == "dropped" && named++ < 10)
      find(place_of(each) + " was cut: its queue was full ("
           + each.value("detail", "") + ")");
  for (const auto& each : members_)
    if (number_in(each, "queued_bytes") > 0 && named++ < 20)
      find(place_of(each) + " has "
           + std::to_string(number_in(each, "queued_bytes"))
           + " bytes waiting that its client has not taken");
}

void why_report::find_losses() {
  for (const auto& each : marks_) {
    if (each.at("what") == "lost")
      find("on " + name_of(each) + " publications were lost behind number "
           + std::to_string(number_in(each, "number")) + ": "
           + each.value("detail", "") + "; members were told");
    else if (each.at("what") == "gap")
      find("on " + name_of(each) + " publications may be missing behind number "
           + std::to_string(number_in(each, "number")) + ": "
           + each.value("detail", ""));
  }
}

void why_report::find_events() {
  std::size_t named = 0;
  for (const auto& each : events_) {
    const std::string what = each.at("what");
    if ((what != "refused" && what != "dropped" && what != "closed")
        || named++ == 5)
      continue;
    const auto user = each.value("user", "");
    auto how = each.value("reason", "");
    if (const auto code = number_in(each, "code"); code != 0)
      how = std::to_string(code) + " " + how;
    find(place_of(each) + (user.empty() ? "" : ", user " + user + ",") + " was "
         + what + ": " + how);
  }
}

} // namespace

json report_why(const why_question& question, const nodes_said& said) {
  return why_report{question, said}.write();
}

} // namespace rookery
