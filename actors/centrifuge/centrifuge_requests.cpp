#include "actors/centrifuge/centrifuge_requests.hpp"

#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/client/permissions.hpp"
#include "actors/message/publication_fields.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// The maximum number of publications in one history answer.
constexpr std::uint32_t longest_answer = 300;

/// The maximum bytes of the publisher's fields in a publication; the bus adds
/// more.
constexpr std::size_t max_publisher_fields = longest_field / 2;

/// The bytes that an answer with publications or clients is expected to have at
/// most: a client spends credit for them.
constexpr std::size_t answer_bytes = 1024 * 1024;

/// Flag beside a command's id in a ticket: only the numbers are wanted.
constexpr std::uint64_t stats_only = std::uint64_t{1} << 32;

constexpr auto temporary = centrifuge_fault::internal;
constexpr auto overloaded = centrifuge_fault::too_many_requests;

centrifuge_fault fault_of(const publish_outcome& result) noexcept {
  return result.problem == publish_problem::overloaded ? overloaded : temporary;
}

std::string publisher_fields(const client_identity& who,
                             std::string_view chan_info) {
  std::string result;
  const auto add = [&](field_tag tag, std::string_view value) {
    if (!value.empty() && value.size() <= longest_field)
      append_field(result, tag, value);
  };
  add(field_tag::user, who.user);
  add(field_tag::client, who.client);
  add(field_tag::conn_info, who.conn_info);
  add(field_tag::chan_info, chan_info);
  return result;
}

} // namespace

centrifuge_requests::kept& centrifuge_requests::keep() {
  if (!kept_)
    kept_ = std::make_unique<kept>();
  return *kept_;
}

bool centrifuge_requests::is_subscribed(
  std::string_view channel) const noexcept {
  const auto* own = client_.channels().find(channel);
  return own && own->is_in;
}

bool centrifuge_requests::is_kept(std::string_view channel) const noexcept {
  return history_of(client_.services().names.of(channel)).keeps();
}

bool centrifuge_requests::may(bool channel_options::*allowed,
                              std::string_view channel) const {
  const auto& services = client_.services();
  return services.rules.insecure
         || rookery::may(allowed, {services.names.of(channel), channel,
                                   client_.user(), is_subscribed(channel)});
}

void centrifuge_requests::carry_out(std::uint32_t id,
                                    const publish_request& request) {
  const auto& names = client_.services().names;
  if (request.data.empty())
    return client_.end(close_reason::bad_request);
  if (const auto refused = check_client_channel(names, request.channel))
    return client_.refuse(id, *refused);
  if (names.of(request.channel).hook_publish)
    return ask_publish(id, request);
  if (!may(&channel_options::allow_publish, request.channel))
    return client_.fail(id, centrifuge_fault::permission_denied);
  publish(id, request.channel, request.data, payload_kind::text,
          history_use::keep);
}

void centrifuge_requests::publish(std::uint32_t id, std::string_view channel,
                                  std::string_view data, payload_kind kind,
                                  history_use use) {
  const auto* own = client_.channels().find(channel);
  const auto fields = publisher_fields(client_.identity(),
                                       own ? std::string_view{own->info} : "");
  if (fields.size() > max_publisher_fields)
    return client_.fail(id, centrifuge_fault::limit_exceeded);
  if (use == history_use::keep && is_kept(channel)
      && !client_.admits_channel(channel))
    return client_.fail(id, overloaded);
  auto next =
    publication::make(channel, data, kind, publication_fields{fields});
  auto spent = client_.spend(client_.credits().publishes, next->cost());
  client_.services().shared.bus.publish(client_.self_ptr(), std::move(spent),
                                        std::move(next), id,
                                        acknowledge::always, use);
}

void centrifuge_requests::answered(const publish_outcome& result) {
  if (client_.is_over())
    return;
  const auto id = static_cast<std::uint32_t>(result.ticket);
  // The first one in its history.
  if (result.position.offset == 1)
    client_.count_new_channel();
  if (result.verdict == publish_verdict::accepted)
    client_.reply(id, publish_result{});
  else
    client_.fail(id, fault_of(result));
  client_.flush();
}

/// Queues a publish command that the backend decides about.
void centrifuge_requests::ask_publish(std::uint32_t id,
                                      const publish_request& request) {
  const auto open = unlocked(client_.services().names.of(request.channel),
                             &channel_options::allow_publish);
  if (!client_.has_hook(hook_kind::publish)
      || !rookery::may(&channel_options::allow_publish,
                       {open, request.channel, client_.user(),
                        is_subscribed(request.channel)}))
    return client_.fail(id, centrifuge_fault::permission_denied);
  auto& state = keep();
  state.publishes.push_back(
    {id, std::string{request.channel}, std::string{request.data},
     client_.spend(client_.credits().questions,
                   request.channel.size() + request.data.size())});
  if (state.publishes.size() == 1)
    ask_next_publish();
}

void centrifuge_requests::ask_next_publish() {
  while (kept_ && !kept_->publishes.empty() && !client_.is_over()) {
    const auto& next = kept_->publishes.front();
    if (client_.ask<publish_grant>(
          publish_question{client_.subject(), next.channel, next.data}, {},
          [this](hook_answer<publish_grant> answer) {
            take(std::move(answer));
          }))
      return;
    client_.fail(take_publish().command, overloaded);
  }
}

centrifuge_requests::asked_publish centrifuge_requests::take_publish() {
  auto result = std::move(kept_->publishes.front());
  kept_->publishes.pop_front();
  return result;
}

