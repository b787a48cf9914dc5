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

bool survives(control_body body) {
  return survives(control_message{ann, control_question{7, std::move(body)}});
}

bool survives(control_result result) {
  return survives(
    control_message{ann, control_reply{"b", 7, 5s, std::move(result)}});
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
  CAF_CHECK(survives(control_body{client_command{"u", "c", subscribe}}));
  CAF_CHECK(
    survives(control_body{client_command{"", "", unsubscribe_action{"x"}}}));
  disconnect_action disconnect;
  disconnect.how = {4000, "why"};
  disconnect.except = {"a", "b"};
  CAF_CHECK(survives(control_body{client_command{"u", "", disconnect}}));
  CAF_CHECK(survives(
    control_body{client_command{"u", "", refresh_action{true, std::nullopt}}}));
}

CAF_TEST(questions and answers survive) {
  CAF_CHECK(survives(control_body{channels_question{"a*"}}));
  CAF_CHECK(survives(control_body{info_question{}}));
  CAF_CHECK(survives(control_body{admin_question{"n", "[{\"ask\":1}]"}}));
  CAF_CHECK(survives(control_result{clients_reached{3}}));
  CAF_CHECK(
    survives(control_result{channels_page{{{"a", 1}, {"b", 2}}, true}}));
  CAF_CHECK(survives(control_result{channels_page{}}));
  CAF_CHECK(survives(control_result{node_counts{1, 2, 3, 4}}));
  CAF_CHECK(survives(control_result{admin_reply{"[1]"}}));
}

CAF_TEST(what is not understood is ignored) {
  const std::string_view from = R"("from":{"id":"a","name":"n","version":"1"})";
  for (const std::string_view rest :
       {R"("type":"unheard of")", R"("type":7)", R"("x":1)",
        R"("type":"question","id":1)", R"("type":"question","id":-1,"body":{})",
        R"("type":"question","id":1,"body":{"about":"weather"})",
        R"("type":"question","id":1,"body":[])",
        R"("type":"question","id":1,"body":{"about":"clients","user":"u",
           "client":"","do":"jump"})",
        R"("type":"reply","to":"a","id":1,"uptime":1,"result":{})",
        R"("type":"reply","to":"a","id":"x","uptime":1,
           "result":{"clients_reached":1})"})
    CAF_CHECK(
      !decode_control("{" + std::string{from} + "," + std::string{rest} + "}"));
  for (const std::string_view text : {"", "{", "[]", "1", "{}", "\xff"})
    CAF_CHECK(!decode_control(text));
}
