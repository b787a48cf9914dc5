#define CAF_SUITE frame_tracker
#include "net/frame_tracker.hpp"
#include "tests/net/support/client_frames.hpp"

#include <caf/test/unit_test.hpp>

#include <random>

using namespace rookery;
using namespace rookery::test;

namespace {

std::size_t take(frame_tracker& tracker, std::string_view bytes) {
  return tracker.take(reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size());
}

/// Takes all of `bytes`, frame by frame.
void take_all(frame_tracker& tracker, std::string_view bytes) {
  while (!bytes.empty())
    bytes.remove_prefix(take(tracker, bytes));
}

} // namespace

CAF_TEST(a frame is taken up to its end and not further) {
  frame_tracker tracker;
  const auto frame = client_frame(0x81, "hello");
  CAF_CHECK_EQUAL(take(tracker, frame + "more"), frame.size());
  CAF_CHECK(tracker.between_messages());
}

CAF_TEST(frames without payload end where their header does) {
  frame_tracker tracker;
  const auto frame = client_frame(0x81, "");
  CAF_CHECK_EQUAL(take(tracker, frame + frame), frame.size());
}

CAF_TEST(all three forms of the length are understood) {
  for (std::size_t size : {0, 1, 125, 126, 127, 65535, 65536, 200'000}) {
    frame_tracker tracker;
    const auto frame = client_frame(0x82, std::string(size, 'x'));
    CAF_CHECK_EQUAL(take(tracker, frame + "y"), frame.size());
  }
}

CAF_TEST(a fragmented message lasts until its final fragment) {
  frame_tracker tracker;
  take_all(tracker, client_frame(0x01, "a"));
  CAF_CHECK(!tracker.between_messages());
  take_all(tracker, client_frame(0x89, "ping"));
  CAF_CHECK(!tracker.between_messages());
  take_all(tracker, client_frame(0x80, "b"));
  CAF_CHECK(tracker.between_messages());
  CAF_CHECK(!tracker.tainted());
}

CAF_TEST(an empty last fragment taints for good) {
  frame_tracker tracker;
  take_all(tracker, client_frame(0x81, ""));
  CAF_CHECK(!tracker.tainted());
  take_all(tracker, client_frame(0x01, "a"));
  take_all(tracker, client_frame(0x80, ""));
  CAF_CHECK(tracker.tainted());
  take_all(tracker, client_frame(0x81, "x"));
  CAF_CHECK(tracker.tainted());
}

CAF_TEST(empty fragments are counted per message) {
  frame_tracker tracker;
  take_all(tracker, client_frame(0x01, ""));
  take_all(tracker, client_frame(0x00, ""));
  take_all(tracker, client_frame(0x8a, ""));
  CAF_CHECK_EQUAL(tracker.empty_fragments(), 2u);
  take_all(tracker, client_frame(0x80, "x"));
  CAF_CHECK_EQUAL(tracker.empty_fragments(), 0u);
}

CAF_TEST(random cuts find the same ends as a straightforward parser) {
  std::mt19937 random{7};
  for (int round = 0; round < 200; ++round) {
    std::string stream;
    std::vector<std::size_t> ends;
    for (int i = 0; i < 20; ++i) {
      constexpr std::array<unsigned char, 5> firsts{0x81, 0x01, 0x00, 0x80,
                                                    0x89};
      const auto first = firsts[random() % firsts.size()];
      const auto limit = first == 0x89 ? 126 : 300;
      stream += client_frame(first, std::string(random() % limit, 'z'));
      ends.push_back(stream.size());
    }
    frame_tracker tracker;
    std::vector<std::size_t> found;
    std::size_t position = 0;
    while (position < stream.size()) {
      const auto step =
        std::min<std::size_t>(1 + random() % 50, stream.size() - position);
      const auto used =
        take(tracker, std::string_view{stream}.substr(position, step));
      CAF_REQUIRE(used > 0);
      position += used;
      if (position == ends[found.size()])
        found.push_back(position);
      CAF_REQUIRE(found.size() == ends.size() || position < ends[found.size()]);
    }
    CAF_CHECK(found == ends);
  }
}
