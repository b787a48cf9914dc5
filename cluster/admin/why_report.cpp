#include "cluster/admin/why_report.hpp"

#include "cluster/admin/why_evidence.hpp"

#include <utility>

namespace rookery {

admin_json report_why(const why_question& question, const nodes_said& said) {
  auto found = collect_evidence(question, said);
  auto findings = findings_of(question, said, found);
  return {{"channel", question.channel},
          {"offset",
           question.offset == 0 ? admin_json() : admin_json(question.offset)},
          {"findings", std::move(findings)},
          {"published", std::move(found.published)},
          {"received", std::move(found.received)},
          {"handled", std::move(found.handled)},
          {"marks", std::move(found.marks)},
          {"members", std::move(found.members)},
          {"refusals", std::move(found.refusals)},
          {"events", std::move(found.events)}};
}

} // namespace rookery
