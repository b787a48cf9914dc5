#pragma once

#include "cluster/admin/admin_inquiry.hpp"

#include <cstdint>
#include <string>

namespace rookery {

/// What an operator wants to know of a channel's publications.
struct why_question {
  std::string channel;
  std::uint64_t offset = 0;     ///< 0: the latest
  std::uint64_t connection = 0; ///< actor id; 0: any
  std::string user;             ///< empty: any

  bool names_members() const noexcept {
    return offset != 0 || connection != 0 || !user.empty();
  }
};

/// What nodes remember of the way of publications, and what follows from it in
/// words. `said` has the answers to a ledger, a position and a journal, in this
/// order: of the connection or user, or of refusals on the channel.
admin_json report_why(const why_question& question, const nodes_said& said);

} // namespace rookery
