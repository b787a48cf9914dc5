#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"
#include "actors/centrifuge/centrifuge_writer.hpp"
#include "actors/client/client_ids.hpp"

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

/// What holds for all connections of the Centrifuge protocol.
struct centrifuge_rules {
  /// Nobody needs a token, and everybody may do everything that channels offer.
  bool insecure = false;
  /// Whether clients without a token are let in, as anonymous ones.
  bool anonymous = false;
  /// Subscriptions of one client, the server's included.
  std::size_t channels_per_client = 128;
  /// The largest frame of a client, in bytes.
  std::size_t max_message = 64 * 1024;
  /// How often the sessions ping; clients are told.
  std::chrono::milliseconds ping_interval{25'000};
  /// Told to clients.
  std::string version;
  /// Whether the bus is told who is connected, for the backend's events.
  bool tells_clients = false;
};

/// What the connections of the Centrifuge protocol share on one loop. Owned by
/// the node, outlives them.
struct centrifuge_services {
  /// All references must outlive this. `tokens` is null when no key is
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
  client_ids ids;
  /// Null: no backend is asked anything. Must outlive the connections.
  backend_hooks* hooks = nullptr;
};

} // namespace rookery
