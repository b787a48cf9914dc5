#define CAF_SUITE why_report

#include "cluster/admin/why_report.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>

using namespace rookery;

namespace {

using json = admin_json;

json loop_page(json handled, json marks = json::array(),
               json members = json::array()) {
  return {{"handled", std::move(handled)},
          {"marks", std::move(marks)},
          {"members", std::move(members)}};
}

json handled(int number, int offset, const char* how = "live",
             int dropped = 0) {
  return {{"at", 1},
          {"number", number},
          {"offset", offset},
          {"bytes", 5},
          {"how", how},
          {"members", 2},
          {"sent", 2 - dropped},
          {"dropped", dropped}};
}

json mark(const char* what, int number, int connection,
          const char* detail = "") {
  return {{"at", 1},
          {"number", number},
          {"connection", connection},
          {"what", what},
          {"detail", detail}};
}

json who(int connection, int since, const char* user = "") {
  return {{"connection", connection},
          {"user", user},
          {"since", since},
          {"queued_bytes", 0}};
}

json published(int offset, const char* verdict = "accepted") {
  return {{"at", 1}, {"offset", offset}, {"bytes", 5}, {"verdict", verdict}};
}

json received(int offset, int dropped = 0) {
  return {{"at", 1},
          {"offset", offset},
          {"bytes", 5},
          {"loops", 1},
          {"dropped", dropped}};
}

struct fixture {
  /// A node with one loop.
  void add(const char* name, json outgoing, json got, json loop,
           json events = json::array(), json losses = json::array()) {
    query_answers::node node;
    node.who = {name, name, "1"};
    json bus{{"published", std::move(outgoing)}, {"received", std::move(got)}};
    json ledger{{"bus", json::array({std::move(bus)})},
                {"loops", json::array({std::move(loop)})}};
    json page{{"events", std::move(events)}, {"last", 0}};
    json journal{{"parts", json::array({std::move(page)})}};
    json lost{{"events", std::move(losses)}, {"last", 0}};
    node.answers =
      json::array({std::move(ledger), top, std::move(journal),
                   json{{"parts", json::array({std::move(lost)})}}});
    answers.nodes.push_back(std::move(node));
  }

  json ask(why_query question) { return report_why(question, answers); }

  static bool says(const json& report, std::string_view text) {
    return std::ranges::any_of(report.at("findings"), [&](const json& each) {
      return each.get<std::string>().find(text) != std::string::npos;
    });
  }

  static std::string verdict(const json& report) {
    const auto& members = report.at("members");
    return members.size() == 1 ? members[0].at("verdict").get<std::string>()
                               : "members: " + std::to_string(members.size());
  }

  query_answers answers;
  json top{{"epoch", "e"}, {"offset", 9}};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(why_report_tests, fixture)

CAF_TEST(a publication that went the whole way is sent) {
  add("a", json::array({published(7)}), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)}), json::array(),
                json::array({who(5, 1)})));
  const auto report = ask({"c", 7, 5, ""});
  CAF_CHECK(says(report, "offset 7 was published on a: accepted"));
  CAF_CHECK(says(report, "it reached 1 of 1 nodes"));
  CAF_CHECK_EQUAL(verdict(report), "sent");
}

CAF_TEST(a node with members that got nothing is named) {
  add("a", json::array({published(7)}), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)})));
  add("b", json::array(), json::array(),
      loop_page(json::array({handled(2, 6)}), json::array(),
                json::array({who(8, 1)})));
  const auto report = ask({"c", 7, 8, ""});
  CAF_CHECK(says(report, "it reached 1 of 2 nodes"));
  CAF_CHECK(says(report, "b has members and did not get it"));
  CAF_CHECK_EQUAL(verdict(report), "not received");
}

CAF_TEST(a client that joined later was not meant) {
  add("a", json::array(), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)}), json::array(),
                json::array({who(5, 3)})));
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 5, ""})), "joined later");
}

