// What plain_connection puts on record.
#include "actors/client/loop_services.hpp"
#include "actors/plain/plain_connection.hpp"

#include <utility>

namespace rookery {

void plain_connection::note(journal_kind what, std::uint32_t code,
                            std::string_view reason) {
  // While it subscribes the kernel would have to be asked, and it was told
  // before.
  const auto address =
    what == journal_kind::connected || what == journal_kind::closed
      ? socket().remote_address()
      : std::string{};
  const auto user = bearer_ ? bearer_->user() : std::string_view{};
  home()->record().note({what, id(), user, channel_, address, code, reason});
}

void plain_connection::note_closed(close_reason reason) {
  const auto [code, text] = status_for(reason);
  const auto is_told = reason != close_reason::peer_gone;
  note(journal_kind::closed, is_told ? code : 0,
       is_told && !text.empty() ? text : to_string(reason));
}

void plain_connection::count_open() {
  is_counted_ = true;
  ++meter();
}

void plain_connection::count_closed() {
  if (std::exchange(is_counted_, false))
    --meter();
}

std::uint64_t& plain_connection::meter() const {
  const auto protocol =
    form_ == wire::sse ? client_protocol::sse : client_protocol::plain;
  return home()
    ->record()
    .meters.connections[static_cast<std::size_t>(protocol)];
}

member_facts plain_connection::facts() const {
  member_facts result{id(), bearer_ ? bearer_->user() : std::string_view{}};
  if (!gone_) {
    const auto& box = const_cast<plain_connection*>(this)->socket();
    result.queued_bytes = box.queued_bytes();
    result.ending = box.ending();
  }
  return result;
}

} // namespace rookery
