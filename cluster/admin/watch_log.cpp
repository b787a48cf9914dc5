#include "cluster/admin/watch_log.hpp"

#include "cluster/admin/admin_rows.hpp"
#include "configs/utf8.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

/// Returns the beginning of `data`, cut between UTF-8 characters.
std::string beginning_of(std::string_view data) {
  auto end = std::min(data.size(), watch_log::excerpt);
  while (end > 0 && end < data.size()
         && (static_cast<unsigned char>(data[end]) & 0xC0) == 0x80)
    --end;
  return std::string{data.substr(0, end)};
}

} // namespace

operator_query watch_log::next() const {
  events_query events;
  events.what.channel = what_.channel;
  events.what.user = what_.user;
  events.what.connection = what_.connection;
  events.what.limit = max_events;
  events.known = known_;
  return {what_.node, {events}};
}

void watch_log::take(const query_answers& answers) {
  self_ = answers.known.self.id;
  for (const auto& part : parts_of(answers, 0)) {
    auto& loops = known_[part.at("node")];
    const std::size_t loop = part.at("loop");
    if (loops.size() <= loop)
      loops.resize(loop + 1);
    loops[loop] = part.at("last");
  }
  auto events = join_events(answers, 0, max_events);
  for (auto each = events.rbegin(); each != events.rend(); ++each)
    add(std::move(*each));
}

void watch_log::take(const publication& what, std::chrono::milliseconds now) {
  admin_json event{
    {"what", "published"},
    {"node", self_},
    {"at", now.count()},
    {"offset", what.offset() == 0 ? admin_json() : admin_json(what.offset())},
    {"bytes", what.data().size()}};
  if (is_valid_utf8(what.data()))
    event["text"] = beginning_of(what.data());
  add(std::move(event));
}

void watch_log::add(admin_json event) {
  if (events_.size() < max_events)
    events_.push_back(std::move(event));
  else
    ++skipped_;
}

admin_json watch_log::tell() {
  admin_json result{
    {"topic", "watch"}, {"events", std::move(events_)}, {"skipped", skipped_}};
  events_ = admin_json::array();
  skipped_ = 0;
  return result;
}

} // namespace rookery
