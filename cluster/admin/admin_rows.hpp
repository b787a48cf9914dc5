#pragma once

#include "cluster/admin/query_nodes.hpp"

#include <cstddef>
#include <string>

/// Joins the lists that nodes and their loops answered.
namespace rookery {

/// A page of rows.
struct admin_rows {
  admin_json rows = admin_json::array();
  /// The begin of the next page; empty: this was the last.
  std::string next;
};

/// The parts of one answer, each with the node's id as its member `node`; those
/// that failed are left out.
std::vector<admin_json> parts_of(const query_answers& said, std::size_t ask);

/// Rows of actors as `query` asked for them with ask number `ask`.
admin_rows join_actors(const query_answers& said, std::size_t ask,
                       const listing_query& query);

/// The same for channels, where one row stands for the actors of all loops.
admin_rows join_channels(const query_answers& said, std::size_t ask,
                         const listing_query& query);

/// Events, newest first.
admin_json join_events(const query_answers& said, std::size_t ask,
                       std::size_t limit);

} // namespace rookery
