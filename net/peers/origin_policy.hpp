#pragma once

#include "net/http_message.hpp"

#include <string>
#include <vector>

namespace rookery {

/// The web pages that may use this node, by their Origin (RFC 6454), and the
/// answers to browsers about it (the Fetch standard's CORS protocol).
class origin_policy {
public:
  /// Allows the origins in `allowed`, such as "https://example.org", or every
  /// one if it contains "*". If it is empty, allows every one, or with
  /// `is_same_by_default` that of the request's Host alone.
  explicit origin_policy(std::vector<std::string> allowed,
                         bool is_same_by_default = false);

  /// Returns false for a page of another origin. A client without an Origin is
  /// not a web page.
  bool admits(const http_request& request) const;

  /// The fields that let the page of an admitted request read the answer.
  std::vector<http_field> fields_for(const http_request& request) const;

  /// The answer to OPTIONS; never a refusal, because browsers decide by its
  /// fields.
  http_response preflight(const http_request& request) const;

private:
  std::vector<std::string> allowed_;
  bool is_open_;
};

} // namespace rookery
