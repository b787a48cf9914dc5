#pragma once

#include "cluster/admin/query_nodes.hpp"

#include <cstddef>
#include <string>

/// Joins the lists in the answers of nodes and their loops.
namespace rookery {

/// A page of rows.
struct admin_rows {
  admin_json rows = admin_json::array();
  /// The start of the next page; empty if this is the last page.
  std::string next;
};

/// Returns the parts of all answers to query number `ask`, each with the node's
/// id as its member `node`. Parts that failed are left out.
std::vector<admin_json> parts_of(const query_answers& answers, std::size_t ask);

/// Returns the rows of actors in the answers to `query`, which is number `ask`.
admin_rows join_actors(const query_answers& answers, std::size_t ask,
                       const listing_query& query);

/// Returns one row per channel, with the sums of its actors on all loops.
admin_rows join_channels(const query_answers& answers, std::size_t ask,
                         const listing_query& query);

/// Returns at most `limit` events, newest first.
admin_json join_events(const query_answers& answers, std::size_t ask,
                       std::size_t limit);

} // namespace rookery
