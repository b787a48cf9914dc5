#pragma once

#include "cluster/admin/why_evidence.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Describes the evidence in sentences, the most important ones first.
std::vector<std::string> findings_of(const why_query& query,
                                     const query_answers& answers,
                                     const why_evidence& evidence);

} // namespace rookery