void centrifuge_requests::take(hook_answer<publish_grant> answer) {
  if (!kept_)
    return;
  const auto what = take_publish();
  if (const auto* grant = client_.take_grant(what.command, answer)) {
    const auto use =
      grant->skips_history ? history_use::skip : history_use::keep;
    if (const auto& data = grant->data)
      publish(what.command, what.channel, data->bytes,
              data->is_json ? payload_kind::text : payload_kind::binary, use);
    else
      publish(what.command, what.channel, what.data, payload_kind::text, use);
  }
  ask_next_publish();
}

std::optional<centrifuge_refusal>
centrifuge_requests::check_reader(std::string_view channel, bool is_kept,
                                  bool channel_options::*allowed) const {
  if (const auto refused =
        check_client_channel(client_.services().names, channel))
    return refused;
  if (!is_kept)
    return centrifuge_fault::not_available;
  if (!may(allowed, channel))
    return centrifuge_fault::permission_denied;
  return std::nullopt;
}

void centrifuge_requests::carry_out(std::uint32_t id,
                                    const presence_request& request) {
  ask_presence(id, request.channel, longest_presence, id);
}

void centrifuge_requests::carry_out(std::uint32_t id,
                                    const presence_stats_request& request) {
  ask_presence(id, request.channel, 0, id | stats_only);
}

void centrifuge_requests::ask_presence(std::uint32_t id,
                                       std::string_view channel,
                                       std::uint32_t limit,
                                       std::uint64_t ticket) {
  const auto& services = client_.services();
  const auto* own = client_.channels().find(channel);
  const auto is_kept =
    own ? own->keeps_presence : services.names.of(channel).presence;
  if (const auto refused =
        check_reader(channel, is_kept, &channel_options::allow_presence))
    return client_.refuse(id, *refused);
  services.shared.bus.ask(
    client_.self_ptr(),
    {std::string{channel}, limit, ticket,
     client_.spend(client_.credits().reads, limit > 0 ? answer_bytes : 0)});
}

void centrifuge_requests::answered(const presence_answer& answer) {
  if (client_.is_over())
    return;
  const auto id = static_cast<std::uint32_t>(answer.ticket);
  if (!answer.page) {
    client_.fail(id, temporary);
  } else if (answer.ticket & stats_only) {
    const auto& stats = answer.page->stats;
    client_.reply(
      id, presence_stats_result{static_cast<std::uint32_t>(stats.clients),
                                static_cast<std::uint32_t>(stats.users)});
  } else {
    std::vector<client_info> clients;
    for (const auto& each : answer.page->clients)
      clients.push_back({each.info.user, each.client, each.info.conn_info,
                         each.info.chan_info});
    client_.reply(id, presence_result{clients});
  }
  client_.flush();
}

void centrifuge_requests::carry_out(std::uint32_t id,
                                    const client_history_request& request) {
  const auto& services = client_.services();
  if (const auto refused =
        check_reader(request.channel, is_kept(request.channel),
                     &channel_options::allow_history))
    return client_.refuse(id, *refused);
  if (!client_.admits_channel(request.channel))
    return client_.fail(id, overloaded);
  if (request.reverse && request.since && request.since->offset == 0)
    return client_.fail(id, centrifuge_fault::bad_request);
  history_query query{std::string{request.channel}, {}, id};
  auto& range = query.what.range;
  range.limit = request.limit < 0
                  ? longest_answer
                  : std::min<std::uint32_t>(
                    static_cast<std::uint32_t>(request.limit), longest_answer);
  range.max_bytes = services.rules.max_history_bytes;
  range.reverse = request.reverse;
  if (request.since) {
    range.since = request.since->offset;
    if (!request.since->epoch.empty())
      keep().positions.emplace_back(
        id, stream_position{request.since->offset,
                            std::string{request.since->epoch}});
  }
  query.spent =
    client_.spend(client_.credits().reads, range.limit > 0 ? answer_bytes : 0);
  services.shared.bus.read(client_.self_ptr(), std::move(query));
}

std::optional<stream_position>
centrifuge_requests::take_position(std::uint32_t id) {
  if (!kept_)
    return std::nullopt;
  auto& all = kept_->positions;
  const auto found =
    std::ranges::find(all, id, [](const auto& each) { return each.first; });
  if (found == all.end())
    return std::nullopt;
  auto result = std::move(found->second);
  all.erase(found);
  return result;
}

void centrifuge_requests::answered(const history_answer& answer) {
  if (client_.is_over())
    return;
  const auto id = static_cast<std::uint32_t>(answer.ticket);
  const auto since = take_position(id);
  if (answer.page && answer.page->top.offset == 0)
    client_.count_new_channel();
  if (!answer.page) {
    client_.fail(id, temporary);
  } else if (since && !epochs_of(*answer.page).contain(*since)) {
    client_.fail(id, centrifuge_fault::unrecoverable_position);
  } else if (!std::ranges::all_of(
               answer.page->publications,
               [](const auto& each) { return is_json_text(*each); })) {
    client_.end(close_reason::inappropriate_protocol);
  } else {
    const auto& page = *answer.page;
    const auto publications = views_of(page.publications);
    client_.reply(
      id, history_result{publications, page.top.epoch, page.top.offset});
  }
  client_.flush();
}

void centrifuge_requests::carry_out(std::uint32_t id,
                                    const rpc_request& request) {
  if (!client_.has_hook(hook_kind::rpc))
    return client_.fail(id, centrifuge_fault::not_available);
  const auto is_asked = client_.ask<rpc_grant>(
    rpc_question{client_.subject(), request.method, request.data},
    client_.spend(client_.credits().questions,
                  request.method.size() + request.data.size()),
    [this, id](hook_answer<rpc_grant> answer) {
      if (const auto* grant = client_.take_grant(id, answer))
        client_.reply(id, rpc_result{grant->data});
    });
  if (!is_asked)
    client_.fail(id, overloaded);
}

} // namespace rookery
