#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_refusal.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/message/bus_messages.hpp"
#include "actors/message/history.hpp"
#include "actors/message/presence.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

class centrifuge_client;

/// The commands of a client that the bus or a backend answers: publish,
/// presence, history and rpc. Loop thread only.
class centrifuge_requests {
public:
  /// `client` must outlive this.
  explicit centrifuge_requests(centrifuge_client& client) : client_{client} {}

  void carry_out(std::uint32_t id, const publish_request& request);
  void carry_out(std::uint32_t id, const presence_request& request);
  void carry_out(std::uint32_t id, const presence_stats_request& request);
  void carry_out(std::uint32_t id, const client_history_request& request);
  void carry_out(std::uint32_t id, const rpc_request& request);

  // Answers of the bus. The command's id is the ticket.
  void answered(const publish_outcome& result);
  void answered(const presence_answer& answer);
  void answered(const history_answer& answer);

  /// Forgets the commands that wait. Their credits hold the connection.
  void drop() noexcept { kept_.reset(); }

private:
  /// A publish command that waits for the backend.
  struct asked_publish {
    std::uint32_t command;
    std::string channel;
    std::string data;
    credit spent;
  };

  /// The state of commands that wait.
  struct kept {
    /// The history commands: id, and the position that the client knows.
    std::vector<std::pair<std::uint32_t, stream_position>> positions;
    /// The publish commands in their order; the backend is asked about the
    /// first.
    std::list<asked_publish> publishes;
  };

  kept& keep();
  bool is_subscribed(std::string_view channel) const noexcept;
  bool is_kept(std::string_view channel) const noexcept;
  bool may(bool channel_options::*allowed, std::string_view channel) const;
  std::optional<centrifuge_refusal>
  check_reader(std::string_view channel, bool is_kept,
               bool channel_options::*allowed) const;
  void publish(std::uint32_t id, std::string_view channel,
               std::string_view data, payload_kind kind, history_use use);
  void ask_publish(std::uint32_t id, const publish_request& request);
  void ask_next_publish();
  asked_publish take_publish();
  void take(hook_answer<publish_grant> answer);
  void ask_presence(std::uint32_t id, std::string_view channel,
                    std::uint32_t limit, std::uint64_t ticket);
  std::optional<stream_position> take_position(std::uint32_t id);

  centrifuge_client& client_;
  std::unique_ptr<kept> kept_; // null: nothing yet
};

} // namespace rookery
