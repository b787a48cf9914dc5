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

CAF_TEST(what resembles nothing finds nothing) {
  CAF_CHECK_EQUAL(suggest_key("completely.different"), "");
  CAF_CHECK_EQUAL(suggest_key(""), "");
  CAF_CHECK_EQUAL(suggest_group("x"), "");
  CAF_CHECK_EQUAL(suggest_key(std::string(100'000, 'x')), "");
}
