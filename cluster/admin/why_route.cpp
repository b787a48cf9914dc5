#include "cluster/admin/why_route.hpp"

#include "cluster/admin/why_report.hpp"

namespace rookery {

namespace {

/// The maximum number of members that one loop lists.
constexpr std::uint32_t max_members = 1'000;

why_query read(admin_request& request) {
  return {request.channel("channel"), request.number("offset"),
          request.number("connection"), request.text("user")};
}

/// Asks for the events of a connection or user, if one is named; else for
/// refusals on the channel.
events_query events_of(const why_query& query) {
  events_query result;
  result.what.connection = query.connection;
  result.what.user = query.user;
  if (query.connection == 0 && query.user.empty()) {
    result.what.what = "refused";
    result.what.channel = query.channel;
  }
  return result;
}

/// Asks for what was lost on the channel: its actors may have ended since.
events_query losses_of(const why_query& query) {
  events_query result;
  result.what.what = "lost";
  result.what.channel = query.channel;
  return result;
}

} // namespace

operator_query ask_why(admin_request& request) {
  const auto query = read(request);
  return {request.text("node"),
          {ledger_query{query.channel, query.names_members() ? max_members : 0,
                        query.connection},
           position_query{query.channel}, events_of(query), losses_of(query)}};
}

admin_json show_why(admin_request& request, const query_answers& answers) {
  return report_why(read(request), answers);
}

} // namespace rookery
