#include "cluster/bus/membership_event.hpp"

#include "actors/message/envelope.hpp"

namespace rookery {

namespace {

/// The bytes of a field besides its value.
constexpr std::size_t header_size = 3;

std::string event_field(publication_event event) {
  std::string result;
  append_field(result, field_tag::event,
               std::string(1, static_cast<char>(event)));
  return result;
}

} // namespace

publication_ptr make_removal_event(std::string_view channel) {
  const auto fields = event_field(publication_event::cleared);
  return publication::make(channel, {}, payload_kind::text,
                           publication_fields{fields});
}

publication_ptr make_membership_event(std::string_view channel,
                                      publication_event event,
                                      const present_client& who) {
  auto fields = event_field(event);
  // An info without room for it is left out, as it is in publications.
  const auto append = [&fields](field_tag tag, std::string_view value) {
    const auto size = fields.size() + header_size + value.size();
    if (!value.empty() && size <= longest_fields)
      append_field(fields, tag, value);
  };
  append(field_tag::user, who.info.user);
  append(field_tag::client, who.client);
  append(field_tag::conn_info, who.info.conn_info);
  append(field_tag::chan_info, who.info.chan_info);
  return publication::make(channel, {}, payload_kind::text,
                           publication_fields{fields});
}

} // namespace rookery
