#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/client_events.hpp"
#include "actors/message/control.hpp"
#include "actors/message/presence.hpp"
#include "actors/message/subscription.hpp"
#include "actors/record/journal.hpp"
#include "actors/record/ledger.hpp"
#include "actors/record/loop_meters.hpp"
#include "actors/record/node_facts.hpp"
#include "actors/record/snapshot.hpp"
#include "actors/runtime/actor_ref.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// The typed interfaces of all actors, and their messages. Messages with data
/// are structs, those without are atoms.
namespace rookery {

using caf::join_atom;
using caf::ok_atom;
using beat_atom = caf::atom_constant<caf::atom("beat")>;
using confirm_atom = caf::atom_constant<caf::atom("confirm")>;
using count_atom = caf::atom_constant<caf::atom("count")>;
using flush_atom = caf::atom_constant<caf::atom("flush")>;
using inspect_atom = caf::atom_constant<caf::atom("inspect")>;
using meters_atom = caf::atom_constant<caf::atom("meters")>;
using probe_atom = caf::atom_constant<caf::atom("probe")>;
using proceed_atom = caf::atom_constant<caf::atom("proceed")>;
using resume_atom = caf::atom_constant<caf::atom("resume")>;
using retire_atom = caf::atom_constant<caf::atom("retire")>;
using scan_atom = caf::atom_constant<caf::atom("scan")>;
using tick_atom = caf::atom_constant<caf::atom("tick")>;

inline constexpr join_atom join_atom_v{};
inline constexpr ok_atom ok_atom_v{};
inline constexpr beat_atom beat_atom_v{};
inline constexpr confirm_atom confirm_atom_v{};
inline constexpr count_atom count_atom_v{};
inline constexpr flush_atom flush_atom_v{};
inline constexpr inspect_atom inspect_atom_v{};
inline constexpr meters_atom meters_atom_v{};
inline constexpr probe_atom probe_atom_v{};
inline constexpr proceed_atom proceed_atom_v{};
inline constexpr resume_atom resume_atom_v{};
inline constexpr retire_atom retire_atom_v{};
inline constexpr scan_atom scan_atom_v{};
inline constexpr tick_atom tick_atom_v{};

/// The part that every actor has.
using inspectable = caf::replies_to<inspect_atom>::with<snapshot>;

/// A receiver of the publications of a channel. From the bus: `delivery`,
/// `confirm_atom` (once, when the subscription is confirmed), and `gapped`.
using subscriber_actor =
  caf::typed_actor<caf::reacts_to<delivery>, caf::reacts_to<confirm_atom>,
                   caf::reacts_to<gapped>>;

/// One channel on one loop. From the bus: publications, and a `history_answer`
/// to each of its queries. From itself: a tick, a beat when members have waited
/// long to be let in, and proceed with work that takes several turns. From the
/// loop's channel table: join, departure, resume (a member that is behind has
/// room for more), retire (no member is left and none will come: quit).
using channel_actor = subscriber_actor::extend<
  caf::reacts_to<history_answer>, caf::reacts_to<tick_atom>,
  caf::reacts_to<beat_atom>, caf::reacts_to<join_atom, subscription_ptr>,
  caf::reacts_to<resume_atom, subscription_ptr>, caf::reacts_to<departure>,
  caf::reacts_to<retire_atom>, caf::reacts_to<proceed_atom>, inspectable>;

/// Asks the bus to send a channel's publications to `subscriber`, on one loop,
/// until an `unwant` of the same or a later generation. The bus answers with
/// `confirm_atom` as soon as no later publication can be missed; at once if
/// that is so already.
struct want {
  std::string channel;
  unsigned loop = 0;
  /// Grows with every want and unwant of a loop's channel table.
  std::uint64_t generation = 0;
  actor_ref<subscriber_actor> subscriber;
  credit spent = {};

  friend bool operator==(const want& x, const want& y) {
    return x.channel == y.channel && x.loop == y.loop
           && x.generation == y.generation;
  }
};

/// Ends the want of an earlier generation. Ignored if the loop has wanted the
/// channel again since then. Its credit is spent until the bus has forgotten
/// the channel, or the channel is wanted again.
struct unwant {
  std::string channel;
  unsigned loop = 0;
  std::uint64_t generation = 0;
  credit spent = {};

  friend bool operator==(const unwant&, const unwant&) = default;
};

/// Asks a bus for the subscriptions that it considers confirmed although Redis
/// does not have them. With `renews` it subscribes to them again; missed
/// publications are repaired or reported as gaps.
struct drift_query {
  bool renews = false;
};

/// The answer to a `drift_query`.
struct drift_report {
  /// The maximum number of channels that are named.
  static constexpr std::size_t max_named = 100;

