// What centrifuge_connection asks backends, and what becomes of the answers.
#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/centrifuge/hook_state.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// What a frame that waits costs besides its bytes.
constexpr std::size_t frame_overhead = 64;

/// What a client that is to be refreshed gets without an answer: an outage of
/// the backend must not cut off everybody.
constexpr std::chrono::seconds respite{60};

constexpr auto overloaded = centrifuge_fault::too_many_requests;

/// Those options with the door open that the backend watches.
channel_options unlocked(channel_options options,
                         bool channel_options::*allowed) noexcept {
  options.*allowed = true;
  options.allow_anonymous = true;
  return options;
}

} // namespace

bool centrifuge_connection::asks(hook_kind kind) const noexcept {
  return services_.hooks && services_.hooks->has(kind);
}

hook_state& centrifuge_connection::hooked() {
  if (!hooked_)
    hooked_ = std::make_unique<hook_state>();
  return *hooked_;
}

hook_subject centrifuge_connection::subject() const noexcept {
  hook_subject result{identity_.client, identity_.user, {}, {}};
  if (hooked_) {
    result.meta = hooked_->meta;
    result.fields = hooked_->fields;
  }
  return result;
}

/// Calls `then` with the answer, unless the connection is over by then, which
/// the answer keeps alive.
template <class Grant, class Then>
auto centrifuge_connection::receiver_of(Then then) {
  return [self = self_ptr(), this, then](hook_answer<Grant> answer) {
    if (is_over())
      return;
    then(std::move(answer));
    flush();
  };
}

/// Returns what the backend grants; null if it does not, which the client is
/// told.
template <class Grant>
Grant*
centrifuge_connection::take(std::uint32_t id, hook_answer<Grant>& answer) {
  if (const auto* error = std::get_if<hook_error>(&answer))
    reply(id, error->error());
  else if (auto* close = std::get_if<dictated_close>(&answer))
    end(std::move(*close));
  return std::get_if<Grant>(&answer);
}

/// Notes that the backend refuses, unless it does not.
template <class Grant>
void centrifuge_connection::note_refused(std::string_view channel,
                                         const hook_answer<Grant>& answer) {
  if (const auto* error = std::get_if<hook_error>(&answer))
    note(journal_kind::refused, channel, error->code, error->message);
  else if (const auto* close = std::get_if<dictated_close>(&answer))
    note(journal_kind::refused, channel, close->code, close->text);
}

void centrifuge_connection::ask_connect(std::uint32_t id,
                                        const connect_request& request) {
  identity_.client = services_.ids.next();
  std::vector<std::string_view> channels;
  for (const auto& each : request.subs)
    channels.push_back(each.channel);
  const auto is_asked = services_.hooks->ask(
    connect_question{subject(), request.name, request.version, request.data,
                     channels},
    receiver_of<connect_grant>([this, id](hook_answer<connect_grant> answer) {
      end_connect(id, std::move(answer));
    }));
  phase_ = is_asked ? phase::asking : phase::refused;
  if (!is_asked)
    refuse(id, {}, overloaded);
}

void centrifuge_connection::hold(std::string_view frame) {
  auto& state = hooked();
  state.input_bytes += frame.size() + frame_overhead;
  if (state.input_bytes > 2 * (services_.rules.max_message + frame_overhead))
    return end(close_reason::too_many_requests);
  state.input.emplace_back(frame);
}

void centrifuge_connection::end_connect(std::uint32_t id,
                                        hook_answer<connect_grant> answer) {
  auto& state = hooked();
  const auto input = std::exchange(state.input, {});
  state.input_bytes = 0;
  phase_ = phase::refused;
  note_refused({}, answer);
  auto* grant = take(id, answer);
  if (!grant)
    return;
  phase_ = phase::fresh;
  state.is_guarded = grant->is_known;
  auto& codec = *services_.codec;
  centrifuge_command command;
  codec.begin(input.front());
  codec.next(command);
  is_reading_ = true;
  admit(id, std::get<connect_request>(command.body),
        grant->is_known ? judge_granted(grant->claims)
                        : judge_connect(services_, {}),
        std::move(grant->data));
  if (!is_over() && phase_ != phase::refused)
    read_on();
  is_reading_ = false;
  flush();
  for (std::size_t i = 1; i < input.size() && phase_ != phase::refused; ++i)
    message(input[i], services_.codec->kind());
}

claims_or_refusal<connection_claims>
centrifuge_connection::judge_granted(connection_claims& claims) const {
  if (claims.expires_at && *claims.expires_at <= now())
    return centrifuge_refusal{centrifuge_fault::expired};
  return std::move(claims);
}

void centrifuge_connection::refresh_if_due(std::chrono::sys_seconds now) {
  if (!hooked_ || !hooked_->is_guarded || hooked_->is_refreshing || !expires_at_
      || !asks(hook_kind::refresh))
    return;
  // The next look may come too late.
  const auto next_look =
    std::chrono::ceil<std::chrono::seconds>(services_.rules.ping_interval);
  if (now + next_look + std::chrono::seconds{1} < *expires_at_)
    return;
  hooked_->is_refreshing = services_.hooks->ask(
    refresh_question{subject()},
    receiver_of<refresh_grant>([this](hook_answer<refresh_grant> answer) {
      end_refresh(std::move(answer));
    }));
  if (!hooked_->is_refreshing)
    expires_at_ = now + respite;
}

