#define CAF_SUITE merge_listings

#include "cluster/merge_listings.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

listing page(std::vector<std::uint64_t> ids, std::uint64_t next = 0) {
  listing result;
  for (auto id : ids) {
    snapshot actor;
    actor.id = id;
    result.actors.push_back(actor);
  }
  result.next = next;
  return result;
}

std::vector<std::uint64_t> ids_of(const listing& page) {
  std::vector<std::uint64_t> result;
  for (const auto& actor : page.actors)
    result.push_back(actor.id);
  return result;
}

using ids = std::vector<std::uint64_t>;

} // namespace

CAF_TEST(actors of all loops come in the order of ids) {
  const auto merged = merge_listings({page({1, 4}), page({2, 3, 9})}, 10);
  CAF_CHECK_EQUAL(ids_of(merged), (ids{1, 2, 3, 4, 9}));
  CAF_CHECK_EQUAL(merged.next, 0u);
}

CAF_TEST(a full page says where the next one starts) {
  const auto merged = merge_listings({page({1, 4}), page({2, 3})}, 3);
  CAF_CHECK_EQUAL(ids_of(merged), (ids{1, 2, 3}));
  CAF_CHECK_EQUAL(merged.next, 3u);
}

CAF_TEST(a loop that has more holds back what is behind its page) {
  const auto merged = merge_listings({page({1, 4}, 4), page({2, 9})}, 10);
  CAF_CHECK_EQUAL(ids_of(merged), (ids{1, 2, 4}));
  CAF_CHECK_EQUAL(merged.next, 4u);
}

CAF_TEST(an empty page of a loop that has more still leads on) {
  const auto merged = merge_listings({page({}, 50), page({60})}, 10);
  CAF_CHECK(ids_of(merged).empty());
  CAF_CHECK_EQUAL(merged.next, 50u);
}
