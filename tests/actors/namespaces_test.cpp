#define CAF_SUITE namespaces

#include "actors/channel/namespaces.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(the defaults allow and keep nothing) {
  const namespaces names{settings{}};
  CAF_CHECK(names.of("lobby") == channel_options{});
  CAF_CHECK(names.of("chat:lobby") == channel_options{});
  CAF_CHECK(!names.is_known("chat:lobby"));
}

CAF_TEST(a history has its size and its time) {
  const auto made = history_of({.history_size = 10, .history_ttl = 90s});
  CAF_CHECK_EQUAL(made.size, 10u);
  CAF_CHECK(made.ttl == 90s);
  CAF_CHECK(made.keeps());
}

CAF_TEST(a namespace takes nothing from the default one) {
  settings config;
  config.channel.presence = true;
  config.namespaces["chat"].allow_publish = true;
  const namespaces names{config};
  CAF_CHECK(names.is_known("chat:lobby"));
  CAF_CHECK(names.of("chat:lobby").allow_publish);
  CAF_CHECK(!names.of("chat:lobby").presence);
  for (const auto* channel : {"chat", "room:42"}) {
    CAF_CHECK(names.of(channel).presence);
    CAF_CHECK(!names.of(channel).allow_publish);
  }
}
