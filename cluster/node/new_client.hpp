#pragma once

#include "net/accepted_client.hpp"
#include "net/http_exchange.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace rookery {

class origin_policy;

/// A client at the path of a protocol, which lets it in or answers its request.
/// Loop thread only.
class new_client {
public:
  /// `rest`: of the path behind the protocol's own. All must outlive this.
  new_client(const std::shared_ptr<http_exchange>& exchange,
             const origin_policy& origins, std::string_view rest)
    : exchange_{exchange}, origins_{origins}, rest_{rest} {}

  const http_request& request() const noexcept { return exchange_->request(); }

  /// The rest of the path after the protocol's, still encoded.
  std::string_view rest() const noexcept { return rest_; }

  /// Header fields that browsers need in the response.
  std::vector<http_field> fields() const;

  /// Sends a response with these fields. The client does not come in.
  void answer(http_response response);

  /// Takes the client in, instead of `answer`.
  std::unique_ptr<accepted_client> take() { return exchange_->take(); }

private:
  const std::shared_ptr<http_exchange>& exchange_;
  const origin_policy& origins_;
  std::string_view rest_;
};

} // namespace rookery