void centrifuge_connection::end_refresh(hook_answer<refresh_grant> answer) {
  hooked_->is_refreshing = false;
  if (auto* close = std::get_if<dictated_close>(&answer))
    return end(std::move(*close));
  const auto* grant = std::get_if<refresh_grant>(&answer);
  if (!grant) {
    expires_at_ = now() + respite;
    return;
  }
  if (grant->has_expired || (grant->expires_at && *grant->expires_at <= now()))
    return end(close_reason::connection_expired);
  expires_at_ = grant->expires_at;
  if (!grant->info.empty())
    identity_.conn_info = grant->info;
}

std::chrono::seconds centrifuge_connection::grace() const noexcept {
  const auto is_final =
    hooked_ && hooked_->is_guarded && !asks(hook_kind::refresh);
  return is_final ? std::chrono::seconds{0} : refresh_grace;
}

bool centrifuge_connection::is_guarded() const noexcept {
  return hooked_ && hooked_->is_guarded;
}

bool centrifuge_connection::is_refreshing() const noexcept {
  return hooked_ && hooked_->is_refreshing;
}

void centrifuge_connection::ask_subscribe(std::uint32_t id,
                                          const subscribe_request& request) {
  struct wanted {
    std::string channel;
    subscription_wishes wishes;
  };

  const auto& options = services_.names.of(request.channel);
  const auto open = unlocked(options, &channel_options::allow_subscribe);
  if (!asks(hook_kind::subscribe)
      || !may_subscribe({open, request.channel, identity_.user}))
    return refuse(id, request.channel, centrifuge_fault::permission_denied);
  if (waiting_ >= max_waiting)
    return refuse(id, request.channel, overloaded);
  const auto what = std::make_shared<wanted>(
    wanted{std::string{request.channel}, wishes_of(request)});
  const auto is_asked = services_.hooks->ask(
    subscribe_question{subject(), request.channel, request.data},
    receiver_of<subscribe_grant>(
      [this, id, what](hook_answer<subscribe_grant> answer) {
        end_subscribe(id, what->channel, what->wishes, std::move(answer));
      }));
  if (!is_asked)
    return refuse(id, request.channel, overloaded);
  ++waiting_;
  auto place = std::make_unique<client_channel>(
    request.channel, grant_of(options, {}), what->wishes);
  place->command = id;
  channels_.reserve(std::move(place));
}

void centrifuge_connection::end_subscribe(std::uint32_t id,
                                          std::string_view name,
                                          subscription_wishes& wishes,
                                          hook_answer<subscribe_grant> answer) {
  --waiting_;
  auto* reserved = channels_.find(name);
  // It may have unsubscribed, and have been answered then.
  if (!reserved || !reserved->is_reserved || reserved->command != id)
    return;
  channels_.remove(*reserved);
  note_refused(name, answer);
  auto* given = take(id, answer);
  if (!given)
    return;
  if (given->expires_at && *given->expires_at <= now())
    return refuse(id, name, centrifuge_fault::expired);
  auto grant = grant_of(services_.names.of(name), given->overrides);
  grant.info = std::move(given->info);
  grant.data = std::move(given->data);
  grant.expires_at = given->expires_at;
  auto channel =
    std::make_unique<client_channel>(name, std::move(grant), wishes);
  channel->command = id;
  channel->is_guarded = true;
  channels_.add(std::move(channel), std::move(wishes.from));
}

void centrifuge_connection::ask_publish(std::uint32_t id,
                                        const publish_request& request) {
  const auto open = unlocked(services_.names.of(request.channel),
                             &channel_options::allow_publish);
  const auto* own = channels_.find(request.channel);
  if (!asks(hook_kind::publish)
      || !rookery::may(
        &channel_options::allow_publish,
        {open, request.channel, identity_.user, own && own->is_in}))
    return fail(id, centrifuge_fault::permission_denied);
  auto& state = hooked();
  if (waiting_ >= max_waiting
      || state.publish_bytes + request.data.size() > max_held)
    return fail(id, overloaded);
  ++waiting_;
  state.publish_bytes += request.data.size();
  state.publishes.push_back(
    {id, std::string{request.channel}, std::string{request.data}});
  if (state.publishes.size() == 1)
    ask_next_publish();
}

void centrifuge_connection::ask_next_publish() {
  while (!hooked_->publishes.empty() && !is_over()) {
    const auto& next = hooked_->publishes.front();
    if (services_.hooks->ask(
          publish_question{subject(), next.channel, next.data},
          receiver_of<publish_grant>([this](hook_answer<publish_grant> answer) {
            end_publish_question(std::move(answer));
          })))
      return;
    fail(take_publish().command, overloaded);
  }
}

hook_state::publish centrifuge_connection::take_publish() {
  auto result = std::move(hooked_->publishes.front());
  hooked_->publishes.pop_front();
  hooked_->publish_bytes -= result.data.size();
  --waiting_;
  return result;
}

void centrifuge_connection::end_publish_question(
  hook_answer<publish_grant> answer) {
  const auto what = take_publish();
  if (const auto* grant = take(what.command, answer)) {
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

void centrifuge_connection::handle(std::uint32_t id,
                                   const rpc_request& request) {
  if (!asks(hook_kind::rpc))
    return fail(id, centrifuge_fault::not_available);
  if (waiting_ >= max_waiting)
    return fail(id, overloaded);
  const auto is_asked = services_.hooks->ask(
    rpc_question{subject(), request.method, request.data},
    receiver_of<rpc_grant>([this, id](hook_answer<rpc_grant> answer) {
      --waiting_;
      if (const auto* grant = take(id, answer))
        reply(id, rpc_result{grant->data});
    }));
  if (!is_asked)
    return fail(id, overloaded);
  ++waiting_;
}

} // namespace rookery
