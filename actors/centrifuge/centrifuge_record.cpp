// What centrifuge_connection puts on record.
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/client/loop_services.hpp"

#include <utility>

namespace rookery {

void centrifuge_connection::note_unsubscribed(std::string_view channel,
                                              centrifuge_unsubscribe code) {
  note(journal_kind::unsubscribed, channel, static_cast<std::uint32_t>(code),
       reason_of(code));
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

} // namespace rookery
