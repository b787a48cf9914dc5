#define CAF_SUITE setting_key

#include "configs/setting_key.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::literals;

CAF_TEST(a key is found by the text it has) {
  for (const auto& text :
       {"listen.port"s, "channel.presence"s, "namespace.chat.presence"s,
        "namespace.A_z-9.history-size"s, "namespace.presence.presence"s,
        "namespace." + std::string(64, 'x') + ".allow-history"}) {
    const auto key = find_setting_key(text);
    CAF_REQUIRE(key);
    CAF_CHECK_EQUAL(key->text(), text);
  }
}

CAF_TEST(a namespace has the options of channels) {
  const auto key = find_setting_key("namespace.chat.history-ttl");
  CAF_REQUIRE(key);
  CAF_CHECK_EQUAL(key->name_space, "chat");
  CAF_CHECK_EQUAL(key->entry, find_setting("channel.history-ttl"));
}

CAF_TEST(other keys are not found) {
  for (const auto& text :
       {"listen"s, "listen.prot"s, "namespace"s, "namespace."s,
        "namespace.chat"s, "namespace.presence"s, "namespace.chat."s,
        "namespace..presence"s, "namespace.a.b.presence"s,
        "namespace.a b.presence"s, "namespace.\xc3\xa9.presence"s,
        "namespace.chat.port"s, "namespace.chat.channel.presence"s,
        "namespaces.chat.presence"s, "namespace.chat.presence "s,
        "namespace." + std::string(65, 'x') + ".presence"})
    CAF_CHECK(!find_setting_key(text));
}

CAF_TEST(a group of a namespace tells its name) {
  CAF_CHECK_EQUAL(namespace_of_group("namespace.chat").value_or(""), "chat");
  for (const auto* group : {"namespace", "namespace.", "namespace.a.b",
                            "namespacechat", "channel", "listen.chat"})
    CAF_CHECK(!namespace_of_group(group));
}
