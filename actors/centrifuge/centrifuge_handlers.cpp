// The commands of centrifuge_connection behind connect, and what the bus
// answers to them.
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/message/publication_fields.hpp"
#include "actors/runtime/short_clock.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// Publications of one history answer, at most.
constexpr std::uint32_t longest_answer = 300;

/// Bytes of what a publication tells of its publisher: the bus adds to it.
constexpr std::size_t max_publisher_fields = longest_field / 2;

/// Beside a command's id in a ticket: only numbers were asked for.
constexpr std::uint64_t stats_only = std::uint64_t{1} << 32;

constexpr auto temporary = centrifuge_fault::internal;

centrifuge_fault fault_of(const publish_outcome& result) noexcept {
  return result.problem == publish_problem::overloaded
           ? centrifuge_fault::too_many_requests
           : temporary;
}

std::string publisher_fields(const centrifuge_identity& who,
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

void centrifuge_connection::handle(std::uint32_t, const pong&) {
  if (!std::exchange(is_pinged_, false))
    return end(close_reason::bad_request);
  round_trip_ = std::max(1U, now_in_microseconds() - pinged_at_);
}

void centrifuge_connection::handle(std::uint32_t id, const ping_request&) {
  fail(id, centrifuge_fault::not_available);
}

void centrifuge_connection::handle(std::uint32_t, const send_request&) {
  end(close_reason::not_available);
}

std::optional<centrifuge_refusal>
centrifuge_connection::check(const subscribe_request& request) noexcept {
  if (!request.delta.empty() && request.delta != "fossil")
    return close_reason::bad_request;
  if (const auto refused =
        check_client_channel(services_.names, request.channel))
    return refused;
  if (request.has_tag_filter)
    return centrifuge_fault::bad_request;
  if (request.type != 0)
    return centrifuge_fault::permission_denied;
  if (channels_.find(request.channel))
    return centrifuge_fault::already_subscribed;
  if (channels_.size() >= services_.rules.channels_per_client)
    return centrifuge_fault::limit_exceeded;
  return std::nullopt;
}

claims_or_refusal<subscription_grant>
centrifuge_connection::judge(const subscribe_request& request) const {
  const auto& options = services_.names.of(request.channel);
  if (request.token.empty()) {
    if (services_.rules.insecure
        || may_subscribe({options, request.channel, identity_.user}))
      return grant_of(options, {});
    return centrifuge_refusal{centrifuge_fault::permission_denied};
  }
  const auto judged =
    judge_subscribe(services_, request.token, request.channel, identity_);
  const auto* claims = std::get_if<subscription_claims>(&judged);
  if (!claims)
    return std::get<centrifuge_refusal>(judged);
  auto grant = grant_of(options, claims->overrides);
  grant.info = claims->info.bytes;
  grant.expires_at = claims->expires_at;
  return grant;
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const subscribe_request& request) {
  if (const auto refused = check(request))
    return refuse(id, request.channel, *refused);
  if (request.token.empty()
      && services_.names.of(request.channel).hook_subscribe)
    return ask_subscribe(id, request);
  auto judged = judge(request);
  if (const auto* refused = std::get_if<centrifuge_refusal>(&judged))
    return refuse(id, request.channel, *refused);
  auto wishes = wishes_of(request);
  auto channel = std::make_unique<client_channel>(
    request.channel, std::move(std::get<subscription_grant>(judged)), wishes);
  channel->command = id;
  channels_.add(std::move(channel), std::move(wishes.from));
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const unsubscribe_request& request) {
  if (request.channel.empty())
    return end(close_reason::bad_request);
  if (auto* channel = channels_.find(request.channel)) {
    note(journal_kind::unsubscribed, request.channel);
    give_up(*channel);
  }
  reply(id, unsubscribe_result{});
}

/// Ends a subscription, also one that waits for its channel.
void centrifuge_connection::give_up(client_channel& which) {
  const auto was_waiting = !which.is_in;
  const auto was_server_side = which.is_server_side;
  // As if it had been let in just before.
  if (was_waiting && !was_server_side)
    reply(which.command, subscribe_result{});
  channels_.remove(which, leave_cause::unsubscribed());
  if (was_waiting && was_server_side && connecting_)
    end_server_side_wait();
}

bool centrifuge_connection::may(bool channel_options::*allowed,
                                std::string_view channel) {
  const auto* own = channels_.find(channel);
  return services_.rules.insecure
         || rookery::may(allowed, {services_.names.of(channel), channel,
                                   identity_.user, own && own->is_in});
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const publish_request& request) {
  if (request.data.empty())
    return end(close_reason::bad_request);
  if (const auto refused =
        check_client_channel(services_.names, request.channel))
    return refuse(id, *refused);
  if (services_.names.of(request.channel).hook_publish)
    return ask_publish(id, request);
  if (!may(&channel_options::allow_publish, request.channel))
    return fail(id, centrifuge_fault::permission_denied);
  if (waiting_ >= max_waiting)
    return fail(id, centrifuge_fault::too_many_requests);
  publish(id, request.channel, request.data, payload_kind::text,
          history_use::keep);
}

void centrifuge_connection::publish(std::uint32_t id, std::string_view channel,
                                    std::string_view data, payload_kind kind,
                                    history_use use) {
  const auto* own = channels_.find(channel);
  const auto fields =
    publisher_fields(identity_, own ? std::string_view{own->info} : "");
  if (fields.size() > max_publisher_fields)
    return fail(id, centrifuge_fault::limit_exceeded);
  ++waiting_;
  const auto refused = services_.shared.bus.publish(
    self_ptr(),
    publication::make(channel, data, kind, publication_fields{fields}), id,
    acknowledge::always, {}, use);
  if (refused)
    publish_answered(*refused);
}

void centrifuge_connection::publish_answered(const publish_outcome& result) {
  --waiting_;
  if (is_over())
    return;
  const auto id = static_cast<std::uint32_t>(result.ticket);
  if (result.verdict == publish_verdict::accepted)
    reply(id, publish_result{});
  else
    fail(id, fault_of(result));
  flush();
}

std::optional<centrifuge_refusal>
centrifuge_connection::check_reader(std::string_view channel, bool is_kept,
                                    bool channel_options::*allowed) {
  if (const auto refused = check_client_channel(services_.names, channel))
    return refused;
  if (!is_kept)
    return centrifuge_fault::not_available;
  if (!may(allowed, channel))
    return centrifuge_fault::permission_denied;
  if (waiting_ >= max_waiting)
    return centrifuge_fault::too_many_requests;
  return std::nullopt;
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const presence_request& request) {
  ask_presence(id, request.channel, longest_presence, id);
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const presence_stats_request& request) {
  ask_presence(id, request.channel, 0, id | stats_only);
}

void centrifuge_connection::ask_presence(std::uint32_t id,
                                         std::string_view channel,
                                         std::uint32_t limit,
                                         std::uint64_t ticket) {
  const auto* own = channels_.find(channel);
  const auto is_kept =
    own ? own->keeps_presence : services_.names.of(channel).presence;
  if (const auto refused =
        check_reader(channel, is_kept, &channel_options::allow_presence))
    return refuse(id, *refused);
  ++waiting_;
  services_.shared.bus.ask(self_ptr(), {std::string{channel}, limit, ticket});
}

void centrifuge_connection::presence_answered(const presence_answer& answer) {
  --waiting_;
  if (is_over())
    return;
  const auto id = static_cast<std::uint32_t>(answer.ticket);
  if (!answer.page) {
    fail(id, temporary);
  } else if (answer.ticket & stats_only) {
    const auto& stats = answer.page->stats;
    reply(id, presence_stats_result{static_cast<std::uint32_t>(stats.clients),
                                    static_cast<std::uint32_t>(stats.users)});
  } else {
    std::vector<client_info> clients;
    for (const auto& each : answer.page->clients)
      clients.push_back({each.info.user, each.client, each.info.conn_info,
                         each.info.chan_info});
    reply(id, presence_result{clients});
  }
  flush();
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const client_history_request& request) {
  const auto is_kept = services_.names.of(request.channel).history.keeps();
  if (const auto refused =
        check_reader(request.channel, is_kept, &channel_options::allow_history))
    return refuse(id, *refused);
  if (request.reverse && request.since && request.since->offset == 0)
    return fail(id, centrifuge_fault::bad_request);
  history_query query{std::string{request.channel}, {}, id};
  auto& range = query.what.range;
  range.limit = request.limit < 0
                  ? longest_answer
                  : std::min<std::uint32_t>(
                    static_cast<std::uint32_t>(request.limit), longest_answer);
  range.reverse = request.reverse;
  if (request.since) {
    range.since = request.since->offset;
    if (!request.since->epoch.empty())
      epochs_.emplace_back(id, request.since->epoch);
  }
  ++waiting_;
  services_.shared.bus.read(self_ptr(), std::move(query));
}

void centrifuge_connection::history_answered(const history_answer& answer) {
  --waiting_;
  if (is_over())
    return;
  const auto id = static_cast<std::uint32_t>(answer.ticket);
  std::string epoch;
  const auto asked =
    std::ranges::find(epochs_, id, [](const auto& each) { return each.first; });
  if (asked != epochs_.end()) {
    epoch = std::move(asked->second);
    epochs_.erase(asked);
  }
  if (!answer.page) {
    fail(id, temporary);
  } else if (!epoch.empty() && epoch != answer.page->top.epoch) {
    fail(id, centrifuge_fault::unrecoverable_position);
  } else {
    const auto& page = *answer.page;
    const auto publications = views_of(page.publications);
    reply(id, history_result{publications, page.top.epoch, page.top.offset});
  }
  flush();
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const refresh_request& request) {
  const auto judged = judge_refresh(services_, request.token, identity_.user);
  const auto* claims = std::get_if<connection_claims>(&judged);
  if (!claims)
    return refuse(id, std::get<centrifuge_refusal>(judged));
  identity_.conn_info = claims->info.bytes;
  expires_at_ = claims->expires_at;
  if (hooked_)
    hooked_->is_guarded = false;
  refresh_result result;
  result.client = identity_.client;
  result.version = services_.rules.version;
  if (expires_at_) {
    result.expires = true;
    result.ttl = ttl_of(*expires_at_, now());
  }
  reply(id, result);
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const sub_refresh_request& request) {
  if (request.channel.empty())
    return end(close_reason::bad_request);
  auto* channel = channels_.find(request.channel);
  if (!channel)
    return fail(id, centrifuge_fault::permission_denied);
  const auto judged =
    judge_sub_refresh(services_, request.token, request.channel, identity_);
  const auto* claims = std::get_if<subscription_claims>(&judged);
  if (!claims)
    return refuse(id, std::get<centrifuge_refusal>(judged));
  channel->expires_at = claims->expires_at;
  channel->is_guarded = false;
  sub_refresh_result result;
  if (channel->expires_at) {
    result.expires = true;
    result.ttl = ttl_of(*channel->expires_at, now());
  }
  reply(id, result);
  if (channel->info == claims->info.bytes)
    return;
  channel->info = claims->info.bytes;
  if (channel->is_present)
    channels_.enter(*channel);
}

} // namespace rookery
