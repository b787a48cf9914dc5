#include "cluster/admin/admin_routes.hpp"
#include "cluster/admin/why_report.hpp"

// `/api/why`.
namespace rookery {

namespace {

/// Members that one loop names.
constexpr std::uint32_t most_members = 1'000;

why_question read(admin_request& request) {
  return {request.channel("channel"), request.number("offset"),
          request.number("connection"), request.text("user")};
}

/// What happened to those who are asked about; else who was refused there.
admin_json events_of(const why_question& question) {
  if (question.connection == 0 && question.user.empty())
    return {{"what", "refused"}, {"channel", question.channel}, {"limit", 100}};
  return {{"connection", question.connection},
          {"user", question.user},
          {"limit", 100}};
}

} // namespace

admin_inquiry ask_why(admin_request& request) {
  const auto question = read(request);
  admin_json ledger{{"channel", question.channel},
                    {"connection", question.connection},
                    {"members", question.names_members() ? most_members : 0}};
  return {request.text("node"),
          make_asks(make_ask("ledger", std::move(ledger)),
                    make_ask("position", {{"channel", question.channel}}),
                    make_ask("journal", events_of(question)))};
}

admin_json show_why(admin_request& request, const nodes_said& said) {
  return report_why(read(request), said);
}

} // namespace rookery
