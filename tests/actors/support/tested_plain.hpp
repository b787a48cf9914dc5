#pragma once

#include "actors/plain/plain_connection.hpp"
#include "tests/actors/support/recording_outbox.hpp"

#include <utility>

namespace rookery::test {

/// A client of the plain protocol whose socket only records.
class tested_plain final : public plain_connection {
public:
  tested_plain(caf::actor_config& config, loop_services& services,
               plain_request request)
    : plain_connection{config, services, std::move(request)} {}

  outbox& socket() noexcept override { return box; }

  recording_outbox box;
};

} // namespace rookery::test
