#include "cluster/admin/admin_page.hpp"

namespace rookery {

http_response admin_answer(const admin_json& body) {
  http_response page;
  page.content_type = "application/json";
  page.body = text_of(body) + "\n";
  page.fields = {{"Cache-Control", "no-store"},
                 {"X-Content-Type-Options", "nosniff"}};
  return page;
}

http_response admin_error(unsigned status, std::string_view text) {
  auto page = admin_answer({{"error", text}});
  page.status = status;
  return page;
}

} // namespace rookery
