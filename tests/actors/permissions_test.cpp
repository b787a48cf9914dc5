#define CAF_SUITE permissions

#include "actors/client/permissions.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

CAF_TEST(users are listed after the last sign) {
  CAF_CHECK(is_listed("a#ann", "ann"));
  CAF_CHECK(is_listed("a#x#bob,ann", "ann"));
  CAF_CHECK(!is_listed("a#ann#bob", "ann"));
  CAF_CHECK(!is_listed("a#anna,an", "ann"));
  CAF_CHECK(!is_listed("a", "ann"));
  CAF_CHECK(!is_listed("a#", ""));
  CAF_CHECK(!is_listed("a#,", ""));
}

CAF_TEST(without a token only listed users subscribe to a limited channel) {
  channel_options open;
  open.allow_subscribe = true;
  CAF_CHECK(may_subscribe({open, "a", "ann"}));
  CAF_CHECK(!may_subscribe({open, "a", ""}));
  CAF_CHECK(!may_subscribe({open, "a#bob", "ann"}));
  CAF_CHECK(may_subscribe({{}, "a#ann", "ann"}));
  CAF_CHECK(!may_subscribe({{.allow_user_limited = false}, "a#ann", "ann"}));
  CAF_CHECK(!may_subscribe({{}, "a", "ann"}));
  CAF_CHECK(!may_subscribe({open, "$a#ann", "ann"}));
  open.allow_anonymous = true;
  CAF_CHECK(may_subscribe({open, "a", ""}));
}

CAF_TEST(the namespace has to allow everything else) {
  constexpr auto publish = &channel_options::allow_publish;
  channel_options open;
  open.allow_publish = true;
  CAF_CHECK(may(publish, {open, "a", "ann"}));
  CAF_CHECK(!may(publish, {open, "$a", "ann"}));
  CAF_CHECK(may(publish, {open, "$a", "ann", true}));
  CAF_CHECK(!may(publish, {{}, "$a", "ann", true}));
  CAF_CHECK(!may(publish, {open, "a#bob", "ann"}));
  CAF_CHECK(may(publish, {open, "a#ann", "ann"}));
}

CAF_TEST(rights may be for subscribers only) {
  const channel_options options{.allow_publish_for_subscriber = true,
                                .allow_anonymous = true};
  CAF_CHECK(!may(&channel_options::allow_publish, {options, "a", "ann"}));
  CAF_CHECK(may(&channel_options::allow_publish, {options, "a", "ann", true}));
  CAF_CHECK(!may(&channel_options::allow_history, {options, "a", "ann", true}));
  const channel_options closed{.allow_presence_for_subscriber = true,
                               .allow_history_for_subscriber = true};
  CAF_CHECK(may(&channel_options::allow_history, {closed, "a", "ann", true}));
  CAF_CHECK(may(&channel_options::allow_presence, {closed, "a", "ann", true}));
  CAF_CHECK(!may(&channel_options::allow_presence, {closed, "a", "", true}));
}
