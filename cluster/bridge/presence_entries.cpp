#include "cluster/bridge/presence_entries.hpp"

#include "actors/message/envelope.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "cluster/bus/membership_event.hpp"

namespace rookery {

namespace {

/// The first character of a text: whether joins and leaves are published.
constexpr char tells = '+';
constexpr char silent = '-';

std::string message_of(publication_event event, std::string_view channel,
                       const present_client& who) {
  const auto what = make_membership_event(channel, event, who);
  return wrap(what->kind(), what->data(), what->fields());
}

/// Returns user, info, join message and leave message.
std::vector<std::string> words_of(std::string_view name,
                                  const std::string& text) {
  const auto end = name.find('\n');
  const auto channel = name.substr(0, end);
  auto info = text.substr(1);
  const present_client who{std::string{name.substr(end + 1)},
                           read_presence_info(info)};
  if (text.front() != tells)
    return {who.info.user, std::move(info), {}, {}};
  return {who.info.user, std::move(info),
          message_of(publication_event::join, channel, who),
          message_of(publication_event::leave, channel, who)};
}

} // namespace

lease_kind make_presence_kind(const redis_keys& keys) {
  return {presence_lease_scripts(),
          {keys.leases()},
          {time_to_live(lease_ttl), keys.node_entries({}), keys.pubsub({}),
           keys.entries(), keys.users()},
          words_of,
          [](std::string_view) { return false; },
          false};
}

std::string presence_name(std::string_view channel, std::string_view client) {
  return std::string{channel}.append("\n").append(client);
}

std::string presence_text(const presence_enter& what) {
  std::string result(1, what.tells ? tells : silent);
  append_field(result, field_tag::user, what.who.info.user);
  append_field(result, field_tag::conn_info, what.who.info.conn_info);
  append_field(result, field_tag::chan_info, what.who.info.chan_info);
  return result;
}

presence_info read_presence_info(std::string_view bytes) {
  if (!is_field_list(bytes))
    return {};
  const publication_fields fields{bytes};
  return {std::string{fields.find(field_tag::user)},
          std::string{fields.find(field_tag::conn_info)},
          std::string{fields.find(field_tag::chan_info)}};
}

} // namespace rookery
