#define CAF_SUITE centrifuge_requests

#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

const texts denied{
  R"({"id":2,"error":{"code":103,"message":"permission denied"}})"};
const texts off{R"({"id":2,"error":{"code":108,"message":"not available"}})"};
const texts temporary{
  R"({"id":2,"error":{"code":100,"message":"internal server error","temporary":true}})"};
const texts too_many{
  R"({"id":2,"error":{"code":111,"message":"too many requests","temporary":true}})"};

std::string publish_to(const std::string& channel) {
  return R"({"id":2,"publish":{"channel":")" + channel
         + R"(","data":{"a": [1]}}})";
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_requests_tests, centrifuge_fixture)

CAF_TEST(a publication names its publisher) {
  auto& claims = tokens.connections["ann"];
  claims.user = "ann";
  claims.info = {R"({"n":1})", true};
  const auto ann = connected("ann");
  CAF_CHECK_EQUAL(ask(ann, publish_to("a")), texts{R"({"id":2,"publish":{}})"});
  CAF_REQUIRE_EQUAL(log.published.size(), 1u);
  const auto& what = *log.published[0];
  CAF_CHECK(what.channel() == "a");
  CAF_CHECK(what.data() == R"({"a": [1]})");
  CAF_CHECK(what.fields().find(field_tag::user) == "ann");
  CAF_CHECK_EQUAL(what.fields().find(field_tag::client).size(), 36u);
  CAF_CHECK(what.fields().find(field_tag::conn_info) == R"({"n":1})");
}

CAF_TEST(publishers hear themselves) {
  const auto ann = user("ann");
  ask(ann, R"({"id":9,"subscribe":{"channel":"kept:a"}})");
  const auto frames = ask(ann, publish_to("kept:a"));
  CAF_CHECK_EQUAL(
    frames,
    (texts{
      R"({"id":2,"publish":{}})",
      R"({"push":{"channel":"kept:a","pub":{"data":{"a": [1]},"info":{"user":"ann","client":"ID"},"offset":1}}})"}));
}

CAF_TEST(publishing may be refused) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(ask(ann, publish_to("closed:a")), denied);
  CAF_CHECK_EQUAL(ask(ann, publish_to("users:a")), denied);
  CAF_CHECK_EQUAL(ask(ann, publish_to("__a")), denied);
  CAF_CHECK_EQUAL(
    ask(ann, publish_to("nobody:a")),
    texts{R"({"id":2,"error":{"code":102,"message":"unknown channel"}})"});
  CAF_CHECK(log.published.empty());
  CAF_CHECK_EQUAL(ask(user("bob"), publish_to("users:a")),
                  texts{R"({"id":2,"publish":{}})"});
}

CAF_TEST(a publication needs a channel and data) {
  for (const auto* frame : {R"({"id":2,"publish":{"channel":"a"}})",
                            R"({"id":2,"publish":{"data":1}})"}) {
    const auto ann = connected();
    say(ann, frame);
    CAF_CHECK(is_closed(ann, 3501));
  }
}

CAF_TEST(a publish that fails may be tried again) {
  const auto ann = connected();
  log.outcome = {0, publish_verdict::refused, publish_problem::bus_down};
  CAF_CHECK_EQUAL(ask(ann, publish_to("a")), temporary);
  log.outcome = {0, publish_verdict::unknown, publish_problem::no_answer};
  CAF_CHECK_EQUAL(ask(ann, publish_to("a")), temporary);
  log.outcome = {0, publish_verdict::refused, publish_problem::overloaded};
  CAF_CHECK_EQUAL(ask(ann, publish_to("a")), too_many);
}

CAF_TEST(commands wait unread while too many are under way) {
  log.answers = false;
  const auto ann = connected();
  std::string frame;
  for (int id = 1; id <= 600; ++id)
    frame += R"({"id":)" + std::to_string(id)
             + R"(,"publish":{"channel":"a","data":)" + std::to_string(id)
             + "}}\n";
  say(ann, frame);
  say(ann, R"({"id":601,"publish":{"channel":"a","data":601}})");
  CAF_CHECK_EQUAL(log.published.size(), credit_account::max_commands);
  CAF_CHECK(ann->box.holds_input);
  CAF_CHECK(heard(ann).empty());
  // Commands that have been carried out make room.
  while (!log.unanswered.empty()) {
    CAF_CHECK(log.unanswered.size() <= credit_account::max_commands);
    log.unanswered.clear();
    settle();
  }
  CAF_CHECK(!ann->box.holds_input);
  CAF_REQUIRE_EQUAL(log.published.size(), 601u);
  for (std::size_t i = 0; i < log.published.size(); ++i)
    CAF_CHECK_EQUAL(log.published[i]->data(), std::to_string(i + 1));
}

CAF_TEST(a frame does not gain commands by waiting) {
  log.answers = false;
  const auto ann = connected();
  std::string frame;
  for (std::size_t i = 0; i <= max_commands_per_frame; ++i)
    frame += R"({"id":1,"publish":{"channel":"a","data":1}})"
             "\n";
  say(ann, frame);
  while (!log.unanswered.empty()) {
    log.unanswered.clear();
    settle();
  }
  CAF_CHECK(is_closed(ann, 3501));
  CAF_CHECK_EQUAL(log.published.size(), max_commands_per_frame);
}

