#pragma once

#include "actors/runtime/actor_ref.hpp"

#include <caf/behavior.hpp>
#include <caf/duration.hpp>
#include <caf/error.hpp>
#include <caf/message.hpp>
#include <caf/response_type.hpp>
#include <caf/scheduled_actor.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace rookery {

/// Sends `query` to `actor` as a request. Returns the id of the response, which
/// is an error if none comes within `patience`.
caf::message_id send_query(caf::scheduled_actor& self,
                           const caf::strong_actor_ptr& actor,
                           const caf::duration& patience, caf::message query);

/// A result that is put together from the answers of several actors. The
/// handlers of these answers share it, all on the thread of one actor. Requests
/// are sent without CAF's typed handles, which are slow to compile.
template <class Result>
class gathering : public std::enable_shared_from_this<gathering<Result>> {
public:
  using then = std::function<void(Result)>;

  /// Begins with `result`. Call `finish` after the last `ask` or `expect`.
  static std::shared_ptr<gathering> start(Result result, then end) {
    return std::make_shared<gathering>(std::move(result), std::move(end));
  }

  // Braces would make a JSON array around a result that is JSON.
  gathering(Result result, then end)
    : result_(std::move(result)), end_{std::move(end)} {}

  /// Sends `query` to `actor`, and adds the answer to the result with `put`.
  /// The result stays unchanged if no answer comes within `patience`.
  template <class Answer, class Handle, class Query>
  void ask(caf::scheduled_actor& self, const actor_ref<Handle>& actor,
           const caf::duration& patience, const Query& query,
           std::function<void(Result&, const Answer&)> put) {
    static_assert(
      caf::response_type<typename Handle::signatures, Query>::valid);
    expect();
    const auto id =
      send_query(self, caf::actor_cast<caf::strong_actor_ptr>(actor.handle()),
                 patience, caf::make_message(query));
    self.add_multiplexed_response_handler(
      id,
      caf::behavior{
        [all = this->shared_from_this(), put](const Answer& answer) {
          all->put([&](Result& result) { put(result, answer); });
        },
        [all = this->shared_from_this()](const caf::error&) { all->arrived(); },
      });
  }

  /// Expects one more part, to be added with `put`.
  void expect() noexcept { ++missing_; }

  /// Changes the result. Call once for each `expect`.
  template <class Put>
  void put(Put change) {
    change(result_);
    arrived();
  }

  /// Calls `end` once every part has arrived. Call after the last `ask` or
  /// `expect`.
  void finish() { arrived(); }

private:
  void arrived() {
    if (--missing_ == 0)
      end_(std::move(result_));
  }

  Result result_;
  std::size_t missing_ = 1; // one of it is for `finish`
  then end_;
};

} // namespace rookery
