#pragma once

#include "actors/bus_directory.hpp"
#include "actors/channel/namespaces.hpp"

#include <cstdint>
#include <optional>

namespace rookery {

/// The use of its channel's history by a publication: become part of it, if the
/// channel has one, or not.
enum class history_use : std::uint8_t { keep, skip };

/// The way of one loop's actors to the bus: finds the bus of a channel and
/// bounds the publications on their way to other loops that no client has spent
/// credit on. Loop thread only.
class bus_access {
public:
  /// The bytes of publications on their way to other loops beyond which a
  /// publish is refused: the same as the bridge's limit for unanswered ones.
  static constexpr std::size_t backlog_limit = 16 << 20;

  /// Both must outlive this.
  bus_access(const bus_directory& buses, const namespaces& rules)
    : buses_{buses}, rules_{rules}, backlog_{new backlog} {}

  /// Publishes on behalf of `sender`, into the channel's history if it keeps
  /// one and this is not to be skipped. Returns the outcome if the publish is
  /// refused at once; otherwise the sender gets it as a message if `when` says
  /// so.
  std::optional<publish_outcome>
  publish(const caf::strong_actor_ptr& sender, publication_ptr what,
          std::uint64_t ticket, acknowledge when, idempotency_key key = {},
          history_use use = history_use::keep);

  /// Publishes on behalf of a client, which has spent credit on it.
  void publish(const caf::strong_actor_ptr& sender, credit spent,
               publication_ptr what, std::uint64_t ticket, acknowledge when,
               history_use use = history_use::keep);

  /// Sends a history query on behalf of `sender`.
  void read(const caf::strong_actor_ptr& sender, history_query what);

  /// Removes the publications of a channel's history on behalf of `sender`.
  void remove(const caf::strong_actor_ptr& sender, history_removal what);

  /// Enters and leaves the presence of a channel, without an answer.
  void enter(presence_enter what);
  void leave(presence_leave what);

  /// Reports to the bus that a client is connected, or gone.
  void note(client_entered what);
  void note(client_left what);

  /// Sends a presence query on behalf of `sender`.
  void ask(const caf::strong_actor_ptr& sender, presence_query what);

  const bus_directory& buses() const noexcept { return buses_; }

private:
  history_options history_for(std::string_view channel, history_use use) const;

  const bus_directory& buses_;
  const namespaces& rules_;
  backlog_ptr backlog_;
};

} // namespace rookery
