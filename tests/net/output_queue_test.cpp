#define CAF_SUITE output_queue
#include "net/output_queue.hpp"

#include <caf/test/unit_test.hpp>

#include <array>
#include <random>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using namespace rookery;

namespace {

struct fixture {
  output_store store;
  output_queue queue;

  ~fixture() { queue.clear(store); }

  void push(std::string_view bytes) { queue.push(frame::copy(bytes), store); }

  /// All queued bytes, one part after the other.
  std::string content() const {
    std::array<iovec, 256> parts;
    const auto count = queue.gather(parts);
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
      result.append(static_cast<const char*>(parts[i].iov_base),
                    parts[i].iov_len);
    return result;
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(output_queue_tests, fixture)

CAF_TEST(frames leave in the order they came) {
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    push(std::to_string(i) + ",");
    expected += std::to_string(i) + ",";
  }
  CAF_CHECK_EQUAL(content(), expected);
  CAF_CHECK_EQUAL(queue.bytes(), expected.size());
}

CAF_TEST(a part that the kernel took is not sent again) {
  push("hello");
  push("world");
  queue.consume(3, store);
  CAF_CHECK_EQUAL(content(), "loworld");
  queue.consume(4, store);
  CAF_CHECK_EQUAL(content(), "rld");
  CAF_CHECK_EQUAL(queue.bytes(), 3u);
  queue.consume(3, store);
  CAF_CHECK(queue.empty());
}

CAF_TEST(no more parts are gathered than fit) {
  for (int i = 0; i < 40; ++i)
    push("x");
  std::array<iovec, 16> parts;
  CAF_CHECK_EQUAL(queue.gather(parts), 16u);
}

CAF_TEST(every entry counts with its overhead) {
  push("12345");
  push("");
  CAF_CHECK_EQUAL(queue.bytes(), 5u);
  CAF_CHECK_EQUAL(queue.cost(), 5u + 2 * output_queue::entry_overhead);
  CAF_CHECK_EQUAL(store.queued(), queue.cost());
  queue.consume(5, store);
  CAF_CHECK(queue.empty());
  CAF_CHECK_EQUAL(store.queued(), 0u);
}

CAF_TEST(dropping unsent frames leaves only a started one) {
  push("started");
  push("unsent");
  queue.consume(2, store);
  queue.drop_unsent(store);
  push("!");
  CAF_CHECK_EQUAL(content(), "arted!");
  CAF_CHECK_EQUAL(queue.bytes(), 6u);
  queue.clear(store);
  push("next");
  queue.drop_unsent(store);
  CAF_CHECK(queue.empty());
  CAF_CHECK_EQUAL(store.queued(), 0u);
}

CAF_TEST(an emptied queue gives its blocks to the next one) {
  push("x");
  queue.clear(store);
  auto* spare = store.take();
  store.give_back(spare);
  CAF_CHECK(store.take() == spare);
  store.give_back(spare);
}

CAF_TEST(frames are released as soon as they are sent) {
  const auto bytes = frame::copy("shared");
  output_queue other;
  queue.push(bytes, store);
  other.push(bytes, store);
  // Its memory counts once, until the last queue has sent it.
  CAF_CHECK_EQUAL(store.queued(), 6 + 2 * output_queue::entry_overhead);
  queue.consume(6, store);
  CAF_CHECK_EQUAL(store.queued(), 6 + output_queue::entry_overhead);
  other.clear(store);
  CAF_CHECK_EQUAL(store.queued(), 0u);
  CAF_CHECK(queue.empty());
  CAF_CHECK(other.empty());
}

CAF_TEST(partial writes to a socket keep every byte in order) {
  int ends[2];
  CAF_REQUIRE_EQUAL(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends),
                    0);
  std::mt19937 random{1};
  std::string sent;
  std::string got;
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes(random() % 2000, static_cast<char>('a' + i % 26));
    push(bytes);
    sent += bytes;
  }
  std::array<char, 7919> buffer;
  while (!queue.empty()) {
    std::array<iovec, 64> parts;
    msghdr header{};
    header.msg_iov = parts.data();
    header.msg_iovlen = queue.gather(parts);
    const auto count = ::sendmsg(ends[0], &header, MSG_NOSIGNAL);
    if (count > 0)
      queue.consume(static_cast<std::size_t>(count), store);
    const auto taken = ::read(ends[1], buffer.data(), buffer.size());
    if (taken > 0)
      got.append(buffer.data(), static_cast<std::size_t>(taken));
  }
  for (ssize_t n; (n = ::read(ends[1], buffer.data(), buffer.size())) > 0;)
    got.append(buffer.data(), static_cast<std::size_t>(n));
  CAF_CHECK(got == sent);
  CAF_CHECK_EQUAL(store.queued(), 0u);
  ::close(ends[0]);
  ::close(ends[1]);
}

CAF_TEST_FIXTURE_SCOPE_END()
