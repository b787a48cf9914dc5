#define CAF_SUITE console_requests

#include "fake_api.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

CAF_TEST_FIXTURE_SCOPE(console_request_tests, stage)

CAF_TEST(questions without options) {
  CAF_CHECK_EQUAL(request({"nodes"}), "GET /api/nodes");
  CAF_CHECK_EQUAL(request({"actors"}), "GET /api/actors");
  CAF_CHECK_EQUAL(request({"connections"}), "GET /api/connections");
  CAF_CHECK_EQUAL(request({"channels"}), "GET /api/channels");
  CAF_CHECK_EQUAL(request({"events"}), "GET /api/events");
  CAF_CHECK_EQUAL(request({"refusals"}), "GET /api/events?what=refused");
  CAF_CHECK_EQUAL(request({"bridge"}), "GET /api/bridge");
  CAF_CHECK_EQUAL(request({"top", "--once"}), "GET /api/top");
  CAF_CHECK_EQUAL(request({"gaps"}), "GET /api/gaps");
}

CAF_TEST(options become a query) {
  CAF_CHECK_EQUAL(request({"actors", "--kind", "channel", "--sort", "mailbox",
                           "--node", "a:8080", "--limit", "5"}),
                  "GET /api/actors?kind=channel&sort=mailbox&node=a%3A8080"
                  "&limit=5");
  CAF_CHECK_EQUAL(
    request({"connections", "--user", "ann b", "--channel", "a&b", "--protocol",
             "sse", "--slow", "--sort", "bytes", "--after", "17"}),
    "GET /api/connections?user=ann%20b&channel=a%26b"
    "&protocol=sse&sort=bytes&slow=1&after=17");
  CAF_CHECK_EQUAL(request({"channels", "--prefix", "ne/ws", "--sort", "rate"}),
                  "GET /api/channels?prefix=ne%2Fws&sort=rate");
  CAF_CHECK_EQUAL(
    request({"events", "--what", "gap", "--user", "ann", "--channel", "c",
             "--connection", "9", "--node", "b"}),
    "GET /api/events?what=gap&user=ann&channel=c&connection=9"
    "&node=b");
  CAF_CHECK_EQUAL(request({"refusals", "--connection", "9@b"}),
                  "GET /api/events?what=refused&connection=9&node=b");
  CAF_CHECK_EQUAL(request({"bridge", "--drift"}), "GET /api/bridge?drift=1");
  CAF_CHECK_EQUAL(request({"top", "--limit", "3"}), "GET /api/top?limit=3");
  CAF_CHECK_EQUAL(request({"channels", "--all"}),
                  "GET /api/channels?limit=1000");
}

CAF_TEST(questions about one thing) {
  CAF_CHECK_EQUAL(request({"inspect", "17"}), "GET /api/actors/17");
  CAF_CHECK_EQUAL(request({"inspect", "17@a:8080"}),
                  "GET /api/actors/17?node=a%3A8080");
  CAF_CHECK_EQUAL(request({"channel", "a b"}), "GET /api/channel?name=a%20b");
  CAF_CHECK_EQUAL(request({"user", "ann"}), "GET /api/user?id=ann");
}

CAF_TEST(why takes its arguments by position or by option) {
  CAF_CHECK_EQUAL(request({"why", "chat"}), "GET /api/why?channel=chat");
  CAF_CHECK_EQUAL(request({"why", "chat", "91@a", "12000"}),
                  "GET /api/why?channel=chat&offset=12000&connection=91"
                  "&node=a");
  CAF_CHECK_EQUAL(request({"why", "chat", "12000"}),
                  "GET /api/why?channel=chat&connection=12000");
  CAF_CHECK_EQUAL(request({"why", "chat", "--offset", "12000", "--user", "u"}),
                  "GET /api/why?channel=chat&offset=12000&user=u");
  CAF_CHECK_EQUAL(request({"why", "chat", "--connection", "9@b"}),
                  "GET /api/why?channel=chat&connection=9&node=b");
}

