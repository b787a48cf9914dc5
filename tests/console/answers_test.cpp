#define CAF_SUITE console_answers

#include "apps/rookery-console/text.hpp"
#include "fake_api.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::console;

namespace {

const std::string end = R"("scope":"cluster","silent":[],
  "nodes":[{"id":"5f","name":"a:8080"},{"id":"6a","name":"b:8080"}]})";

const std::string channel_row = R"({"name":"chat","members":10,
  "publications":12000,"deliveries":120000,"per_second":19,"gaps":0,
  "nodes":2})";

const std::string event_row = R"({"node":"5f","at":1790000000123,"loop":0,
  "what":"refused","connection":91,"user":"ann","channel":"vip",
  "remote_address":"127.0.0.1","code":103,"reason":"permission denied"})";

const std::string actor_row = R"({"node":"5f","id":17,"kind":"channel",
  "loop":0,"age_seconds":60,"handled":12000,"queued_messages":0,
  "queued_bytes":2048,"last_error":"","facts":{"name":"chat","members":10}})";

struct fixture : stage {
  fixture() { use_utf8(); }

  std::string shows(std::vector<std::string> words) {
    out.str({});
    const auto how = run(std::move(words));
    return how == status::ok ? out.str() : "failed: " + err.str();
  }

  bool has(const std::string& text, const std::string& part) {
    if (text.find(part) != std::string::npos)
      return true;
    CAF_MESSAGE("no '" << part << "' in:\n" << text);
    return false;
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(console_answer_tests, fixture)

CAF_TEST(nodes are shown with their state) {
  says("/api/nodes", R"({"scope":"cluster","silent":[],
    "nodes":[{"id":"5f","name":"a:8080","self":true,"version":"0.1.0",
      "uptime_seconds":63,"bus":"redis","ready":true,"log_level":"info",
      "loops":2,"drain":null,
      "connections":{"plain":10,"sse":1,"centrifuge":500},"users":480,
      "channels":40,"memory_bytes":41000000,"queued_bytes":0,
      "publications":12345,"deliveries":240000,"slow_closes":0,
      "gaps":{"found":2,"filled":1,"unfillable":1},
      "probe_round_trip_us":410,"probe_misses":0},
     {"id":"6a","name":"b:8080","ready":false,"drain":{"state":"running",
      "rate":100,"closed":300,"left":700}}],
    "gone":[{"id":"9a","name":"c:8080","how":"silent","seconds_ago":42}],
    "strangers":[{"id":"7b","name":"d:8080","reason":"another secret"}]})");
  const auto text = shows({"nodes"});
  CAF_CHECK(has(text, "a:8080 *"));
  CAF_CHECK(has(text, "1m 3s"));
  CAF_CHECK(has(text, "  511  "));
  CAF_CHECK(has(text, "41 MB"));
  CAF_CHECK(has(text, "12.3 k"));
  CAF_CHECK(has(text, "2 (1 lost)"));
  CAF_CHECK(has(text, "410 us"));
  CAF_CHECK(has(text, "b:8080    draining 300 of 1000, 100/s"));
  CAF_CHECK(has(text, "gone: c:8080, silent, 42 s ago\n"));
  CAF_CHECK(has(text, "not understood: d:8080, another secret\n"));
}

CAF_TEST(rows name their node so that it can be pasted) {
  says("/api/actors", "{\"actors\":[" + actor_row + "],\"next\":\"17\"," + end);
  CAF_CHECK_EQUAL(
    shows({"actors"}),
    "ACTOR      KIND     LOOP    AGE  HANDLED  MAILBOX   QUEUED  FACTS\n"
    "17@a:8080  channel     0  1m 0s     12 k        0  2.05 kB  "
    "name=chat members=10\nmore: --after 17\n");
}

CAF_TEST(channels) {
  says("/api/channels", "{\"channels\":[" + channel_row + "]," + end);
  CAF_CHECK_EQUAL(
    shows({"channels"}),
    "CHANNEL  MEMBERS  NODES  PUBLISHED  PER S  DELIVERED  GAPS\n"
    "chat          10      2       12 k     19      120 k     0\n");
}

CAF_TEST(connections) {
  says("/api/connections", R"({"connections":[{"node":"6a","id":91,
    "kind":"connection","loop":1,"age_seconds":5,"queued_bytes":0,
    "facts":{"protocol":"plain","user":"","channel":"chat","open":true,
      "delivered":120,"remote_address":"127.0.0.1","round_trip_us":350}}],)"
                             + end);
  CAF_CHECK(has(shows({"connections"}), "91@b:8080"));
  CAF_CHECK(has(out.str(), "chat"));
  CAF_CHECK(has(out.str(), "350 us"));
}

CAF_TEST(events tell code and reason) {
  says("/api/events?what=refused", "{\"events\":[" + event_row + "]," + end);
  const auto text = shows({"refusals"});
  CAF_CHECK(has(text, "refused"));
  CAF_CHECK(has(text, "91@a:8080"));
  CAF_CHECK(has(text, "103 permission denied"));
}