CAF_TEST(a client dropped at the publication or before did not get it) {
  for (const int number : {2, 3}) {
    answers = {};
    add("a", json::array(), json::array({received(7)}),
        loop_page(json::array({handled(3, 7, "live", 1)}),
                  json::array({mark("dropped", number, 5, "slow_consumer")}),
                  json::array({who(5, 1)})));
    const auto report = ask({"c", 7, 5, ""});
    CAF_CHECK_EQUAL(verdict(report), "dropped");
    CAF_CHECK(says(report, "5@a was cut: its queue was full (slow_consumer)"));
  }
}

CAF_TEST(a client dropped after the publication did get it) {
  add("a", json::array(), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)}),
                json::array({mark("dropped", 4, 5)}),
                json::array({who(5, 1)})));
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 5, ""})), "sent");
}

CAF_TEST(a publication read from the history is reported as repaired) {
  add("a", json::array(), json::array(),
      loop_page(json::array({handled(3, 7, "repaired")}), json::array(),
                json::array({who(5, 1)})));
  const auto report = ask({"c", 7, 5, ""});
  CAF_CHECK_EQUAL(verdict(report), "repaired");
  CAF_CHECK(says(report, "it had not come and was read from the history"));
}

CAF_TEST(no claims are made beyond the records) {
  add("a", json::array(), json::array(),
      loop_page(json::array({handled(90, 90)}), json::array(),
                json::array({who(5, 1)})));
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 5, ""})), "unknown");
  add("b", json::array(), json::array({received(7)}),
      loop_page(json::array({handled(90, 90)})));
  const auto report = ask({"c", 7, 0, ""});
  CAF_CHECK(says(report, "forgotten it, so much came since: 2"));
  CAF_CHECK(!says(report, "has not handed it"));
}

CAF_TEST(later clients are known even if the publication is forgotten) {
  auto before = mark("joined", 30, 5);
  auto after = mark("joined", 40, 6);
  auto recovered = mark("joined", 40, 7, "recovered");
  after["at"] = 2;
  recovered["at"] = 2;
  add("a", json::array({published(7)}), json::array({received(7)}),
      loop_page(json::array({handled(90, 90)}),
                json::array({before, after, recovered}),
                json::array({who(5, 30), who(6, 40), who(7, 35)})));
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 5, ""})), "unknown");
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 6, ""})), "joined later");
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 7, ""})), "unknown");
}

CAF_TEST(clients that joined later may have got repaired publications) {
  auto joined = mark("joined", 40, 6);
  auto gap = mark("gap", 41, 0);
  joined["at"] = 2;
  gap["at"] = 3;
  add("a", json::array({published(7)}), json::array(),
      loop_page(json::array({handled(90, 90)}), json::array({joined, gap}),
                json::array({who(6, 40)})));
  CAF_CHECK_EQUAL(verdict(ask({"c", 7, 6, ""})), "unknown");
}

CAF_TEST(a loop whose members all came later is not blamed) {
  add("a", json::array({published(7)}), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)})));
  add("b", json::array(), json::array(),
      loop_page(json::array({handled(1, 8)}), json::array(),
                json::array({who(5, 0)})));
  auto idle = mark("joined", 0, 6);
  idle["at"] = 2;
  add("c", json::array(), json::array(),
      loop_page(json::array(), json::array({idle}), json::array({who(6, 0)})));
  const auto report = ask({"c", 7, 0, ""});
  CAF_CHECK(says(report, "it reached 1 of 1 nodes with members then"));
  CAF_CHECK(!says(report, "did not get it"));
  CAF_CHECK(says(report, "2 members: joined later"));
}

CAF_TEST(an offset that the history has not reached does not exist) {
  add("a", json::array(), json::array(),
      loop_page(json::array({handled(9, 9)})));
  const auto report = ask({"c", 12, 0, ""});
  CAF_CHECK(says(report, "offset 12 does not exist: the history stands at 9"));
  CAF_CHECK_EQUAL(report.at("findings").size(), 1u);
}

