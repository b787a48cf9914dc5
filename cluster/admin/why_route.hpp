#pragma once

#include "cluster/admin/admin_routes.hpp"

namespace rookery {

// The path `why`: explains why a publication did or did not arrive.
operator_query ask_why(admin_request& request);
admin_json show_why(admin_request& request, const query_answers& answers);

} // namespace rookery
