#define CAF_SUITE console_conduct

#include "apps/rookery-console/completion.hpp"
#include "fake_api.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

using list = std::vector<std::string>;

CAF_TEST_FIXTURE_SCOPE(console_conduct_tests, stage)

CAF_TEST(the exit status says how it went) {
  CAF_CHECK(run({"nodes"}) == status::ok);
  out.str({});
  fails("/api/nodes", {failure::reason::refused, "not for you"});
  CAF_CHECK(run({"nodes"}) == status::refused);
  CAF_CHECK_EQUAL(err.str(), "not for you\n");
  fails("/api/nodes", {failure::reason::unreachable, "cannot reach it"});
  CAF_CHECK(run({"nodes"}) == status::unreachable);
  CAF_CHECK(run({"nodes", "--json"}) == status::unreachable);
  CAF_CHECK_EQUAL(out.str(), "");
  CAF_CHECK_EQUAL(static_cast<int>(status::refused), 1);
  CAF_CHECK_EQUAL(static_cast<int>(status::usage), 2);
  CAF_CHECK_EQUAL(static_cast<int>(status::unreachable), 3);
}

CAF_TEST(a failing page fails the whole) {
  says("/api/actors?limit=1000", R"({"actors":[],"next":"9"})");
  fails("/api/actors?limit=1000&after=9",
        {failure::reason::unreachable, "gone"});
  CAF_CHECK(run({"actors", "--all", "--json"}) == status::unreachable);
  CAF_CHECK_EQUAL(out.str(), "");
}

CAF_TEST(an operator is asked before clients are ended) {
  list questions;
  bool says_yes = false;
  hooks.confirm = [&](const std::string& question) {
    questions.push_back(question);
    return says_yes;
  };
  const std::vector<list> ending{{"kick", "9@a"},
                                 {"disconnect-user", "ann"},
                                 {"unsubscribe", "ann", "chat"},
                                 {"drain", "a"}};
  for (const auto& words : ending) {
    CAF_CHECK_EQUAL(request(words), "nothing");
    auto sure = words;
    sure.emplace_back("--yes");
    CAF_CHECK(request(sure).starts_with("POST "));
  }
  CAF_CHECK_EQUAL(questions.size(), ending.size());
  CAF_CHECK_EQUAL(questions.front(), "end connection 9@a? (y/N) ");
  says_yes = true;
  CAF_CHECK(request({"kick", "9@a"}).starts_with("POST "));
  CAF_CHECK(request({"drain", "a", "--pause"}).starts_with("POST "));
  CAF_CHECK_EQUAL(questions.size(), ending.size() + 1);
}

CAF_TEST(a watch ends in time or with an error) {
  play.messages = {json::parse(R"({"topic":"watch","events":[
    {"what":"published","node":"5f","at":1790000000121,"offset":12000,
     "bytes":11,"text":"hel\u001blo"}],"skipped":3})"),
                   json::parse(R"({"end":"time is over"})")};
  CAF_CHECK(run({"watch", "channel", "chat"}) == status::ok);
  CAF_CHECK_NOT_EQUAL(out.str().find("published"), std::string::npos);
  CAF_CHECK_NOT_EQUAL(out.str().find("hel\\x1blo"), std::string::npos);
  CAF_CHECK_NOT_EQUAL(out.str().find("3 more left out"), std::string::npos);
  play.messages = {json::parse(R"({"end":"too many streams"})")};
  CAF_CHECK(run({"watch", "channel", "chat"}) == status::refused);
  CAF_CHECK_EQUAL(err.str(), "too many streams\n");
  play.messages.clear();
  play.stream_end = {failure::reason::interrupted, "interrupted"};
  CAF_CHECK(run({"watch", "channel", "chat"}) == status::ok);
}

CAF_TEST(messages of a watch are documents on lines) {
  play.messages = {json::parse(R"({"topic":"watch","events":[],"skipped":0})"),
                   json::parse(R"({"topic":"watch","events":[],"skipped":1})"),
                   json::parse(R"({"end":"time is over"})")};
  CAF_CHECK(run({"watch", "user", "ann", "--json"}) == status::ok);
  CAF_CHECK_EQUAL(out.str(),
                  "{\"topic\":\"watch\",\"events\":[],\"skipped\":0}\n"
                  "{\"topic\":\"watch\",\"events\":[],\"skipped\":1}\n");
}