CAF_TEST(a connection that has left is told with its reason) {
  add("a", json::array(), json::array({received(7)}),
      loop_page(json::array({handled(3, 7)}),
                json::array({mark("left", 2, 5, "ping_timeout")})));
  CAF_CHECK(says(ask({"c", 7, 5, ""}), "5@a is no member any more: it left "
                                       "behind number 2, ping_timeout"));
}

CAF_TEST(a refusal is the reason why somebody is no member) {
  add("a", json::array(), json::array(),
      loop_page(json::array({handled(3, 7)})),
      json::array({json{{"at", 1},
                        {"what", "refused"},
                        {"connection", 5},
                        {"user", "ann"},
                        {"channel", "c"},
                        {"code", 109},
                        {"reason", "token expired"}}}));
  const auto report = ask({"c", 0, 0, "ann"});
  CAF_CHECK(says(report, "user ann has no member on this channel"));
  CAF_CHECK(says(report, "5@a, user ann, was refused: 109 token expired"));
  CAF_CHECK_EQUAL(report.at("refusals").size(), 1u);
  CAF_CHECK(ask({"c", 0, 0, "bob"}).at("refusals").empty());
  CAF_CHECK(ask({"other", 0, 0, "ann"}).at("refusals").empty());
}

CAF_TEST(the end of a connection is known even if its channel is empty) {
  add("a", json::array(), json::array(), loop_page(json::array()),
      json::array({json{{"at", 2},
                        {"what", "closed"},
                        {"connection", 5},
                        {"user", ""},
                        {"channel", ""},
                        {"code", 1013},
                        {"reason", "slow_consumer"}}}));
  const auto report = ask({"c", 0, 5, ""});
  CAF_CHECK(says(report, "connection 5 is no member of this channel"));
  CAF_CHECK(says(report, "5@a was closed: 1013 slow_consumer"));
  CAF_CHECK(report.at("refusals").empty());
  CAF_CHECK_EQUAL(report.at("events").size(), 1u);
}

CAF_TEST(a loss is told although the channel has ended since) {
  const auto event = [](int at, const char* what, int code) {
    return json{{"at", at},       {"what", what},   {"connection", 5},
                {"user", "ann"},  {"channel", "c"}, {"code", code},
                {"reason", "why"}};
  };
  const json lost{{"at", 2},           {"what", "lost"}, {"connection", 0},
                  {"user", ""},        {"channel", "c"}, {"reason", "trimmed"},
                  {"publications", 15}};
  add("a", json::array({published(20)}), json::array({received(20)}),
      loop_page(json::array(), json::array(), json::array({who(5, 0, "ann")})),
      json::array({event(1, "unsubscribed", 2500), event(3, "subscribed", 0)}),
      json::array({lost}));
  const auto report = ask({"c", 0, 0, "ann"});
  CAF_CHECK(says(report, "on a 15 publications were lost: trimmed; members "
                         "were told"));
  CAF_CHECK(says(report, "5@a, user ann, was unsubscribed: 2500 why; it has "
                         "subscribed again"));
  CAF_CHECK_EQUAL(report.at("losses").size(), 1u);
  CAF_CHECK_EQUAL(report.at("members")[0].at("verdict"),
                  "nothing came since it joined");
}

CAF_TEST(a loop that was too far behind is told) {
  add("a", json::array(), json::array({received(7, 1)}),
      loop_page(json::array({handled(2, 6)}), json::array(),
                json::array({who(5, 1)})));
  const auto report = ask({"c", 7, 0, ""});
  CAF_CHECK(says(report, "a dropped it for 1 loops"));
  CAF_CHECK(says(report, "loop 0 of a has not handed it to its members"));
}

CAF_TEST(a silent node is not taken for one without members) {
  add("a", json::array(), json::array(), loop_page(json::array()));
  answers.silent.push_back({"b", "b", "1"});
  CAF_CHECK(says(ask({"c", 7, 0, ""}), "b did not answer"));
  CAF_CHECK(says(ask({"c", 7, 0, ""}), "no node has a member"));
}

CAF_TEST_FIXTURE_SCOPE_END()
