#include "apps/rookery-bench/run.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <random>

namespace rookery::bench {

namespace {

constexpr std::uint64_t second = 1'000'000'000;
// The time without any delivery after which missing ones are given up.
constexpr std::uint64_t silence = 3 * second;
constexpr std::uint64_t connect_deadline = 120 * second;

std::uint64_t after(double seconds) {
  return steady_now() + static_cast<std::uint64_t>(seconds * 1e9);
}

// Publishers that speak Redis only publish; those on a node also receive.
bool publishers_hear(const options& asked) {
  return asked.separate_publishers() && asked.publish_with() != protocol::redis;
}

} // namespace

ledger::shape run::shape_of(const options& asked) {
  const auto more = publishers_hear(asked) ? asked.publishers : 0;
  return {.channels = asked.channels,
          .members = asked.subscribers + more,
          .publishers = asked.publishers,
          .window = asked.rate > 0 ? 0 : asked.window};
}

run::run(const options& asked, std::function<void(const std::string&)> say)
  : asked_{asked},
    say_{std::move(say)},
    ledger_{shape_of(asked), std::random_device{}()},
    fleet_{asked},
    publishers_(std::size_t{asked.channels} * asked.publishers),
    turns_(publishers_.size()),
    payload_(asked.payload, 'x') {
  const auto members = shape_of(asked).members;
  fleet_.on_delivery([this, members](client& to, std::uint32_t channel,
                                     std::string_view payload) {
    const auto ready = ledger_.received(to.as().member + channel * members,
                                        payload, now_, to.as().timed);
    if (ready != ledger::nobody)
      with_room_.push_back(ready);
  });
  std::iota(turns_.begin(), turns_.end(), 0U);
  if (asked.shuffled)
    std::ranges::shuffle(turns_, std::mt19937{std::random_device{}()});
}

findings run::play() {
  found_.before = server_usage::of(asked_.server_pids);
  if (asked_.churn > 0) {
    churn();
  } else if (connect()) {
    load();
  }
  found_.connections = fleet_.so_far();
  found_.totals = ledger_.sums();
  found_.latency = ledger_.latency();
  return found_;
}

void run::load() {
  rest(asked_.settle);
  found_.after = server_usage::of(asked_.server_pids);
  publish_for(asked_.warmup);
  if (asked_.missed > 0)
    cut_and_recover();
  const auto redis = ask_redis();
  ledger_.start_measuring(steady_now());
  const auto start = mark();
  publish_for(asked_.duration);
  found_.measured = since(start, mark());
  found_.redis = since(redis, ask_redis());
  drain();
}

// Connections are numbered group by group: its members, then the publishers
// that have connections of their own.
void run::open_next() {
  const auto own = asked_.separate_publishers() ? asked_.publishers : 0;
  const auto channel =
    next_ / (asked_.subscribers + own) * asked_.channels_per_connection;
  const auto place = next_ % (asked_.subscribers + own);
  const auto members = shape_of(asked_).members;
  client::role role{.channel = channel};
  if (place < members)
    role.member = channel * members + place;
  const auto first = own > 0 ? asked_.subscribers : 0;
  const bool publishes = place >= first && place < first + asked_.publishers;
  if (publishes)
    role.publisher = channel * asked_.publishers + place - first;
  const bool separate = own > 0 && publishes;
  role.timed = !separate;
  const auto& nodes =
    separate ? asked_.publish_addresses : asked_.node_addresses;
  auto& made =
    fleet_.open(role, separate ? asked_.publish_with() : asked_.member_protocol,
                nodes[next_ % nodes.size()]);
  for (unsigned i = 0; publishes && i < asked_.channels_per_connection; ++i)
    publishers_[role.publisher + i * asked_.publishers] = &made;
  if (!publishes)
    members_.push_back(&made);
  ++next_;
}

bool run::connect() {
  const auto own = asked_.separate_publishers() ? asked_.publishers : 0;
  const auto wanted = asked_.groups() * (asked_.subscribers + own);
  const auto start = mark();
  const auto deadline = steady_now() + connect_deadline;
  while ((next_ < wanted || fleet_.connecting() > 0)
         && steady_now() < deadline) {
    while (next_ < wanted && fleet_.connecting() < asked_.connecting)
      open_next();
    turn(deadline);
  }
  found_.connecting = since(start, mark());
  return fleet_.so_far().opened == wanted;
}

void run::churn() {
  const auto at_once = std::size_t{asked_.groups()} * asked_.subscribers;
  const auto start = mark();
  const auto deadline = steady_now() + asked_.churn * second / 100 + silence;
  std::deque<client*> present;
  for (std::uint32_t made = 0;
       made < asked_.churn && steady_now() < deadline;) {
    while (made < asked_.churn && fleet_.connecting() < asked_.connecting) {
      const auto channel =
        made % asked_.groups() * asked_.channels_per_connection;
      const client::role role{.channel = channel, .member = channel};
      const auto& nodes = asked_.node_addresses;
      present.push_back(
        &fleet_.open(role, asked_.member_protocol, nodes[made % nodes.size()]));
      ++made;
    }
    turn(steady_now() + second);
    while (present.size() > at_once && present.front()->ready) {
      // Alternate between both ways to leave: a close frame, and a reset.
      fleet_.close(*present.front(), present.size() % 2 == 0);
      present.pop_front();
    }
  }
  while (fleet_.connecting() > 0 && steady_now() < deadline)
    turn(steady_now() + second);
  found_.connecting = since(start, mark());
  for (auto* each : present)
    fleet_.close(*each, false);
  rest(std::max(asked_.settle, 2.0));
  found_.after = server_usage::of(asked_.server_pids);
}

void run::publish_for(double seconds) {
  const auto deadline = after(seconds);
  if (asked_.rate > 0)
    next_due_ = static_cast<double>(steady_now());
  else
    for (std::uint32_t i = 0; i < publishers_.size(); ++i)
      with_room_.push_back(i);
  last_delivery_ = steady_now();
  while (steady_now() < deadline) {
    auto until = deadline;
    if (!publishers_.empty() && asked_.rate > 0) {
      publish_due(steady_now());
      until = std::min(until, static_cast<std::uint64_t>(next_due_));
    } else {
      publish_where_room();
      rescue_from_stall(steady_now());
    }
    turn(until);
  }
  with_room_.clear();
}

void run::publish_due(std::uint64_t now) {
  for (; next_due_ <= static_cast<double>(now);
       next_due_ += 1e9 / asked_.rate) {
    publish(turns_[next_turn_], static_cast<std::uint64_t>(next_due_));
    next_turn_ = (next_turn_ + 1) % turns_.size();
  }
}

void run::publish_where_room() {
  for (const auto publisher : with_room_)
    while (ledger_.has_room(publisher))
      publish(publisher, steady_now());
  with_room_.clear();
}

void run::publish(std::uint32_t publisher, std::uint64_t time) {
  auto* from = publishers_[publisher];
  const auto mark = ledger_.sent(publisher, time);
  if (from == nullptr || from->descriptor() < 0)
    return;
  mark.write(std::span<char, stamp::size>{payload_.data(), stamp::size});
  from->speaks().publish(publisher / asked_.publishers - from->as().channel,
                         payload_, from->output());
  fleet_.flush_later(*from);
}

void run::rescue_from_stall(std::uint64_t now) {
  if (publishers_.empty() || now - last_delivery_ < silence)
    return;
  ledger_.forget_in_flight();
  for (std::uint32_t i = 0; i < publishers_.size(); ++i)
    with_room_.push_back(i);
  last_delivery_ = now;
}

void run::drain() {
  last_delivery_ = steady_now();
  while (ledger_.sums().received < ledger_.sums().expected
         && steady_now() < last_delivery_ + silence)
    turn(last_delivery_ + silence);
}

void run::rest(double seconds) {
  const auto deadline = after(seconds);
  while (steady_now() < deadline)
    turn(deadline);
}

void run::turn(std::uint64_t deadline) {
  const auto& sums = ledger_.sums();
  const auto before = sums.received;
  now_ = steady_now();
  fleet_.turn(std::min(deadline, now_ + second));
  now_ = steady_now();
  if (sums.received != before)
    last_delivery_ = now_;
  if (now_ < next_word_)
    return;
  next_word_ = now_ + second;
  say_(fmt::format("connections {} published {} received {} of {}",
                   fleet_.so_far().opened, sums.sent, sums.received,
                   sums.expected));
}

std::optional<redis_usage> run::ask_redis() const {
  if (!asked_.redis_address)
    return std::nullopt;
  return redis_usage::of(*asked_.redis_address);
}

std::optional<redis_usage> run::since(const std::optional<redis_usage>& start,
                                      const std::optional<redis_usage>& end) {
  if (!start || !end)
    return std::nullopt;
  return end->since(*start);
}

findings::stretch run::mark() const {
  return {.time = steady_now(),
          .server_cpu = server_usage::of(asked_.server_pids).cpu,
          .own_cpu = own_cpu(),
          .published = ledger_.sums().sent,
          .delivered = ledger_.sums().received};
}

findings::stretch run::since(const findings::stretch& start,
                             const findings::stretch& end) {
  return {.time = end.time - start.time,
          .server_cpu = end.server_cpu - start.server_cpu,
          .own_cpu = end.own_cpu - start.own_cpu,
          .published = end.published - start.published,
          .delivered = end.delivered - start.delivered};
}

} // namespace rookery::bench
