#include "cluster/admin/why_report.hpp"

#include "cluster/admin/why_findings.hpp"

#include <utility>

namespace rookery {

admin_json report_why(const why_query& query, const query_answers& answers) {
  auto found = collect_evidence(query, answers);
  auto findings = findings_of(query, answers, found);
  return {
    {"channel", query.channel},
    {"offset", query.offset == 0 ? admin_json() : admin_json(query.offset)},
    {"findings", std::move(findings)},
    {"published", std::move(found.published)},
    {"received", std::move(found.received)},
    {"handled", std::move(found.handled)},
    {"marks", std::move(found.marks)},
    {"members", std::move(found.members)},
    {"refusals", std::move(found.refusals)},
    {"events", std::move(found.events)},
    {"losses", std::move(found.losses)}};
}

} // namespace rookery