  std::uint64_t checked = 0;
  std::vector<std::string> missing;
  std::uint64_t missing_total = 0;
  std::uint64_t renewed = 0;
};

/// Publishes, and delivers to channel actors. The outcome of a publish or a
/// removal goes to the sender as `publish_outcome`, of a history query as
/// `history_answer`, of a presence query as `presence_answer`. Messages about
/// clients are for the backend, if events are configured. `flush_atom` is
/// answered once everything published before it has been answered and
/// delivered, with an error if that cannot be known. `retire_atom` says that
/// all clients of this node are gone: it is answered once their events are
/// stored in Redis; never if Redis stays away. A `drift_query` is answered once
/// Redis has been asked about every subscription. From itself: a tick.
using bus_actor = caf::typed_actor<
  caf::reacts_to<publish_command>, caf::reacts_to<want>, caf::reacts_to<unwant>,
  caf::reacts_to<history_query>, caf::reacts_to<history_removal>,
  caf::reacts_to<presence_enter>, caf::reacts_to<presence_leave>,
  caf::reacts_to<presence_query>, caf::reacts_to<client_entered>,
  caf::reacts_to<client_left>, caf::replies_to<flush_atom>::with<ok_atom>,
  caf::replies_to<retire_atom>::with<ok_atom>,
  caf::replies_to<bus_ledger_query>::with<bus_ledger_page>,
  caf::replies_to<drift_query>::with<drift_report>,
  caf::replies_to<meters_atom>::with<bus_meters>, caf::reacts_to<tick_atom>,
  inspectable>;

/// The bus of a node with Redis. From itself, in addition: the time to judge a
/// probe.
using redis_bridge_actor =
  bus_actor::extend<caf::reacts_to<probe_atom, std::uint64_t>>;

/// One client. From the bus: the outcomes of its publishes and queries. From
/// itself: a tick.
using connection_actor = caf::typed_actor<
  caf::reacts_to<publish_outcome>, caf::reacts_to<history_answer>,
  caf::reacts_to<presence_answer>, caf::reacts_to<tick_atom>, inspectable>;

/// Publishes for the HTTP requests of one loop.
using publisher_actor =
  caf::typed_actor<caf::reacts_to<publish_outcome>, inspectable>;

/// Answers requests of the server API on one loop. From the bus: the outcomes
/// of its publishes and queries. From the control: the answers of all nodes.
using api_actor = caf::typed_actor<
  caf::reacts_to<publish_outcome>, caf::reacts_to<history_answer>,
  caf::reacts_to<presence_answer>, caf::reacts_to<cluster_answer>, inspectable>;

/// Ends clients of one loop.
struct client_ending {
  /// The actor id of the client to end; 0: any clients.
  std::uint64_t connection = 0;
  /// The maximum number of clients to end.
  std::uint32_t count = 1;
  close_reason reason = close_reason::force_disconnect;
};

struct clients_ended {
  std::uint32_t ended = 0;
  /// True if clients may be left.
  bool has_more = false;
};

/// Carries out on one loop the commands for all nodes, and ends its clients.
using loop_commands_actor =
  caf::typed_actor<caf::replies_to<loop_query>::with<loop_part>,
                   caf::replies_to<client_ending>::with<clients_ended>,
                   inspectable>;

/// Exchanges messages with the other nodes through the bus, as a subscriber of
/// their common channel. From itself: a tick, and a beat when the next sign of
/// life is due.
using control_actor = subscriber_actor::extend<
  caf::reacts_to<publish_outcome>, caf::reacts_to<cluster_query>,
  caf::reacts_to<tick_atom>, caf::reacts_to<beat_atom>,
  caf::replies_to<membership_query>::with<membership_report>, inspectable>;

/// Reports on one loop: its own snapshot, that of one of its actors
/// (`invalid_argument` if there is no such actor), a page of all, its records
/// and its counters. From itself: the next slice of a scan or of a count.
using loop_actor =
  caf::typed_actor<inspectable, caf::replies_to<actor_query>::with<snapshot>,
                   caf::replies_to<listing_query>::with<listing>,
                   caf::replies_to<ledger_query>::with<ledger_page>,
                   caf::replies_to<journal_query>::with<journal_page>,
                   caf::replies_to<meters_atom>::with<loop_meters>,
                   caf::reacts_to<scan_atom>, caf::reacts_to<count_atom>>;

/// Answers operators for the node: asks its loops and buses. From a bus: the
/// outcomes of its publishes and queries.
using admin_actor =
  caf::typed_actor<caf::replies_to<admin_query>::with<admin_reply>,
                   caf::replies_to<meters_atom>::with<node_facts>,
                   caf::reacts_to<history_answer>,
                   caf::reacts_to<publish_outcome>, inspectable>;

/// Drains the node. From itself: a tick.
using drain_actor =
  caf::typed_actor<caf::replies_to<drain_command>::with<drain_report>,
                   caf::reacts_to<tick_atom>, inspectable>;

struct query_answers;

/// The answers to the query of an operator's live view.
struct stream_news {
  std::shared_ptr<const query_answers> answers;
};

/// The live view of one operator. From itself: a tick.
using admin_stream_actor =
  caf::typed_actor<caf::reacts_to<tick_atom>, caf::reacts_to<stream_news>,
                   inspectable>;

} // namespace rookery

// No message ever leaves the process.
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::actor_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::admin_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::admin_reply)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::bus_ledger_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::bus_ledger_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::bus_meters)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::client_ending)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::client_entered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::client_left)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::clients_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::cluster_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::cluster_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::departure)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::drain_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::drain_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::drift_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::drift_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::gapped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::history_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::history_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::history_removal)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::journal_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::journal_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::ledger_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::ledger_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::listing)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::listing_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::loop_meters)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::loop_part)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::loop_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::membership_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::membership_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::node_facts)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::presence_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::presence_enter)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::presence_leave)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::presence_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::publish_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::publish_outcome)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::snapshot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::stream_news)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::subscription_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::unwant)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::want)
