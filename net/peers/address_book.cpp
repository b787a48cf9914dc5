#include "net/peers/address_book.hpp"

#include <algorithm>
#include <random>

namespace rookery {

namespace {

/// Records looked at when an address is added, to forget those that are over:
/// more than one, so that they are found before memory grows.
constexpr int looks = 4;

std::uint64_t random_seed() {
  std::random_device source;
  return std::uint64_t{source()} << 32 | source();
}

} // namespace

std::size_t address_book::key_hash::operator()(const key& of) const noexcept {
  // The seed keeps clients from choosing addresses that collide.
  auto mixed = of.bits ^ seed ^ (of.is_v4 ? 0x9e3779b97f4a7c15 : 0);
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  return static_cast<std::size_t>(mixed ^ mixed >> 31);
}

address_book::address_book(const address_limits& limits)
  : limits_{limits}, places_{0, key_hash{random_seed()}}, records_(1) {}

address_book::entry_result address_book::enter(const ip_address& from,
                                               time_point now) {
  const std::scoped_lock lock{mutex_};
  const auto where = find_or_add(from, now);
  auto& found = records_[where];
  if (!found.bad_tokens.has_token(now, limits_.bad_tokens))
    return {address_refusal::bad_tokens};
  if (limits_.connections > 0 && found.connections >= limits_.connections)
    return {address_refusal::connections};
  if (!found.handshakes.take(now, limits_.handshakes))
    return {address_refusal::handshakes};
  quiet_ -= found.connections == 0;
  ++found.connections;
  return {address_refusal::none, where};
}

void address_book::leave(place where) noexcept {
  if (where == 0)
    return;
  const std::scoped_lock lock{mutex_};
  quiet_ += --records_[where].connections == 0;
}

bool address_book::note_bad_token(const ip_address& from, time_point now) {
  const std::scoped_lock lock{mutex_};
  return records_[find_or_add(from, now)].bad_tokens.take(now,
                                                          limits_.bad_tokens);
}

std::size_t address_book::size() const {
  const std::scoped_lock lock{mutex_};
  return places_.size();
}

address_book::key address_book::key_of(const ip_address& from) noexcept {
  const auto is_v4 = from.is_v4();
  const auto* begin = from.bytes.data() + (is_v4 ? 12 : 0);
  key result{0, is_v4};
  for (const auto* byte = begin; byte != begin + (is_v4 ? 4 : 8); ++byte)
    result.bits = result.bits << 8 | *byte;
  return result;
}

address_book::place address_book::find_or_add(const ip_address& from,
                                              time_point now) {
  const auto wanted = key_of(from);
  if (const auto found = places_.find(wanted); found != places_.end())
    return found->second;
  const auto where = take_free(now);
  records_[where] = {wanted, true};
  places_.emplace(wanted, where);
  ++quiet_;
  return where;
}

address_book::place address_book::take_free(time_point now) {
  const auto may_replace = quiet_ >= max_quiet;
  // With that many quiet ones a few steps find one, unless nearly all records
  // have connections: then the book grows with those.
  const auto steps = may_replace ? std::max<std::size_t>(records_.size(), 1)
                                 : static_cast<std::size_t>(looks);
  for (std::size_t i = 0; i < steps; ++i) {
    hand_ = hand_ + 1 < records_.size() ? hand_ + 1 : 0;
    const auto& seen = records_[hand_];
    if (!is_quiet(seen))
      continue;
    const auto is_over =
      seen.handshakes.is_full(now) && seen.bad_tokens.is_full(now);
    if (is_over || may_replace)
      forget(hand_);
    if (may_replace)
      break;
  }
  if (free_.empty()) {
    records_.emplace_back();
    return static_cast<place>(records_.size() - 1);
  }
  const auto result = free_.back();
  free_.pop_back();
  return result;
}

bool address_book::is_quiet(const record& which) const noexcept {
  return which.is_used && which.connections == 0;
}

void address_book::forget(place which) {
  places_.erase(records_[which].of);
  records_[which] = {};
  free_.push_back(which);
  --quiet_;
}

} // namespace rookery
