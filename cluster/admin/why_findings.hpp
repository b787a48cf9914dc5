#pragma once

#include "cluster/admin/why_evidence.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Says in sentences what the evidence shows, the most telling ones first.
std::vector<std::string> findings_of(const why_query& query,
                                     const query_answers& said,
                                     const why_evidence& evidence);

} // namespace rookery
