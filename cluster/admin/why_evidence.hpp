#pragma once

#include "cluster/admin/admin_inquiry.hpp"
#include "cluster/admin/why_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// What nodes remember of the way of publications, put together and judged.
struct why_evidence {
  /// A loop that has members or had some lately.
  struct place {
    std::string node;
    std::size_t loop;
    /// What it knows of the publication that is asked for, if it has not handed
    /// it on: a member's verdict.
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
  /// Where the history stands; none: nobody knows, or there is none.
  std::optional<std::uint64_t> top;
};

/// Verdicts on a member, or a loop, that has not got a publication.
inline constexpr std::string_view was_not_there = "joined later";
inline constexpr std::string_view does_not_remember = "unknown";

/// `said` is as in `report_why`.
why_evidence collect_evidence(const why_question& question,
                              const nodes_said& said);

/// What follows from it, in sentences; the most telling ones first.
std::vector<std::string> findings_of(const why_question& question,
                                     const nodes_said& said,
                                     const why_evidence& evidence);

/// A number of a row, 0 where it has none.
std::uint64_t number_in(const admin_json& row, const char* name);

} // namespace rookery
