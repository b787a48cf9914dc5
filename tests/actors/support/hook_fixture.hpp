#pragma once

#include "tests/actors/support/centrifuge_fixture.hpp"
#include "tests/actors/support/scripted_hooks.hpp"

namespace rookery::test {

inline const dictated_close banned{4501, "banned"};
inline const hook_error own_error{1000, "our own", false};
inline const hook_error no_answer{100, "internal server error", true};

/// Clients that a backend decides about: it is asked about everything in the
/// namespace "asked", which allows nothing by itself.
struct hook_fixture : centrifuge_fixture {
  hook_fixture() {
    services.hooks = &hooks;
    channel_options options;
    options.hook_subscribe = true;
    options.hook_publish = true;
    options.presence = true;
    string_map<channel_options> named;
    named["asked"] = options;
    options.history_size = 10;
    options.history_ttl = std::chrono::minutes{1};
    named["kept"] = options;
    names = namespaces{open_options(), std::move(named)};
  }

  static connect_grant grant(std::string user) {
    connect_grant result;
    result.is_known = true;
    result.claims.user = std::move(user);
    return result;
  }

  /// A client that the backend admits as `user`.
  client_ptr let_in(const std::string& user) { return let_in(grant(user)); }

  client_ptr let_in(connect_grant how, centrifuge_request request = {}) {
    auto result = start(std::move(request));
    say(result, R"({"id":1,"connect":{}})");
    answer(hooks.connects, std::move(how));
    CAF_REQUIRE(!result->box.closed_with);
    result->box.frames.clear();
    hooks.questions.clear();
    return result;
  }

  template <class Waiting, class Answer>
  void answer(Waiting& waiting, Answer with) {
    CAF_REQUIRE(!waiting.empty());
    scripted_hooks::answer(waiting, std::move(with));
    settle();
  }

  std::string close_text(const client_ptr& client) {
    CAF_REQUIRE(client->box.closed_with);
    const auto status = client->status_for(*client->box.closed_with);
    return std::to_string(status.code) + " " + std::string{status.text};
  }

  scripted_hooks hooks;
};

} // namespace rookery::test
