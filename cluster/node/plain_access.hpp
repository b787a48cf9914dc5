#pragma once

#include "actors/plain/plain_connection.hpp"
#include "net/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

class namespaces;
class token_verifier;
class wall_clock;

/// Returns the channel name in a percent-encoded part of a path, or the refusal
/// if clients may not use that name.
std::variant<std::string, http_response> channel_in(std::string_view encoded);

/// Reads the requests of plain clients and checks their permissions. Where
/// tokens are configured, a client needs one: in the query as `token`, or in
/// Authorization with the scheme Bearer. Namespaces that allow anonymous
/// clients need none. The options of the namespace apply as for the Centrifuge
/// protocol. A token for the channel permits subscribing, regardless of these
/// options.
class plain_access {
public:
  /// All references must outlive this. `tokens` is null if no token is needed.
  plain_access(const namespaces& names, const token_verifier* tokens,
               const wall_clock& clock)
    : names_{names}, tokens_{tokens}, clock_{clock} {}

  /// Returns the client's request for the channel with that name, which is
  /// still encoded, or the refusal.
  std::variant<plain_request, http_response> read(const http_request& request,
                                                  std::string_view name,
                                                  plain_form form) const;

private:
  std::optional<http_response> admit(const http_request& request,
                                     plain_request& asked) const;

  const namespaces& names_;
  const token_verifier* tokens_;
  const wall_clock& clock_;
};

} // namespace rookery
