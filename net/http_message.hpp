#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// One header field as received or to be sent.
struct http_field {
  std::string name;
  std::string value;
};

/// A complete request, free of any HTTP library. Bounded by the listener's
/// limits before it gets here.
struct http_request {
  std::string method;
  /// Origin-form as sent by the client, e.g. "/ws/chat?notices=ab".
  std::string target;
  std::vector<http_field> fields;
  std::string body;
  /// The peer's address without port, e.g. "127.0.0.1" or "::1".
  std::string remote_address;
  /// The local port the request came in on.
  std::uint16_t local_port = 0;

  /// Returns the first field of that name (case-insensitive), empty when
  /// absent.
  std::string_view field(std::string_view name) const noexcept;

  /// Returns how many fields of that name (case-insensitive) there are.
  std::size_t count(std::string_view name) const noexcept;

  /// Returns true when `token` (case-insensitive) is an element of the
  /// comma-separated lists in the fields of that name.
  bool has_token(std::string_view name, std::string_view token) const noexcept;

  /// Returns the target up to the query, not decoded.
  std::string_view path() const noexcept;

  /// Returns the first query parameter of that name, percent-decoded; nothing
  /// when it is absent or badly escaped.
  std::optional<std::string> query(std::string_view name) const;
};

/// Returns true when `name` and `other` are the same but for ASCII case, as the
/// names of header fields and most tokens are compared.
bool equals_ignoring_case(std::string_view name,
                          std::string_view other) noexcept;

/// An answer. Content-Length and Connection are added when it is sent.
struct http_response {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<http_field> fields{};
  /// Ends the connection after the answer.
  bool close = false;
};

/// Returns an answer of `status` that says `text` and ends the connection.
http_response refusal(unsigned status, std::string_view text);

/// Returns an answer of 503 that says `text`, and after how many seconds the
/// client may ask again.
http_response come_back(std::string_view text, std::chrono::seconds delay);

/// Returns the answer to a request with another method than those `allowed`,
/// which are separated by commas.
http_response method_not_allowed(std::string_view allowed);

/// Returns `response` as sent in HTTP/1.1; `with_body` is false for the answer
/// to a HEAD request.
std::string encode_response(const http_response& response,
                            bool with_body = true);

} // namespace rookery
