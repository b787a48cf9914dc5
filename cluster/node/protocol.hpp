#pragma once

#include "cluster/node/new_client.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace rookery {

class namespaces;
class node_loop;
class token_verifier;
class wall_clock;
struct settings;

/// The parts of a node that protocols share. They outlive its loops.
struct protocol_context {
  const settings& config;
  const namespaces& names;
  const token_verifier* tokens; ///< null: no key is configured
  const wall_clock& clock;
};

/// Starts the clients of one protocol on one loop. Loop thread only. Owned by
/// the node_loop, outlives its connections.
class protocol_starter {
public:
  virtual ~protocol_starter() = default;

  /// Starts the connection of `who`, or answers with a refusal.
  virtual void start(new_client& who) = 0;
};

/// A line of the table of protocols.
struct protocol {
  /// The protocol's name in listings and metrics; a literal.
  std::string_view name;
  /// The path of its clients. One that ends with a slash stands for all paths
  /// that begin with it.
  std::string_view path;
  /// Makes the starter of a loop, whose services are ready; returns null if the
  /// settings disable the protocol.
  std::unique_ptr<protocol_starter> (*make)(node_loop& home,
                                            const protocol_context& node);
};

using protocol_table = std::span<const protocol>;

} // namespace rookery
