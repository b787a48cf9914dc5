#pragma once

#include "actors/bus_directory.hpp"
#include "actors/channel/namespaces.hpp"

#include <cstdint>
#include <optional>

namespace rookery {

/// Whether a publication becomes part of its channel's history, if it has one.
enum class history_use : std::uint8_t { keep, skip };

/// The way of one loop's actors to the bus: finds the bus of a channel and
/// bounds the publications on their way to other loops. Loop thread only.
class bus_access {
public:
  /// Bytes of publications on their way to other loops, beyond which a publish
  /// is refused: as much as the bridge holds unanswered.
  static constexpr std::size_t backlog_limit = 16 << 20;

  /// Both must outlive this.
  bus_access(const bus_directory& buses, const namespaces& rules)
    : buses_{buses}, rules_{rules}, backlog_{new backlog} {}

  /// Publishes on behalf of `sender`, into the channel's history if it keeps
  /// one and this is not to be skipped. Returns the outcome when it is refused
  /// right here; otherwise the sender gets it as a message if `when` says so.
  std::optional<publish_outcome>
  publish(const caf::strong_actor_ptr& sender, publication_ptr what,
          std::uint64_t ticket, acknowledge when, idempotency_key key = {},
          history_use use = history_use::keep);

  /// Asks for a part of a channel's history on behalf of `sender`.
  void read(const caf::strong_actor_ptr& sender, history_query what);

  /// Forgets a channel's history on behalf of `sender`.
  void remove(const caf::strong_actor_ptr& sender, history_removal what);

  /// Enters and leaves the presence of a channel, without an answer.
  void enter(presence_enter what);
  void leave(presence_leave what);

  /// Reports to the bus that a client is connected, or gone.
  void note(client_entered what);
  void note(client_left what);

  /// Asks for the presence of a channel on behalf of `sender`.
  void ask(const caf::strong_actor_ptr& sender, presence_query what);

  const bus_directory& buses() const noexcept { return buses_; }

private:
  const bus_directory& buses_;
  const namespaces& rules_;
  backlog_ptr backlog_;
};

} // namespace rookery