CAF_TEST(commands wait while their answers pile up) {
  const auto ann = connected();
  ann->box.congested = true;
  say(ann, publish_to("a"));
  CAF_CHECK(log.published.empty());
  CAF_CHECK(ann->box.holds_input);
  ann->box.congested = false;
  ann->writable();
  settle();
  CAF_CHECK(!ann->box.holds_input);
  CAF_CHECK_EQUAL(heard(ann), texts{R"({"id":2,"publish":{}})"});
}

CAF_TEST(presence lists the clients on the channel) {
  log.present->clients = {{"c1", {"u", R"({"n":1})", ""}},
                          {"c2", {"", "", R"({"m":2})"}}};
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"presence":{"channel":"seen:a"}})"),
    texts{
      R"({"id":2,"presence":{"presence":{"c1":{"user":"u","client":"c1","conn_info":{"n":1}},"c2":{"user":"","client":"c2","chan_info":{"m":2}}}}})"});
  CAF_CHECK_EQUAL(log.questions[0].limit, longest_presence);
}

CAF_TEST(presence is counted) {
  log.present->stats = {2, 1};
  const auto ann = connected();
  const auto* ask_stats = R"({"id":2,"presence_stats":{"channel":"seen:a"}})";
  CAF_CHECK_EQUAL(
    ask(ann, ask_stats),
    texts{R"({"id":2,"presence_stats":{"num_clients":2,"num_users":1}})"});
  CAF_CHECK_EQUAL(log.questions[0].limit, 0u);
  log.problem = publish_problem::bus_down;
  CAF_CHECK_EQUAL(ask(ann, ask_stats), temporary);
}

CAF_TEST(presence and history that are off cannot be read) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"presence":{"channel":"a"}})"), off);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"presence_stats":{"channel":"a"}})"),
                  off);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"history":{"channel":"a"}})"), off);
  say(ann, R"({"id":2,"history":{}})");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(presence and history that are not allowed cannot be read) {
  string_map<channel_options> named;
  named["quiet"].presence = true;
  named["quiet"].history_size = 10;
  named["quiet"].history_ttl = std::chrono::minutes{1};
  names = {{}, std::move(named)};
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"presence":{"channel":"quiet:a"}})"),
                  denied);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"history":{"channel":"quiet:a"}})"),
                  denied);
  services.rules.insecure = true;
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"presence":{"channel":"quiet:a"}})"),
                  texts{R"({"id":2,"presence":{"presence":{}}})"});
}

CAF_TEST(history is read in pages) {
  for (const auto* data : {"1", "2", "3"})
    keep("kept:a", data);
  const auto ann = connected();
  const auto read = [&](const std::string& more) {
    return ask(ann, R"({"id":2,"history":{"channel":"kept:a")" + more + "}}");
  };
  const auto answer = [](const std::string& publications) {
    return texts{R"({"id":2,"history":{)" + publications
                 + R"("epoch":"e","offset":3}})"};
  };
  CAF_CHECK_EQUAL(read(""), answer(R"("publications":[],)"));
  CAF_CHECK_EQUAL(read(R"(,"limit":1,"since":{"offset":1,"epoch":"e"})"),
                  answer(R"("publications":[{"data":2,"offset":2}],)"));
  CAF_CHECK_EQUAL(read(R"(,"limit":1,"since":{"offset":3},"reverse":true)"),
                  answer(R"("publications":[{"data":2,"offset":2}],)"));
  CAF_CHECK_EQUAL(read(R"(,"limit":1,"reverse":true)"),
                  answer(R"("publications":[{"data":3,"offset":3}],)"));
  read(R"(,"limit":-1)");
  CAF_CHECK_EQUAL(log.reads.back().what.range.limit, 300u);
  read(R"(,"limit":301)");
  CAF_CHECK_EQUAL(log.reads.back().what.range.limit, 300u);
}

CAF_TEST(history questions may be wrong) {
  keep("kept:a", "1");
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    ask(
      ann,
      R"({"id":2,"history":{"channel":"kept:a","since":{"offset":1,"epoch":"x"}}})"),
    texts{
      R"({"id":2,"error":{"code":112,"message":"unrecoverable position"}})"});
  CAF_CHECK_EQUAL(
    ask(
      ann,
      R"({"id":2,"history":{"channel":"kept:a","since":{"epoch":"e"},"reverse":true}})"),
    texts{R"({"id":2,"error":{"code":107,"message":"bad request"}})"});
  log.problem = publish_problem::bus_down;
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"history":{"channel":"kept:a"}})"),
                  temporary);
}

CAF_TEST(answers to clients that have gone are dropped) {
  log.answers = false;
  const auto ann = connected();
  say(ann, publish_to("a"));
  say(ann, R"({"send":{}})");
  CAF_CHECK(is_closed(ann, 3508));
  caf::anon_send(caf::actor_cast<caf::actor>(ann.pointer()),
                 publish_outcome{2});
  settle();
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
