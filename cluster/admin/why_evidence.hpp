#pragma once

#include "cluster/admin/query_nodes.hpp"
#include "cluster/admin/why_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// The records of all nodes about publications of a channel, joined and judged.
struct why_evidence {
  /// A loop that has members, or had some recently.
  struct place {
    std::string node;
    std::size_t loop;
    /// The verdict on the publication in the query, if the loop did not handle
    /// it.
    std::string missing;
  };

  admin_json published = admin_json::array();
  admin_json received = admin_json::array();
  admin_json handled = admin_json::array();
  admin_json marks = admin_json::array();
  admin_json members = admin_json::array();
  admin_json refusals = admin_json::array();
  admin_json events = admin_json::array();
  admin_json losses = admin_json::array(); ///< events, newest first
  std::vector<place> places;
  /// The last offset of the history; nullopt if unknown, or without history.
  std::optional<std::uint64_t> top;
};

/// The verdicts on a member, or a loop, that did not get a publication.
inline constexpr std::string_view was_not_there = "joined later";
inline constexpr std::string_view does_not_remember = "unknown";

/// `answers` is as in `report_why`.
why_evidence collect_evidence(const why_query& query,
                              const query_answers& answers);

/// Returns a number of a row; 0 if absent.
std::uint64_t number_in(const admin_json& row, const char* name);

} // namespace rookery
