#define CAF_SUITE channel_options_json

#include "cluster/admin/channel_options_json.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

CAF_TEST(every option of the settings is shown with its value) {
  const auto shown = to_json(channel_options{
    .history_size = 10, .history_ttl = 90s, .force_join_leave = true});
  CAF_CHECK_EQUAL(
    text_of(shown),
    R"({"history_size":10,"history_ttl_seconds":90,"force_recovery":false,)"
    R"("presence":false,"join_leave":false,"force_join_leave":true,)"
    R"("allow_subscribe":false,"allow_publish":false,"allow_presence":false,)"
    R"("allow_history":false,"allow_publish_for_subscriber":false,)"
    R"("allow_presence_for_subscriber":false,)"
    R"("allow_history_for_subscriber":false,"allow_anonymous":false,)"
    R"("allow_user_limited":true,"hook_subscribe":false,)"
    R"("hook_publish":false})");
}
