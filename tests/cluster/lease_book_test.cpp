#define CAF_SUITE lease_book

#include "cluster/bridge/lease_book.hpp"
#include "tests/cluster/support/every_kind.hpp"
#include "tests/cluster/support/lease_node.hpp"

#include <caf/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using strings = lease_rig::strings;

const strings nothing;

/// One node with entries of one kind.
struct node : lease_node<lease_book> {
  node(lease_rig& rig, const std::string& name, lease_times times = {})
    : lease_node{[&](redis_requests& requests) {
        return lease_book{requests, rig.kind, name, [this] { ++made; }, times};
      }},
      rig{rig} {}

  void begin(const std::string& name) {
    part.add(rig.entry_name(name), rig.entry_text(name));
  }

  void end(const std::string& name) { part.end(rig.entry_name(name)); }

  /// Starts with an entry that Redis has.
  void up_with(const std::string& name) {
    up();
    begin(name);
    settle();
  }

  void settle() { link.settle(); }

  lease_rig& rig;
  int made = 0;
};

} // namespace

CAF_TEST(entries are sent at once or with the next answer) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up();
    n1.begin("c1");
    n1.begin("c2");
    CAF_CHECK_EQUAL(n1.link.unanswered(), 1u);
    n1.settle();
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1", "c2"}));
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "begin c2"}));
    CAF_CHECK_EQUAL(n1.made, 2);
  });
}

CAF_TEST(a lease is as long as asked and is renewed as often) {
  with_every_kind([](lease_rig& rig) {
    node slow{rig, "slow", {1min, 2min}};
    slow.up();
    const auto ends = [&] {
      return rig.run({"ZSCORE", rig.kind.keys[0], "slow"});
    };
    const auto first = std::stoll(ends());
    const auto wall = std::chrono::system_clock::now().time_since_epoch();
    const auto length = std::chrono::milliseconds{first} - wall;
    CAF_CHECK(length > 110s && length <= 121s);
    rig.end_lease("slow");
    slow.pass(59s);
    CAF_CHECK_EQUAL(ends(), "1");
    slow.pass(2s);
    CAF_CHECK(ends() != "1");
  });
}

CAF_TEST(an entry that begins and ends often costs few commands) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up();
    for (int i = 0; i < 1'000; ++i) {
      n1.begin("c1");
      n1.end("c1");
    }
    CAF_CHECK(n1.link.unanswered() <= 2);
    n1.begin("c1");
    n1.settle();
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
  });
}

CAF_TEST(many entries are sent in batches) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    for (auto i = 0; i < 250; ++i)
      n1.begin("c" + std::to_string(i));
    n1.end("c7");
    n1.up();
    CAF_CHECK_EQUAL(rig.kept().size(), 249u);
    CAF_CHECK_EQUAL(rig.told().size(), 249u);
    for (auto i = 0; i < 250; ++i)
      n1.end("c" + std::to_string(i));
    n1.settle();
    CAF_CHECK(n1.part.is_told());
    CAF_CHECK_EQUAL(rig.kept(), nothing);
    CAF_CHECK_EQUAL(rig.told().size(), 249u);
    CAF_CHECK_EQUAL(rig.renewed_names("n1"), nothing);
  });
}

CAF_TEST(an entry that comes back while redis is away has never ended) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    n1.down();
    n1.end("c1");
    n1.begin("c1");
    n1.up();
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1"}));
    n1.end("c1");
    n1.settle();
    CAF_CHECK_EQUAL(rig.told(), (strings{"end c1"}));
  });
}

CAF_TEST(an entry that ends while redis is away is removed after it) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    n1.down();
    n1.end("c1");
    CAF_CHECK(!n1.part.is_told());
    n1.up();
    CAF_CHECK(n1.part.is_told());
    CAF_CHECK_EQUAL(rig.kept(), nothing);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1"}));
  });
}

CAF_TEST(an end whose answer was lost happens once) {
  with_every_kind([](lease_rig& rig) {
    for (const auto carried : {true, false}) {
      node n{rig, carried ? "n1" : "n2"};
      n.up_with("c1");
      n.end("c1");
      n.down(carried);
      n.up();
      CAF_CHECK(n.part.is_told());
      CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1"}));
      CAF_CHECK_EQUAL(rig.kept(), nothing);
    }
  });
}

