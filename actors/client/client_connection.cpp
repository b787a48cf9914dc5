#include "actors/client/client_connection.hpp"

#include "actors/client/client_credits.hpp"
#include "actors/runtime/guarded.hpp"
#include "actors/runtime/light_handlers.hpp"

#include <utility>

namespace rookery {

namespace {

/// The input that the clients of one loop may hold together before those with
/// much of it are closed.
constexpr std::uint64_t max_held_bytes = 16 * 1024 * 1024;

/// The input that a client may hold in any case: what one reading brings.
constexpr std::size_t small_input = 64 * 1024;

} // namespace

void client_connection::begin() {
  is_counted_ = true;
  ++home()->record().meters.connections[protocol()];
  on_begin();
}

void client_connection::end(close_reason reason) {
  if (is_over_)
    return;
  on_ending();
  if (is_over_)
    return;
  is_over_ = true;
  socket().close(reason);
}

void client_connection::end(dictated_close how) {
  if (is_over_)
    return;
  rare().dictated = std::make_unique<const dictated_close>(std::move(how));
  end(close_reason::dictated);
}

close_status client_connection::status_for(close_reason reason) const noexcept {
  if (reason == close_reason::dictated && rare_ && rare_->dictated)
    return {rare_->dictated->code, rare_->dictated->text};
  return protocol_status(reason);
}

void client_connection::message(std::string_view payload, payload_kind kind) {
  if (is_over_)
    return;
  count_handled();
  const client_input next{payload, kind};
  const auto rest = held() ? next : read(next);
  if (!rest || is_over_)
    return;
  hold().add(*rest);
  if (held()->size() <= small_input
      || home()->record().meters.held_bytes <= max_held_bytes)
    return;
  end(close_reason::memory_pressure);
  drop_input();
}

void client_connection::writable() {
  // Its commands first: what it lacks in channels takes all room there is.
  go_on();
  if (!is_over_)
    on_room();
}

void client_connection::go_on() noexcept {
  if (is_over_ || !held())
    return;
  auto& input = *held();
  const auto work_off = [&] {
    while (!input.is_empty()) {
      const auto rest = read(input.front());
      if (is_over_)
        return;
      if (rest)
        return input.trim(*rest);
      input.pop();
    }
    drop_input();
  };
  guarded(work_off, [this](std::string_view what) { failed("input", what); });
}

bool client_connection::may_begin(client_credits& credits, credit_pool* pool) {
  if (socket().is_congested())
    return false;
  if (!credits.rates.admits(commands_)) {
    credits.rates.queue(hold());
    return false;
  }
  if (pool && !account_.has_room() && account_.wait())
    return false;
  if (!credits.turns.admits(held())) {
    credits.turns.queue(hold());
    return false;
  }
  if (pool && !pool->admits(held())) {
    pool->queue(hold());
    return false;
  }
  credits.rates.count(commands_);
  return true;
}

credit client_connection::spend(credit_pool& pool, std::size_t bytes) {
  return is_over_ ? credit{} : pool.lend(*this, bytes);
}

void client_connection::get_back(std::uint32_t bytes) noexcept {
  if (account_.get_back(bytes))
    eq_impl(caf::make_message_id(), nullptr, nullptr, tick_atom_v);
}

/// Holds the input, if it is not held already.
held_input& client_connection::hold() {
  auto& input = rare().input;
  if (!input) {
    auto& meters = home()->record().meters;
    input = std::make_unique<held_input>(*this, meters.held_bytes);
    ++meters.held;
    socket().hold_input(true);
  }
  return *input;
}

void client_connection::stop_holding() noexcept {
  if (!held())
    return;
  rare_->input.reset();
  --home()->record().meters.held;
}

void client_connection::drop_input() noexcept {
  if (!held())
    return;
  stop_holding();
  socket().hold_input(false);
}

client_connection::rare_state& client_connection::rare() {
  if (!rare_)
    rare_ = std::make_unique<rare_state>();
  return *rare_;
}

void client_connection::closed(close_reason reason) {
  note_closed(reason);
  closed_for_ = reason;
  is_over_ = true;
  is_gone_ = true;
  quit();
}

void client_connection::failed(std::string_view during,
                               std::string_view what) noexcept {
  light_actor::fail(during, what);
}

/// Closes the socket with an internal error. The protocol sends nothing more:
/// its state may be half changed.
void client_connection::recover() {
  if (is_gone_)
    return quit(caf::sec::runtime_error);
  if (is_over_)
    return;
  is_over_ = true;
  socket().close(close_reason::internal_error);
}

member_facts client_connection::facts() const {
  member_facts result{id(), user()};
  if (!is_gone_) {
    result.queued_bytes = socket_state().queued_bytes();
    result.ending = socket_state().ending();
  }
  return result;
}

std::uint64_t client_connection::measure(listing_order order) const {
  if (!is_gone_ && order == listing_order::bytes)
    return socket_state().queued_bytes();
  if (!is_gone_ && order == listing_order::round_trip)
    return static_cast<std::uint64_t>(round_trip().count());
  return light_actor::measure(order);
}

bool client_connection::end_client(close_reason reason) {
  if (is_over_)
    return false;
  end(reason);
  return true;
}

void client_connection::note(journal_kind what, std::string_view channel,
                             std::uint32_t code, std::string_view reason) {
  // The address may cost a system call: most entries do without it.
  const auto needs_address = what == journal_kind::connected
                             || what == journal_kind::closed
                             || (what == journal_kind::refused && !is_known_);
  const auto address = needs_address ? socket().remote_address() : "";
  if (what == journal_kind::connected)
    is_known_ = true;
  home()->record().note({what, id(), user(), channel, address, code, reason});
}

void client_connection::note_closed(close_reason reason) {
  const auto [code, text] = status_for(reason);
  const auto is_told = reason != close_reason::peer_gone;
  note(journal_kind::closed, only_channel(), is_told ? code : 0,
       is_told && !text.empty() ? text : to_string(reason));
}

light_actor::outcome client_connection::receive(caf::mailbox_element& element,
                                                caf::message& reply) {
  using handlers =
    light_handlers<connection_actor, &client_connection::publish_answered,
                   &client_connection::history_answered,
                   &client_connection::presence_answered,
                   &client_connection::tick, &client_connection::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void client_connection::on_exit() {
  if (is_counted_)
    --home()->record().meters.connections[protocol()];
  is_counted_ = false;
  const auto was_over = is_over_;
  is_over_ = true;
  stop_holding();
  on_ended();
  if (!was_over)
    socket().close(close_reason::going_away);
}

void client_connection::describe(snapshot& out) const {
  light_actor::describe(out);
  out.add("protocol", std::string{protocol()});
  describe_client(out);
  out.add("commands", static_cast<std::int64_t>(account_.commands()));
  out.add("command_bytes", static_cast<std::int64_t>(account_.bytes()));
  out.add_flag("held", held() != nullptr);
  if (is_gone_)
    return;
  out.queue_bytes = socket_state().queued_bytes();
  out.add("remote_address", socket_state().remote_address());
  out.add("round_trip_us", round_trip().count());
}

bool client_connection::is_chosen(const listing_query& query) const {
  return (query.user.empty() || query.user == user())
         && (query.channel.empty() || is_on(query.channel))
         && (query.protocol.empty() || query.protocol == protocol())
         && query.prefix.empty() && query.names.empty() && !query.has_gaps;
}

} // namespace rookery
