#include "cluster/bus/membership_event.hpp"

namespace rookery {

publication_ptr make_membership_event(std::string_view channel,
                                      publication_event event,
                                      const present_client& who) {
  std::string fields;
  append_field(fields, field_tag::event,
               std::string(1, static_cast<char>(event)));
  const auto append = [&fields](field_tag tag, std::string_view value) {
    if (!value.empty())
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