CAF_TEST(a drain is followed until it is done) {
  says("/api/drain?node=a", R"({"node":"5f","drain":{"state":"running",
    "rate":100,"closed":300,"left":700}})");
  int waits = 0;
  hooks.wait = [&](std::chrono::milliseconds) {
    if (++waits == 2)
      says("/api/drain?node=a", R"({"node":"5f","drain":{"state":"done",
        "rate":100,"closed":1000,"left":0}})");
    return true;
  };
  CAF_CHECK(run({"drain", "a", "--follow"}) == status::ok);
  CAF_CHECK_EQUAL(out.str(), "a: 300 of 1000, 100/s\na: done, 1000 clients\n");
  CAF_CHECK_EQUAL(waits, 2);
}

CAF_TEST(a drain that is no longer followed goes on) {
  says("/api/drain?node=a", R"({"drain":{"state":"running","rate":1,
    "closed":0,"left":7}})");
  hooks.wait = [](std::chrono::milliseconds) { return false; };
  CAF_CHECK(run({"drain", "a", "--follow"}) == status::ok);
  CAF_CHECK_NOT_EQUAL(out.str().find("a continues draining"),
                      std::string::npos);
  CAF_CHECK_EQUAL(play.asked, list{"GET /api/drain?node=a"});
}

CAF_TEST(every command explains itself) {
  for (const auto* name :
       {"nodes",       "actors",  "inspect", "connections",
        "channels",    "channel", "user",    "events",
        "refusals",    "bridge",  "top",     "watch",
        "why",         "gaps",    "kick",    "disconnect-user",
        "unsubscribe", "publish", "drain",   "log-level"}) {
    out.str({});
    CAF_CHECK(run({name, "--help"}) == status::ok);
    const auto text = out.str();
    CAF_CHECK_NOT_EQUAL(text.find("Usage: " + std::string{name}),
                        std::string::npos);
    CAF_CHECK_NOT_EQUAL(text.find("Examples:\n  " + std::string{name}),
                        std::string::npos);
    out.str({});
    CAF_CHECK(run({"help", name}) == status::ok);
    CAF_CHECK_EQUAL(out.str(), text);
  }
  CAF_CHECK(play.asked.empty());
}

CAF_TEST(words are completed) {
  says("/api/nodes",
       R"({"nodes":[{"id":"5f","name":"a:8080","connections":{"plain":1}},
                    {"id":"6a","name":"b:8080","connections":{"plain":0,
                                                              "sse":2}}]})");
  says("/api/channels?prefix=ne&limit=50",
       R"({"channels":[{"name":"news:x"},{"name":"news y"}]})");
  says("/api/channels?prefix=&limit=50", R"({"channels":[{"name":"chat"}]})");
  fake_api node{play};
  const auto after = [&](std::string_view line) {
    return completions(line, node);
  };
  CAF_CHECK_EQUAL(after("con"), (list{"connect", "connections"}));
  CAF_CHECK_EQUAL(after("help dr"), list{"drain"});
  CAF_CHECK_EQUAL(after("actors --k"), list{"--kind"});
  CAF_CHECK_EQUAL(after("actors --kind redis"), list{"redis_bridge"});
  CAF_CHECK_EQUAL(after("channels --sort m"), list{"members"});
  CAF_CHECK_EQUAL(after("connections --protocol "), (list{"plain", "sse"}));
  CAF_CHECK_EQUAL(after("drain "), (list{"a:8080", "b:8080"}));
  CAF_CHECK_EQUAL(after("actors --all --node b"), list{"b:8080"});
  CAF_CHECK_EQUAL(after("inspect 17@"), (list{"17@a:8080", "17@b:8080"}));
  CAF_CHECK_EQUAL(after("channel ne"), list{"news:x"});
  CAF_CHECK_EQUAL(after("unsubscribe ann "), list{"chat"});
  CAF_CHECK_EQUAL(after("watch c"), (list{"channel", "connection"}));
  CAF_CHECK_EQUAL(after("watch channel ne"), list{"news:x"});
  CAF_CHECK_EQUAL(after("watch connection 1@b"), list{"1@b:8080"});
  CAF_CHECK_EQUAL(after("nodes "), list{});
  CAF_CHECK_EQUAL(after("nothing x"), list{});
  CAF_CHECK_EQUAL(after("user 'x"), list{});
}

CAF_TEST(completion of a silent node is empty) {
  fails("/api/nodes", {failure::reason::unreachable, "gone"});
  fake_api node{play};
  CAF_CHECK_EQUAL(completions("drain ", node), list{});
}

CAF_TEST_FIXTURE_SCOPE_END()
