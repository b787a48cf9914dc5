#pragma once

#include "actors/client/client_index.hpp"
#include "actors/message/dictated_close.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace rookery {

class plain_connection;
struct loop_services;

/// The claims of a token of the plain protocol.
struct plain_pass {
  std::string user;                                   ///< empty: anonymous
  std::string client;                                 ///< id of this connection
  std::optional<std::chrono::sys_seconds> expires_at; ///< none: never
};

/// A client of the plain protocol with a token: backends can address it, and
/// its connection ends when the token expires. Loop thread only.
class plain_bearer final : public named_client {
public:
  /// The client has entered the index, which it leaves with this. Both must
  /// outlive this.
  plain_bearer(plain_pass pass, loop_services& services,
               plain_connection& client);

  ~plain_bearer();

  plain_bearer(const plain_bearer&) = delete;
  plain_bearer& operator=(const plain_bearer&) = delete;

  std::string_view user() const noexcept override { return pass_.user; }

  std::string_view client_id() const noexcept override { return pass_.client; }

  void carry_out(const client_command& command) override;

  /// Returns true if the token has expired.
  bool has_expired() const;

private:
  plain_pass pass_;
  loop_services& services_;
  plain_connection& client_;
};

} // namespace rookery
