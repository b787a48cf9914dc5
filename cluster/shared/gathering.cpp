#include "cluster/shared/gathering.hpp"

#include <caf/sec.hpp>

namespace rookery {

caf::message_id send_query(caf::scheduled_actor& self,
                           const caf::strong_actor_ptr& actor,
                           const caf::duration& patience, caf::message query) {
  const auto id = self.new_request_id(caf::message_priority::normal);
  if (actor) {
    actor->enqueue(caf::strong_actor_ptr{self.ctrl()}, id, std::move(query),
                   self.context());
    self.request_response_timeout(patience, id);
  } else {
    self.eq_impl(id.response_id(), caf::strong_actor_ptr{self.ctrl()},
                 self.context(), caf::make_error(caf::sec::invalid_argument));
  }
  return id.response_id();
}

} // namespace rookery
