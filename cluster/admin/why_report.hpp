#pragma once

#include "cluster/admin/query_nodes.hpp"

#include <cstdint>
#include <string>

namespace rookery {

/// A query of an operator about publications of a channel.
struct why_query {
  std::string channel;
  std::uint64_t offset = 0;     ///< 0: the latest
  std::uint64_t connection = 0; ///< actor id; 0: any
  std::string user;             ///< empty: any

  bool names_members() const noexcept {
    return offset != 0 || connection != 0 || !user.empty();
  }
};

/// Joins the records of the nodes about publications, and adds findings in
/// words. `answers` has the answers to a ledger query, a position query and an
/// events query, in this order. The events are those of the connection or user,
/// or else refusals on the channel.
admin_json report_why(const why_query& query, const query_answers& answers);

} // namespace rookery
