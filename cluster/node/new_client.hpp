#pragma once

#include "net/accepted_client.hpp"
#include "net/http_exchange.hpp"
#include "net/peers/client_gate.hpp"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

class origin_policy;

/// A client at the path of a protocol, which lets it in or answers its request.
/// Loop thread only.
class new_client {
public:
  /// Takes the rest of the path after the protocol's own, and the place of a
  /// client that is not counted by its socket. All must outlive this.
  new_client(const std::shared_ptr<http_exchange>& exchange,
             const origin_policy& origins, std::string_view rest,
             counted_place place)
    : exchange_{exchange},
      origins_{origins},
      rest_{rest},
      place_{std::move(place)} {}

  const http_request& request() const noexcept { return exchange_->request(); }

  /// Returns the rest of the path after the protocol's, still encoded.
  std::string_view rest() const noexcept { return rest_; }

  /// Returns the header fields that browsers need in the response.
  std::vector<http_field> fields() const;

  /// Refuses the client with a response, to which it adds these fields.
  void answer(http_response response);

  /// Accepts the client; call either this or `answer`.
  std::unique_ptr<accepted_client> take();

private:
  const std::shared_ptr<http_exchange>& exchange_;
  const origin_policy& origins_;
  std::string_view rest_;
  counted_place place_;
};

} // namespace rookery