CAF_TEST(actions have a body) {
  CAF_CHECK_EQUAL(request({"kick", "91@a:8080"}),
                  R"(POST /api/kick {"connection":91,"node":"a:8080"})");
  CAF_CHECK_EQUAL(request({"kick", "91"}),
                  R"(POST /api/kick {"connection":91})");
  CAF_CHECK_EQUAL(request({"disconnect-user", "ann"}),
                  R"(POST /api/disconnect-user {"user":"ann"})");
  CAF_CHECK_EQUAL(request({"unsubscribe", "ann", "chat"}),
                  R"(POST /api/unsubscribe {"user":"ann","channel":"chat"})");
  CAF_CHECK_EQUAL(request({"bridge", "reconcile"}),
                  "POST /api/bridge/reconcile {}");
  CAF_CHECK_EQUAL(request({"bridge", "reconcile", "--node", "a"}),
                  R"(POST /api/bridge/reconcile {"node":"a"})");
  CAF_CHECK_EQUAL(request({"log-level", "debug"}),
                  R"(POST /api/log-level {"level":"debug"})");
  CAF_CHECK_EQUAL(request({"log-level", "info", "--node", "a"}),
                  R"(POST /api/log-level {"level":"info","node":"a"})");
}

CAF_TEST(a publication is text or JSON) {
  const auto text = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"publish", "chat"});
    return request(words);
  };
  const std::string start = R"(POST /api/publish {"channel":"chat",)";
  CAF_CHECK_EQUAL(text({"hello", "all"}), start + R"("text":"hello all"})");
  CAF_CHECK_EQUAL(text({"[1,2]", "[3]"}), start + R"("text":"[1,2] [3]"})");
  CAF_CHECK_EQUAL(text({""}), start + R"("text":""})");
  CAF_CHECK_EQUAL(text({"--", "-5", "--json"}),
                  start + R"("text":"-5 --json"})");
  CAF_CHECK_EQUAL(text({"--data", R"({"b":[1],"a":2})"}),
                  start + R"("data":{"b":[1],"a":2}})");
  CAF_CHECK_EQUAL(text({"--data", "[1,2]"}), start + R"("data":[1,2]})");
  CAF_CHECK(run({"publish", "chat"}) == status::usage);
  CAF_CHECK(run({"publish", "chat", "a", "--data", "1"}) == status::usage);
  CAF_CHECK(run({"publish", "chat", "--data", "{"}) == status::usage);
  CAF_CHECK(run({"publish", "chat", "a", "--dat", "1"}) == status::usage);
}

CAF_TEST(a drain is started and steered) {
  CAF_CHECK_EQUAL(request({"drain", "a", "--rate", "9"}),
                  R"(POST /api/drain {"node":"a","do":"start","rate":9})");
  CAF_CHECK_EQUAL(request({"drain", "a"}),
                  R"(POST /api/drain {"node":"a","do":"start"})");
  for (const std::string word : {"pause", "resume", "cancel"})
    CAF_CHECK_EQUAL(request({"drain", "a", "--" + word}),
                    R"(POST /api/drain {"node":"a","do":")" + word + "\"}");
  CAF_CHECK_EQUAL(request({"drain", "a:1", "--follow"}),
                  "GET /api/drain?node=a%3A1");
  CAF_CHECK(run({"drain", "a", "--pause", "--cancel"}) == status::usage);
  CAF_CHECK(run({"drain", "a", "--pause", "--rate", "9"}) == status::usage);
}

CAF_TEST(a watch is one request) {
  play.messages = {json::parse(R"({"end":"time is over"})")};
  CAF_CHECK_EQUAL(request({"watch", "channel", "chat"}),
                  R"(LIVE {"topic":"watch","channel":"chat"})");
  CAF_CHECK_EQUAL(
    request({"watch", "connection", "9@a", "--seconds", "5"}),
    R"(LIVE {"topic":"watch","connection":9,"node":"a","seconds":5})");
  CAF_CHECK_EQUAL(request({"watch", "user", "ann"}),
                  R"(LIVE {"topic":"watch","user":"ann"})");
}

CAF_TEST(wrong words are no request) {
  const std::vector<std::vector<std::string>> wrong{
    {"nothing"},
    {"nodes", "x"},
    {"actors", "--x"},
    {"actors", "--sort", "size"},
    {"inspect"},
    {"inspect", "x"},
    {"kick", "a@b"},
    {"channel"},
    {"user"},
    {"top", "--limit", "0"},
    {"log-level", "no"},
    {"watch", "node", "a"},
    {"why"},
    {"why", "chat", "9", "x"},
    {"bridge", "x"},
    {"actors", "--limit", "x"},
    {"bridge", "--node", "a"},
    {"help", "nothing"}};
  for (const auto& words : wrong) {
    CAF_CHECK(run(words) == status::usage);
    CAF_CHECK(play.asked.empty());
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
