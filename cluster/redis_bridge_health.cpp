#include "cluster/redis_bridge.hpp"
#include "configs/log.hpp"

#include <caf/sec.hpp>

#include <charconv>
#include <utility>

// The half of the bridge that watches its links.
namespace rookery {

bool redis_bridge::links_are_up() const noexcept {
  return links_.subscribe->state() == link_state::up
         && links_.publish->state() == link_state::up;
}

void redis_bridge::subscribe_link_up() {
  run_exclusively([this] {
    loss_ = gap_reason::link_lost;
    start_probe();
  });
}

void redis_bridge::publish_link_up() {
  run_exclusively([this] { start_probe(); });
}

void redis_bridge::subscribe_link_down() {
  run_exclusively([this] {
    fan_.suspend_all(loss_);
    link_fell();
  });
}

void redis_bridge::publish_link_down() {
  run_exclusively([this] { link_fell(); });
}

void redis_bridge::link_fell() {
  health_.set_ready(false);
  probe_.reset();
  flushes_.fail_all();
}

bool redis_bridge::publish_mark(std::uint64_t mark) {
  return !hand_over(options_.probe_channel, std::to_string(mark),
                    {{}, 0, acknowledge::on_problem, mark});
}

void redis_bridge::start_probe() {
  if (!links_are_up())
    return;
  const auto mark = ++last_mark_;
  probe_.start(mark, clock().now());
  publish_mark(mark);
  delayed_send(this, options_.probe_interval, probe_atom_v, mark);
}

void redis_bridge::judge_probe(std::uint64_t mark) {
  switch (probe_.judge(mark)) {
  case deafness_probe::verdict::stale:
    return;
  case deafness_probe::verdict::heard:
    break;
  case deafness_probe::verdict::missed:
    health_.set_ready(false);
    log::warn("redis probe missed");
    break;
  case deafness_probe::verdict::deaf:
    loss_ = gap_reason::link_deaf;
    return links_.subscribe->drop("deaf");
  }
  start_probe();
}

void redis_bridge::mark_returned(std::string_view text) {
  std::uint64_t mark = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, mark);
  if (result.ec != std::errc{} || result.ptr != end)
    return;
  if (probe_.returned(mark, clock().now()))
    health_.set_ready(true);
  flushes_.returned(mark);
}

caf::typed_response_promise<ok_atom> redis_bridge::flush() {
  auto promise = make_response_promise<ok_atom>();
  const auto mark = ++last_mark_;
  if (!links_are_up() || !publish_mark(mark)) {
    promise.deliver(caf::make_error(caf::sec::runtime_error, "bus down"));
    return promise;
  }
  flushes_.add(mark, promise, clock().now() + options_.flush_timeout);
  plan_tick();
  return promise;
}

void redis_bridge::describe(snapshot& out) const {
  pinned_actor::describe(out);
  const auto& subscribe = *links_.subscribe;
  const auto& publish = *links_.publish;
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.queue_bytes = publish.unanswered_bytes() + fan_.backlog_bytes();
  out.add("subscribe_link", std::string{to_string(subscribe.state())});
  out.add("publish_link", std::string{to_string(publish.state())});
  out.add_flag("ready", health_.is_ready());
  out.add("channels", number(fan_.size()));
  out.add("wanted", number(subscribe.wanted()));
  out.add("confirmed", number(subscribe.confirmed()));
  out.add("probe_round_trip_us", number(probe_.round_trip().count()));
  out.add("pending_commands", number(publish.unanswered()));
  out.add("pending_bytes", number(publish.unanswered_bytes()));
  out.add("subscribe_failures", number(subscribe.failures()));
  out.add("publish_failures", number(publish.failures()));
  out.add("published", number(published_));
  out.add("received", number(received_));
  out.add("malformed", number(malformed_));
  out.add("refused", number(refused_));
  out.add("unknown", number(unknown_));
  fan_.describe(out);
}

} // namespace rookery
