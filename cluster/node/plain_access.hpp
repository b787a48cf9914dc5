#pragma once

#include "actors/plain/plain_connection.hpp"
#include "net/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

class client_counter;
class namespaces;
class token_verifier;
class wall_clock;

/// Returns the channel name in a percent-encoded part of a path, or a refusal
/// if clients may not use it.
std::variant<std::string, http_response> channel_in(std::string_view encoded);

/// Reads the requests of clients of the plain protocol and checks their
/// permissions. If tokens are configured clients need one, in the query as
/// `token` or in Authorization with the scheme Bearer, except in namespaces
/// that let anonymous clients in, and the options of the namespace apply as for
/// the Centrifuge protocol. A token for the channel lets its bearer subscribe
/// whatever these options are.
class plain_access {
public:
  /// All must outlive this. `tokens` is null if clients need no token;
  /// `counter` is null if nobody counts.
  plain_access(const namespaces& names, const token_verifier* tokens,
               const wall_clock& clock, client_counter* counter = nullptr)
    : names_{names}, tokens_{tokens}, clock_{clock}, counter_{counter} {}

  /// Returns the client's request for the channel `name`, which is still
  /// encoded, or the refusal.
  std::variant<plain_request, http_response> read(const http_request& request,
                                                  std::string_view name,
                                                  plain_form form) const;

private:
  std::optional<http_response> admit(const http_request& request,
                                     plain_request& asked) const;

  const namespaces& names_;
  const token_verifier* tokens_;
  const wall_clock& clock_;
  client_counter* counter_;
};

} // namespace rookery