CAF_TEST(names from the network do nothing to the terminal) {
  says("/api/channels",
       R"({"channels":[{"name":"x\u001b[2J\u009b","members":1}],)" + end);
  const auto text = shows({"channels"});
  CAF_CHECK(has(text, "x\\x1b[2J\\u009b"));
  CAF_CHECK_EQUAL(text.find('\x1b'), std::string::npos);
}

CAF_TEST(a part of a channel that is behind says so) {
  says("/api/channel?name=chat", R"({"channel":"chat","members":10,
    "publications":12000,"per_second":19,"options":{"history_size":100},
    "history":{"epoch":"kD","offset":12000},"parts":[{"node":"5f","id":17,
    "kind":"channel","loop":0,"facts":{"offset":11998}}],)"
                                   + end);
  const auto text = shows({"channel", "chat"});
  CAF_CHECK(has(text, "history: epoch=kD offset=12000"));
  CAF_CHECK(has(text, "11998 (2 behind)"));
}

CAF_TEST(drift names the channels that Redis does not know) {
  says("/api/bridge?drift=1", R"({"buses":[{"node":"5f","id":3,
    "kind":"redis_bridge","loop":0,"facts":{"subscribe_link":"up",
      "publish_link":"down","ready":true,"wanted":41,"confirmed":40},
    "drift":{"checked":40,"missing":["chat"],"missing_total":1}}],)"
                                + end);
  CAF_CHECK(has(shows({"bridge", "--drift"}),
                "a:8080: 40 subscriptions checked, 1 missing in Redis: chat"));
}

CAF_TEST(findings come first) {
  says("/api/why?channel=chat&offset=12000&connection=91&node=a:8080", "{}");
  says("/api/why?channel=chat", R"({"channel":"chat","offset":12000,
    "findings":["it reached 2 of 2 nodes with members"],
    "published":[{"node":"5f","at":1790000000120,"offset":12000,"bytes":11,
      "verdict":"accepted"}],
    "members":[{"node":"5f","loop":0,"connection":91,"user":"ann","since":12,
      "verdict":"dropped","queued_bytes":1048000}],"refusals":[)"
                                  + event_row + "]," + end);
  const auto text = shows({"why", "chat"});
  CAF_CHECK(text.starts_with("- it reached 2 of 2 nodes with members\n"));
  CAF_CHECK(has(text, "\nPublished\n"));
  CAF_CHECK(has(text, "91@a:8080   ann   dropped"));
  CAF_CHECK(has(text, "1.05 MB"));
  CAF_CHECK(has(text, "\nRefused\n"));
  CAF_CHECK_EQUAL(text.find("\nReceived"), std::string::npos);
}

CAF_TEST(silent nodes and a narrow scope are told) {
  says("/api/gaps", R"({"scope":"node","nodes":[{"id":"5f","name":"a:8080"}],
    "silent":[{"id":"6a","name":"b:8080"}],
    "totals":{"found":1,"filled":1,"unfillable":0},"channels":[],"events":[]})");
  CAF_CHECK_EQUAL(shows({"gaps"}),
                  "gaps: 1 found, 1 filled, 0 not filled\n"
                  "no answer from b:8080\n"
                  "this node only: it has no Redis or no cluster.secret\n");
}

CAF_TEST(all pages become one answer) {
  says("/api/channels?limit=1000",
       R"({"channels":[{"name":"a"}],"next":"a b","scope":"cluster",
       "nodes":[],"silent":[]})");
  says("/api/channels?limit=1000&after=a%20b",
       R"({"channels":[{"name":"c"}],"scope":"cluster","nodes":[],
       "silent":[{"id":"6a","name":"b"}]})");
  CAF_CHECK_EQUAL(
    shows({"channels", "--all", "--json"}),
    R"({"channels":[{"name":"a"},{"name":"c"}],"scope":"cluster","nodes":[],)"
    "\"silent\":[{\"id\":\"6a\",\"name\":\"b\"}]}\n");
}

CAF_TEST(json is the unchanged answer of the node) {
  const std::string body = R"({"zoo":1,"channels":[],"b":{"c":null}})";
  says("/api/channels", body);
  CAF_CHECK_EQUAL(shows({"channels", "--json"}), body + "\n");
}

CAF_TEST(answers of newer nodes do no harm) {
  for (const auto* command : {"nodes", "actors", "connections", "channels",
                              "events", "gaps", "bridge", "top"}) {
    says("/api/" + std::string{command},
         R"({"nodes":[1,{"id":{}}],"silent":"x","channels":[[],{"name":7}],
         "events":[null],"actors":{"a":1},"connections":[{"facts":3}],
         "buses":["x"],"queues":[{}],"totals":[],"gone":[1]})");
    CAF_CHECK(run({command}) == status::ok);
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