CAF_TEST(an end whose answer was lost spares an entry that came back) {
  with_every_kind([](lease_rig& rig) {
    for (const auto carried : {true, false}) {
      node n{rig, carried ? "n1" : "n2"};
      n.up_with("c1");
      n.end("c1");
      n.begin("c1");
      n.down(carried);
      n.up();
      // A step of recorded ends is repeated unchanged; any other one leaves
      // out entries that came back.
      if (carried || rig.kind.is_recorded)
        CAF_CHECK_EQUAL(rig.told(),
                        (strings{"begin c1", "end c1", "begin c1"}));
      else
        CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1"}));
      CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
      n.end("c1");
      n.settle();
      CAF_CHECK_EQUAL(rig.told(), (strings{"end c1"}));
    }
  });
}

CAF_TEST(an end that was refused and is sent again spares an entry) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    rig.run({"SCRIPT", "FLUSH"});
    n1.end("c1");
    n1.settle();
    rig.load();
    n1.begin("c1");
    n1.settle();
    n1.pass(5s);
    if (rig.kind.is_recorded)
      CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1", "begin c1"}));
    else
      CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
  });
}

CAF_TEST(an entry that came back after redis had ended it begins again) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    n1.end("c1");
    n1.down(true);
    n1.begin("c1");
    n1.up();
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1", "begin c1"}));
  });
}

CAF_TEST(a beginning whose answer was lost happens once) {
  with_every_kind([](lease_rig& rig) {
    for (const auto carried : {true, false}) {
      node n{rig, carried ? "n1" : "n2"};
      n.up();
      n.begin("c1");
      n.down(carried);
      n.up();
      n.end("c1");
      n.settle();
      CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1"}));
      CAF_CHECK_EQUAL(rig.kept(), nothing);
    }
  });
}

CAF_TEST(a beginning that redis never got has no end) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up();
    n1.begin("c1");
    n1.down(false);
    n1.end("c1");
    n1.up();
    CAF_CHECK_EQUAL(rig.told(), nothing);
    CAF_CHECK_EQUAL(rig.kept(), nothing);
  });
}

CAF_TEST(a redis that forgets while the link is up gets all at the renewal) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    CAF_CHECK_EQUAL(rig.told().size(), 1u);
    rig.clear();
    n1.pass(5s);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
  });
}

CAF_TEST(a redis that has gone back loses entries that have ended) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up();
    n1.begin("c1");
    n1.begin("c2");
    n1.end("c2");
    n1.settle();
    rig.told();
    // Redis has the entry again.
    rig.begin("n1", {"c2"});
    n1.pass(5s);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c2", "end c2"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
    CAF_CHECK_EQUAL(rig.renewed_names("n1"), rig.stored_names({"c1"}));
  });
}

CAF_TEST(a full redis gets entries when it has room) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    n1.up_with("c1");
    rig.while_full([&] {
      n1.begin("c2");
      n1.settle();
      n1.end("c1");
      n1.settle();
    });
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1"}));
    n1.pass(5s);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c2"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c2"}));
  });
}

CAF_TEST(a survivor removes the entries of a dead node) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    node n2{rig, "n2"};
    n1.up();
    n2.up();
    for (auto i = 0; i < 150; ++i)
      n1.begin("c" + std::to_string(i));
    n1.settle();
    CAF_CHECK_EQUAL(rig.told().size(), 150u);
    rig.end_lease("n1");
    n2.pass(14s);
    CAF_CHECK_EQUAL(rig.kept().size(), 150u);
    n2.pass(5s);
    CAF_CHECK_EQUAL(rig.kept(), nothing);
    CAF_CHECK_EQUAL(rig.told().size(), 150u);
    // One call for each command that made events.
    CAF_CHECK_EQUAL(n2.made, 2);
  });
}

CAF_TEST(a node that was taken for dead has its entries again) {
  with_every_kind([](lease_rig& rig) {
    node n1{rig, "n1"};
    node n2{rig, "n2"};
    n1.up_with("c1");
    n2.up();
    n1.down();
    rig.end_lease("n1");
    n2.pass(15s);
    CAF_CHECK_EQUAL(rig.kept(), nothing);
    n1.up();
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1", "begin c1"}));
    n1.end("c1");
    n1.settle();
    CAF_CHECK_EQUAL(rig.told(), (strings{"end c1"}));
  });
}
