#pragma once

#include "cluster/admin/admin_routes.hpp"

namespace rookery {

// The path `gaps`: publications that nodes have missed, filled or not.
operator_query ask_gaps(admin_request& request);
admin_json show_gaps(admin_request& request, const query_answers& answers);

} // namespace rookery
