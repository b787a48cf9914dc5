#include "actors/runtime/loop_actor_base.hpp"

#include "actors/runtime/guarded.hpp"
#include "actors/runtime/loop.hpp"
#include "configs/log.hpp"

#include <cassert>
#include <chrono>

namespace rookery {

namespace {

/// The maximum bytes that are kept of an exception's text.
constexpr std::size_t max_error_text = 256;

std::uint32_t now_in_seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(
    std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

} // namespace

loop_actor_base::loop_actor_base(loop* home, std::uint64_t id)
  : home_{home}, id_{id}, born_{now_in_seconds()} {
  if (home_)
    home_->loop_actors().insert(*this);
}

loop_actor_base::~loop_actor_base() {
  leave_home();
}

snapshot loop_actor_base::inspect() const {
  snapshot result;
  result.kind = kind();
  result.id = id_;
  result.loop = home_ ? home_->index() : 0;
  result.age = std::chrono::seconds{now_in_seconds() - born_};
  result.handled = handled_;
  if (last_error_)
    result.last_error = *last_error_;
  describe(result);
  return result;
}

void loop_actor_base::note_error(std::string_view during,
                                 std::string_view what) noexcept {
  const auto note = [&] {
    what = what.substr(0, max_error_text);
    log::error("actor failed", "kind", kind(), "id", id_, "name", listed_name(),
               "during", during, "error", what);
    auto text = std::string{during}.append(": ").append(what);
    if (home_)
      home_->record().note_error(kind(), id_, listed_name(), text);
    last_error_ = std::make_unique<const std::string>(std::move(text));
  };
  // Without memory for the note, the error is not recorded.
  guarded(note, [](std::string_view) {});
}

bool loop_actor_base::matches(const listing_query& query) const {
  return (query.kind.empty() || query.kind == kind())
         && (!query.is_slow || measure(listing_order::bytes) > 0)
         && is_chosen(query);
}

std::uint64_t loop_actor_base::measure(listing_order order) const {
  return order == listing_order::handled ? handled_ : 0;
}

bool loop_actor_base::is_chosen(const listing_query& query) const {
  return query.user.empty() && query.channel.empty() && query.protocol.empty()
         && query.prefix.empty() && query.names.empty() && !query.has_gaps;
}

void loop_actor_base::leave_home() noexcept {
  if (!is_linked())
    return;
  assert(home_->is_home());
  home_->loop_actors().erase(*this);
}

} // namespace rookery
