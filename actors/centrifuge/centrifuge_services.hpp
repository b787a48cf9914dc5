#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"
#include "actors/centrifuge/centrifuge_writer.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace rookery {

class backend_hooks;
class namespaces;
class token_verifier;
class wall_clock;
struct loop_services;

/// The rules for all connections of the Centrifuge protocol.
struct centrifuge_rules {
  /// Clients need no token, and may do everything that channels allow.
  bool insecure = false;
  /// Clients without a token are let in, as anonymous ones.
  bool anonymous = false;
  /// The maximum number of subscriptions of one client, server-side ones
  /// included.
  std::size_t channels_per_client = 128;
  /// The largest frame of a client, in bytes.
  std::size_t max_message = 64 * 1024;
  /// Time between pings of the sessions; part of the connect reply.
  std::chrono::milliseconds ping_interval{25'000};
  /// Version in the connect reply.
  std::string version;
  /// Clients are reported to the bus, for the backend's events.
  bool reports_clients = false;
  /// Time for the connect command, and for a new token after the old one of a
  /// connection or a subscription expired.
  std::chrono::seconds stale_close_delay{25};
  std::chrono::seconds expired_close_delay{25};
  std::chrono::seconds expired_sub_close_delay{25};
  /// Maximum bytes of publications in one history answer: what the client's
  /// output queue takes without being full.
  std::size_t max_history_bytes = 512 * 1024;
};

/// The services that the connections of the Centrifuge protocol share on one
/// loop. Owned by the node, they outlive the connections.
struct centrifuge_services {
  /// All references must outlive this. `tokens` is null if no key is
  /// configured.
  centrifuge_services(loop_services& shared, const namespaces& names,
                      const token_verifier* tokens, const wall_clock& clock,
                      centrifuge_rules rules,
                      std::unique_ptr<centrifuge_codec> codec)
    : shared{shared},
      names{names},
      tokens{tokens},
      clock{clock},
      rules{std::move(rules)},
      codec{std::move(codec)},
      writer{*this->codec} {}

  loop_services& shared;
  const namespaces& names;
  const token_verifier* tokens;
  const wall_clock& clock;
  centrifuge_rules rules;
  std::unique_ptr<centrifuge_codec> codec;
  centrifuge_writer writer;
  /// Null if there is no backend. Must outlive the connections.
  backend_hooks* hooks = nullptr;
};

} // namespace rookery
