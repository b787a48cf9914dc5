#include "cluster/admin.hpp"

#include "cluster/merge_listings.hpp"

#include <caf/sec.hpp>
#include <caf/typed_response_promise.hpp>

#include <memory>
#include <optional>

namespace rookery {

namespace {

using admin_pointer = admin_actor::stateful_pointer<admin_state>;

constexpr auto answer_timeout = std::chrono::seconds{2};

/// The answers of all loops to one question, as they come in.
template <class Answer, class Result>
struct collection {
  std::size_t missing;
  std::vector<Answer> answers;
  caf::typed_response_promise<Result> promise;
};

snapshot inspect_self(admin_pointer self) {
  snapshot result;
  result.kind = "admin";
  result.id = self->id();
  result.age = std::chrono::duration_cast<std::chrono::seconds>(
    std::chrono::steady_clock::now() - self->state.born);
  result.handled = self->state.handled;
  return result;
}

caf::typed_response_promise<listing> list(admin_pointer self,
                                          const listing_query& query) {
  auto all = std::make_shared<collection<listing, listing>>();
  all->missing = self->state.loops.size();
  all->promise = self->make_response_promise<listing>();
  if (self->id() > query.after && (query.kind.empty() || query.kind == "admin"))
    all->answers.push_back({{inspect_self(self)}, 0});
  for (const auto& loop : self->state.loops)
    self->request(loop.handle(), answer_timeout, query)
      .then(
        [all, limit = query.limit](listing& page) {
          all->answers.push_back(std::move(page));
          if (--all->missing == 0)
            all->promise.deliver(
              merge_listings(std::move(all->answers), limit));
        },
        [all](caf::error& problem) { all->promise.deliver(problem); });
  return all->promise;
}

caf::typed_response_promise<snapshot> find(admin_pointer self,
                                           std::uint64_t id) {
  auto all = std::make_shared<collection<snapshot, snapshot>>();
  all->missing = self->state.loops.size();
  all->promise = self->make_response_promise<snapshot>();
  if (id == self->id()) {
    all->promise.deliver(inspect_self(self));
    return all->promise;
  }
  for (const auto& loop : self->state.loops)
    self->request(loop.handle(), answer_timeout, inspect_atom_v, id)
      .then([all](snapshot& found) { all->promise.deliver(std::move(found)); },
            [all](caf::error& problem) {
              if (--all->missing == 0)
                all->promise.deliver(problem);
            });
  return all->promise;
}

} // namespace

admin_actor::behavior_type admin(admin_pointer self,
                                 std::vector<actor_ref<loop_actor>> loops) {
  self->state.loops = std::move(loops);
  return {
    [self](inspect_atom) { return inspect_self(self); },
    [self](inspect_atom, std::uint64_t id) {
      ++self->state.handled;
      return find(self, id);
    },
    [self](const listing_query& query) {
      ++self->state.handled;
      return list(self, query);
    },
  };
}

} // namespace rookery
