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

/// Returns the channel name in a percent-encoded part of a path, or why it is
/// none that clients may use.
std::variant<std::string, http_response> channel_in(std::string_view encoded);

/// Reads what clients of the plain protocol ask for, and says who may. Where
/// tokens are configured they need one, in the query as `token` or in
/// Authorization with the scheme Bearer, except in namespaces that let
/// anonymous clients in, and the options of the namespace hold as for the
/// Centrifuge protocol. A token for the channel lets its bearer subscribe
/// whatever these say.
class plain_access {
public:
  /// All must outlive this. `tokens` is null where nobody needs one.
  plain_access(const namespaces& names, const token_verifier* tokens,
               const wall_clock& clock)
    : names_{names}, tokens_{tokens}, clock_{clock} {}

  /// What the client asks for on the channel with that name, still encoded, or
  /// why it is refused.
  std::variant<plain_request, http_response>
  read(const http_request& request, std::string_view name, wire form) const;

private:
  std::optional<http_response> admit(const http_request& request,
                                     plain_request& asked) const;

  const namespaces& names_;
  const token_verifier* tokens_;
  const wall_clock& clock_;
};

} // namespace rookery
