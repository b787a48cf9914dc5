#include "cluster/node/new_client.hpp"

#include "net/peers/origin_policy.hpp"

#include <utility>

namespace rookery {

std::vector<http_field> new_client::fields() const {
  return origins_.fields_for(request());
}

std::unique_ptr<accepted_client> new_client::take() {
  const auto is_counted = request().is_counted;
  auto result = exchange_->take();
  if (!is_counted)
    result->place = std::move(place_);
  return result;
}

void new_client::answer(http_response response) {
  for (auto& field : fields())
    response.fields.push_back(std::move(field));
  exchange_->respond(std::move(response));
}

} // namespace rookery
