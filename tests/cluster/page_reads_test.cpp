#define CAF_SUITE page_reads

#include "cluster/bridge/page_reads.hpp"

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/test/dsl.hpp>

#include <string>
#include <vector>

using namespace rookery;

namespace {

using strings = std::vector<std::string>;

struct fixture : test_coordinator_fixture<> {
  ~fixture() {
    for (const auto& each : {ann, bob})
      caf::anon_send_exit(each, caf::exit_reason::kill);
  }

  static caf::behavior idle(caf::event_based_actor*) {
    return {[](int) {}};
  }

  void ask(const caf::actor& who, const std::string& key) {
    reads.add(
      key, {caf::actor_cast<caf::strong_actor_ptr>(who), ++ticket},
      [this, key](page_reads::askers askers, std::function<void()> done) {
        auto line = key;
        for (const auto& each : askers)
          line += " " + std::to_string(each.ticket);
        begun.push_back(line);
        ends.push_back(std::move(done));
      });
  }

  void end_first() {
    const auto done = std::move(ends.front());
    ends.erase(ends.begin());
    done();
  }

  caf::actor ann = sys.spawn(idle);
  caf::actor bob = sys.spawn(idle);
  page_reads reads{2};
  std::uint64_t ticket = 0;
  strings begun;
  std::vector<std::function<void()>> ends;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(page_reads_tests, fixture)

CAF_TEST(only a few reads are under way) {
  for (const auto* key : {"a", "b", "c", "d"})
    ask(ann, key);
  CAF_CHECK_EQUAL(begun, (strings{"a 1", "b 2"}));
  end_first();
  CAF_CHECK_EQUAL(begun, (strings{"a 1", "b 2", "c 3"}));
}

CAF_TEST(one of each asker in turn is next) {
  for (const auto* key : {"a", "b", "c", "d", "e"})
    ask(ann, key);
  ask(bob, "x");
  end_first();
  end_first();
  CAF_CHECK_EQUAL(begun, (strings{"a 1", "b 2", "c 3", "x 6"}));
}

CAF_TEST(equal reads that wait become one) {
  ask(ann, "a");
  ask(ann, "b");
  ask(ann, "c");
  ask(bob, "c");
  ask(bob, "a");
  end_first();
  end_first();
  CAF_CHECK_EQUAL(begun, (strings{"a 1", "b 2", "c 3 4", "a 5"}));
}

CAF_TEST(a read whose asker has ended is dropped) {
  ask(ann, "a");
  ask(ann, "b");
  ask(bob, "c");
  ask(ann, "c");
  ask(bob, "d");
  caf::anon_send_exit(bob, caf::exit_reason::kill);
  run();
  end_first();
  end_first();
  CAF_CHECK_EQUAL(begun, (strings{"a 1", "b 2", "c 4"}));
}

CAF_TEST(a read that ends at once makes room for the next) {
  strings order;
  for (const auto* key : {"a", "b", "c"})
    reads.add(key, {caf::actor_cast<caf::strong_actor_ptr>(ann), 0},
              [&order, key](const page_reads::askers&,
                            const std::function<void()>& done) {
                order.emplace_back(key);
                done();
              });
  CAF_CHECK_EQUAL(order, (strings{"a", "b", "c"}));
}

CAF_TEST_FIXTURE_SCOPE_END()
