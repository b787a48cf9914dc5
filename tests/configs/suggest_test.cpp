#define CAF_SUITE suggest

#include "configs/suggest.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;

CAF_TEST(a misspelt key finds the right one) {
  CAF_CHECK_EQUAL(suggest_key("listen.prot"), "listen.port");
  CAF_CHECK_EQUAL(suggest_key("listen.max_message"), "listen.max-message");
  CAF_CHECK_EQUAL(suggest_key("redis.uri"), "redis.url");
}

CAF_TEST(a name finds its key) {
  CAF_CHECK_EQUAL(suggest_key("insecure"), "node.insecure");
  CAF_CHECK_EQUAL(suggest_key("loop"), "node.loops");
}

CAF_TEST(a misspelt group finds the right one) {
  CAF_CHECK_EQUAL(suggest_group("lisen"), "listen");
  CAF_CHECK_EQUAL(suggest_group("Redis"), "redis");
}

CAF_TEST(a misspelt option of a namespace finds the right one) {
  CAF_CHECK_EQUAL(suggest_key("namespace.chat.history_size"),
                  "namespace.chat.history-size");
  CAF_CHECK_EQUAL(suggest_key("namespaces.chat.presence"),
                  "namespace.chat.presence");
  CAF_CHECK_EQUAL(suggest_key("namespace.presence"), "namespace.NAME.presence");
  CAF_CHECK_EQUAL(suggest_key("history-ttl"), "channel.history-ttl");
}

CAF_TEST(a misspelt group of a namespace finds the right one) {
  CAF_CHECK_EQUAL(suggest_group("namespaces"), "namespace");
  CAF_CHECK_EQUAL(suggest_group("namspace.chat"), "namespace.chat");
}

CAF_TEST(a hint shows the names that a namespace may have) {
  const std::string rule =
    "; the name of a namespace is 1 to 64 letters, digits, - or _";
  CAF_CHECK_EQUAL(key_hint("namespace..presence"), rule);
  CAF_CHECK_EQUAL(key_hint("namespace.a b.presence", "--"), rule);
  CAF_CHECK_EQUAL(group_hint("namespace." + std::string(65, 'x')), rule);
  CAF_CHECK_EQUAL(group_hint("namespace.a.b"), "");
  CAF_CHECK_EQUAL(key_hint("listen.prot", "--"),
                  "; did you mean --listen.port?");
}

CAF_TEST(a key that resembles no other finds no hint) {
  CAF_CHECK_EQUAL(suggest_key("completely.different"), "");
  CAF_CHECK_EQUAL(suggest_key(""), "");
  CAF_CHECK_EQUAL(suggest_key("namespace.chat.different"), "");
  CAF_CHECK_EQUAL(suggest_key("namespace.chat." + std::string(100'000, 'x')),
                  "");
  CAF_CHECK_EQUAL(suggest_group("x"), "");
  CAF_CHECK_EQUAL(suggest_key(std::string(100'000, 'x')), "");
}
