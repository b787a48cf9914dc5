#include "cluster/node/new_client.hpp"

#include "net/origin_policy.hpp"

#include <utility>

namespace rookery {

std::vector<http_field> new_client::fields() const {
  return origins_.fields_for(request());
}

void new_client::answer(http_response response) {
  for (auto& field : fields())
    response.fields.push_back(std::move(field));
  exchange_->respond(std::move(response));
}

} // namespace rookery
