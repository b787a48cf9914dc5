#define CAF_SUITE control_message

#include "cluster/control/control_message.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

const node_identity ann{"a1", "ann", "0.1"};

bool survives(control_message what) {
  return decode_control(encode_control(what)) == what;
}

bool survives(control_query what) {
  return survives(
    control_message{ann, remote_query{7, std::move(what), {"b", "c"}}});
}

bool survives_as_query(node_query what) {
  return survives(control_query{admin_query{"n", {std::move(what)}}});
}

bool survives(control_result result) {
  return survives(
    control_message{ann, remote_reply{"b", 7, 5s, std::move(result)}});
}

} // namespace

CAF_TEST(signs of life survive) {
  CAF_CHECK(survives(control_message{ann, control_hello{}}));
  CAF_CHECK(survives(control_message{ann, control_bye{}}));
}

CAF_TEST(commands survive) {
  subscribe_action subscribe{
    "ch\n\"ä", std::chrono::sys_seconds{1000s}, {}, {}};
  subscribe.grant.info = {R"({"a":[1, "x"]})", true};
  subscribe.grant.data = {"", true};
  subscribe.grant.overrides.presence = true;
  subscribe.grant.overrides.force_recovery = false;
  subscribe.since = stream_position{~std::uint64_t{0}, "e"};
  CAF_CHECK(survives(control_query{client_command{"u", "c", subscribe}}));
  CAF_CHECK(
    survives(control_query{client_command{"", "", unsubscribe_action{"x"}}}));
  disconnect_action disconnect;
  disconnect.how = {4000, "why"};
  disconnect.except = {"a", "b"};
  CAF_CHECK(survives(control_query{client_command{"u", "", disconnect}}));
  CAF_CHECK(survives(control_query{
    client_command{"u", "", refresh_action{true, std::nullopt}}}));
}

CAF_TEST(queries of operators survive) {
  listing_query listing;
  listing.kind = "connection";
  listing.user = "ä\"";
  listing.names = {"a", "b"};
  listing.is_slow = true;
  listing.order = listing_order::rate;
  listing.after = ~std::uint64_t{0};
  listing.limit = 7;
  CAF_CHECK(survives_as_query(listing));
  events_query events;
  events.what.what = "gap";
  events.what.limit = 3;
  CAF_CHECK(survives_as_query(events));
  events.known.emplace();
  CAF_CHECK(survives_as_query(events));
  events.known->emplace("n", std::vector<std::uint64_t>{1, 2});
  CAF_CHECK(survives_as_query(events));
  for (const auto& each : std::vector<node_query>{
         state_query{}, actor_query{5}, buses_query{true, false},
         ledger_query{"c", 3, 4}, position_query{"c"}, options_query{"c"},
         kick_command{6}, publish_text_command{"c", "hi"},
         drain_command{drain_command::verb::start, 100},
         log_level_command{"debug"}})
    CAF_CHECK(survives_as_query(each));
}

CAF_TEST(a query of another version is told apart from the others) {
  const auto message = decode_control(
    R"({"from":{"id":"a","name":"n","version":"2"},"type":"query","id":1,
        "what":{"about":"node","node":"","queries":[{"query":"weather"},
          {"query":"state"},{"query":"listing"},
          {"query":"drain","what":"sideways","rate":1}]}})");
  CAF_REQUIRE(message);
  const auto& query = std::get<remote_query>(message->body);
  CAF_CHECK(std::get<admin_query>(query.what).queries
            == (std::vector<node_query>{unknown_query{}, state_query{},
                                        unknown_query{}, unknown_query{}}));
}

CAF_TEST(queries and answers survive) {
  CAF_CHECK(survives(control_query{channels_query{"a*"}}));
  CAF_CHECK(survives(control_query{info_query{}}));
  CAF_CHECK(survives(control_query{admin_query{"n", {}}}));
  CAF_CHECK(survives(control_result{clients_reached{3}}));
  CAF_CHECK(
    survives(control_result{channels_page{{{"a", 1}, {"b", 2}}, true}}));
  CAF_CHECK(survives(control_result{channels_page{}}));
  CAF_CHECK(survives(control_result{node_counts{1, 2, 3, 4}}));
  CAF_CHECK(survives(control_result{admin_reply{"[1]"}}));
}

CAF_TEST(the sender of a message that is not understood is known) {
  const std::string_view from = R"("from":{"id":"a","name":"n","version":"1"})";
  for (const std::string_view rest :
       {R"("type":"unheard of")", R"("type":7)", R"("x":1)",
        R"("type":"query","id":1)", R"("type":"query","id":-1,"what":{})",
        R"("type":"query","id":1,"what":{"about":"weather"})",
        R"("type":"query","id":1,"what":[])",
        R"("type":"query","id":1,"what":{"about":"clients","user":"u",
           "client":"","do":"jump"})",
        R"("type":"reply","to":"a","id":1,"uptime":1,"result":{})",
        R"("type":"reply","to":"a","id":"x","uptime":1,
           "result":{"clients_reached":1})"})
    CAF_CHECK(
      decode_control("{" + std::string{from} + "," + std::string{rest} + "}")
      == (control_message{{"a", "n", "1"}, control_unknown{}}));
  for (const std::string_view text : {"", "{", "[]", "1", "{}", "\xff"})
    CAF_CHECK(!decode_control(text));
}
