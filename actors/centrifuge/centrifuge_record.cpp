// What centrifuge_connection puts on record.
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/client/loop_services.hpp"

#include <utility>

namespace rookery {

void centrifuge_connection::note(journal_kind what, std::string_view channel,
                                 std::uint32_t code, std::string_view reason) {
  // Which is to ask the kernel: of a known client it was done before.
  const auto is_new =
    what == journal_kind::connected || what == journal_kind::closed
    || (what == journal_kind::refused && phase_ != phase::connected);
  const auto address = is_new ? socket().remote_address() : std::string{};
  home()->record().note(
    {what, id(), identity_.user, channel, address, code, reason});
}

void centrifuge_connection::note_unsubscribed(std::string_view channel,
                                              centrifuge_unsubscribe code) {
  note(journal_kind::unsubscribed, channel, static_cast<std::uint32_t>(code),
       reason_of(code));
}

void centrifuge_connection::note_closed(close_reason reason) {
  const auto [code, text] = status_for(reason);
  const auto is_told = reason != close_reason::peer_gone;
  note(journal_kind::closed, {}, is_told ? code : 0,
       is_told && !text.empty() ? text : to_string(reason));
}

void centrifuge_connection::note_refused(std::string_view channel,
                                         const centrifuge_refusal& why) {
  if (const auto* reason = std::get_if<close_reason>(&why)) {
    const auto [code, text] = status_for(*reason);
    note(journal_kind::refused, channel, code, text);
  } else {
    const auto error = error_of(std::get<centrifuge_fault>(why));
    note(journal_kind::refused, channel, error.code, error.message);
  }
}

void centrifuge_connection::refuse(std::uint32_t id, std::string_view channel,
                                   const centrifuge_refusal& why) {
  note_refused(channel, why);
  refuse(id, why);
}

void centrifuge_connection::count_open() {
  is_counted_ = true;
  ++meter();
}

void centrifuge_connection::count_closed() {
  if (std::exchange(is_counted_, false))
    --meter();
}

std::uint64_t& centrifuge_connection::meter() const {
  return home()
    ->record()
    .meters.connections[static_cast<std::size_t>(client_protocol::centrifuge)];
}

member_facts centrifuge_connection::facts() const {
  member_facts result{id(), identity_.user};
  if (!gone_) {
    const auto& box = const_cast<centrifuge_connection*>(this)->socket();
    result.queued_bytes = box.queued_bytes();
    result.ending = box.ending();
  }
  return result;
}

} // namespace rookery
