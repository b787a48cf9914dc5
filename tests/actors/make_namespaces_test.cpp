#define CAF_SUITE make_namespaces

#include "actors/channel/make_namespaces.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

namespace {

using channel_settings = settings::channel_settings;

channel_options made_of(const channel_settings& given) {
  settings config;
  config.channel = given;
  return make_namespaces(config).of("lobby");
}

} // namespace

CAF_TEST(the defaults allow and keep nothing) {
  const auto names = make_namespaces({});
  CAF_CHECK(names.of("lobby") == channel_options{});
  CAF_CHECK(names.of("chat:lobby") == channel_options{});
  CAF_CHECK(!names.is_known("chat:lobby"));
}

CAF_TEST(a history has its size and its time) {
  const auto made = made_of({.history_size = 10, .history_ttl = 90s});
  CAF_CHECK_EQUAL(made.history.size, 10u);
  CAF_CHECK(made.history.ttl == 90s);
  CAF_CHECK(made.history.keeps());
}

CAF_TEST(each switch sets its option and no other) {
  const std::pair<bool channel_settings::*, bool channel_options::*> pairs[]{
    {&channel_settings::presence, &channel_options::presence},
    {&channel_settings::join_leave, &channel_options::join_leave},
    {&channel_settings::force_join_leave, &channel_options::force_join_leave},
    {&channel_settings::force_recovery, &channel_options::force_recovery},
    {&channel_settings::allow_subscribe, &channel_options::allow_subscribe},
    {&channel_settings::allow_publish, &channel_options::allow_publish},
    {&channel_settings::allow_presence, &channel_options::allow_presence},
    {&channel_settings::allow_history, &channel_options::allow_history},
    {&channel_settings::allow_anonymous, &channel_options::allow_anonymous},
  };
  for (const auto& [from, to] : pairs) {
    channel_settings given;
    given.*from = true;
    channel_options expected;
    expected.*to = true;
    CAF_CHECK(made_of(given) == expected);
  }
}

CAF_TEST(a namespace takes nothing from the default one) {
  settings config;
  config.channel.presence = true;
  config.namespaces["chat"].allow_publish = true;
  const auto names = make_namespaces(config);
  CAF_CHECK(names.is_known("chat:lobby"));
  CAF_CHECK(names.of("chat:lobby").allow_publish);
  CAF_CHECK(!names.of("chat:lobby").presence);
  for (const auto* channel : {"chat", "room:42"}) {
    CAF_CHECK(names.of(channel).presence);
    CAF_CHECK(!names.of(channel).allow_publish);
  }
}
