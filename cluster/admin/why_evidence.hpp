#pragma once

#include "cluster/admin/query_nodes.hpp"
#include "cluster/admin/why_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// The records of the nodes on publications of a channel, put together and
/// judged.
struct why_evidence {
  /// A loop that has members, or had some lately.
  struct place {
    std::string node;
    std::size_t loop;
    /// The verdict on the publication that is asked for, if the loop has not
    /// handed it on.
    std::string missing;
  };

  admin_json published = admin_json::array();
  admin_json received = admin_json::array();
  admin_json handled = admin_json::array();
  admin_json marks = admin_json::array();
  admin_json members = admin_json::array();
  admin_json refusals = admin_json::array();
  admin_json events = admin_json::array();
  std::vector<place> places;
  /// The last offset of the history; nullopt: not known, or there is none.
  std::optional<std::uint64_t> top;
};

/// Verdicts on a member, or a loop, that has not got a publication.
inline constexpr std::string_view was_not_there = "joined later";
inline constexpr std::string_view does_not_remember = "unknown";

/// `said` is as in `report_why`.
why_evidence collect_evidence(const why_query& query,
                              const query_answers& said);

/// A number of a row, 0 where it has none.
std::uint64_t number_in(const admin_json& row, const char* name);

} // namespace rookery
