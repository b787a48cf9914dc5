#define CAF_SUITE http_hooks

#include "cluster/hooks/http_hooks.hpp"
#include "configs/log.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using texts = std::vector<std::string>;

/// A backend that answers when the test says so, with what it says.
struct scripted_backend final : backend {
  bool ask(std::string_view body, std::span<const backend_field> fields,
           receiver done) override {
    if (is_overloaded)
      return false;
    bodies.emplace_back(body);
    names.clear();
    for (const auto& each : fields)
      names.push_back(each.name);
    waiting = std::move(done);
    return true;
  }

  bool is_overloaded = false;
  texts bodies;
  texts names;
  receiver waiting;
};

struct fixture {
  fixture() {
    log::redirect([this](std::string_view line) { lines.emplace_back(line); });
  }

  ~fixture() { log::redirect({}); }

  static http_hooks::backends all(backend* where) {
    http_hooks::backends result{};
    result.fill(where);
    return result;
  }

  template <class Grant, class Question>
  bool ask(const Question& question) {
    outcome.clear();
    return hooks.ask(question, [this](const hook_answer<Grant>& answer) {
      if (const auto* error = std::get_if<hook_error>(&answer))
        outcome = std::to_string(error->code) + " " + error->message
                  + (error->temporary ? " temporary" : "");
      else if (const auto* close = std::get_if<dictated_close>(&answer))
        outcome = "close " + std::to_string(close->code) + " " + close->text;
      else
        outcome = "granted";
    });
  }

  /// The result of an rpc with that answer.
  std::string rpc(backend_result result) {
    CAF_CHECK(ask<rpc_grant>(rpc_question{who, "m", ""}));
    where.waiting(std::move(result));
    return outcome;
  }

  std::string rpc(std::string body) {
    return rpc(backend_answer{200, std::move(body)});
  }

  std::size_t lines_with(std::string_view text) const {
    std::size_t result = 0;
    for (const auto& each : lines)
      result += each.find(text) != std::string::npos;
    return result;
  }

  scripted_backend where;
  http_hooks hooks{all(&where), 3};
  hook_subject who{"c1", "ann", R"({"m":1})", {}};
  std::string outcome;
  texts lines;
};

const std::string internal = "100 internal server error temporary";

} // namespace

CAF_TEST_FIXTURE_SCOPE(http_hooks_tests, fixture)

CAF_TEST(questions have the fields that backends of Centrifugo know) {
  const std::string_view channels[]{"a", "b\""};
  ask<connect_grant>(
    connect_question{{"c1", "", "", {}}, "js", "5", R"({"d": 1})", channels});
  ask<refresh_grant>(refresh_question{who});
  ask<subscribe_grant>(subscribe_question{who, "a", "[1]"});
  ask<publish_grant>(publish_question{who, "a", "1"});
  ask<rpc_grant>(rpc_question{{"c1", "", "", {}}, "m", ""});
  const std::string transport =
    R"("transport":"websocket","protocol":"json","encoding":"json")";
  const auto known =
    R"({"client":"c1",)" + transport + R"(,"user":"ann","meta":{"m":1})";
  CAF_CHECK_EQUAL(
    where.bodies,
    (texts{
      R"({"client":"c1",)" + transport
        + R"(,"name":"js","version":"5","data":{"d": 1},"channels":["a","b\""]})",
      known + "}", known + R"(,"channel":"a","data":[1]})",
      known + R"(,"channel":"a","data":1})",
      R"({"client":"c1",)" + transport + R"(,"user":"","method":"m"})"}));
}

CAF_TEST(forwarded fields go with the question) {
  const std::vector<backend_field> fields{{"Cookie", "a"}};
  who.fields = fields;
  ask<rpc_grant>(rpc_question{who, "m", ""});
  CAF_CHECK_EQUAL(where.names, texts{"Cookie"});
}

CAF_TEST(answers are passed on) {
  CAF_CHECK_EQUAL(rpc(R"({"result":{"data":1}})"), "granted");
  CAF_CHECK_EQUAL(rpc(R"({"error":{"code":400,"message":"no"}})"), "400 no");
  CAF_CHECK_EQUAL(rpc(R"({"disconnect":{"code":4000,"reason":"out"}})"),
                  "close 4000 out");
  CAF_CHECK(lines.empty());
}

CAF_TEST(a response that is no answer may be tried again) {
  CAF_CHECK_EQUAL(rpc("nonsense"), internal);
  CAF_CHECK_EQUAL(rpc("{}"), internal);
  CAF_CHECK_EQUAL(rpc(backend_answer{500, R"({"result":{}})"}), internal);
  CAF_CHECK_EQUAL(rpc(backend_failure::timeout), internal);
  CAF_CHECK_EQUAL(rpc(backend_failure::stopped), internal);
}

CAF_TEST(an outage is told once and so is its end) {
  rpc(backend_failure::unreachable);
  rpc(backend_failure::timeout);
  rpc("{}");
  CAF_CHECK_EQUAL(lines.size(), 1u);
  CAF_CHECK_EQUAL(lines_with("hook fails hook=rpc reason=unreachable loop=3"),
                  1u);
  rpc(R"({"result":{}})");
  rpc(R"({"result":{}})");
  CAF_CHECK_EQUAL(lines.size(), 2u);
  CAF_CHECK_EQUAL(lines_with("hook works again hook=rpc loop=3"), 1u);
}

CAF_TEST(a hook that fails again and again does not fill the log) {
  for (int i = 0; i < 10; ++i) {
    rpc("{}");
    rpc(R"({"result":{}})");
  }
  CAF_CHECK_EQUAL(lines.size(), 2u);
}

CAF_TEST(each hook is told by itself) {
  rpc("{}");
  ask<refresh_grant>(refresh_question{who});
  where.waiting(backend_failure::unreachable);
  CAF_CHECK_EQUAL(lines_with("hook=rpc reason=\"malformed_answer: "), 1u);
  CAF_CHECK_EQUAL(lines_with("hook=refresh reason=unreachable"), 1u);
}

CAF_TEST(too many questions are refused at once) {
  where.is_overloaded = true;
  CAF_CHECK(!ask<rpc_grant>(rpc_question{who, "m", ""}));
  CAF_CHECK(outcome.empty());
  CAF_CHECK_EQUAL(lines_with("reason=overloaded"), 1u);
}

CAF_TEST(only hooks with a backend can be asked) {
  http_hooks::backends some{};
  some[static_cast<std::size_t>(hook_kind::rpc)] = &where;
  const http_hooks few{some, 0};
  CAF_CHECK(few.has(hook_kind::rpc));
  CAF_CHECK(!few.has(hook_kind::connect));
}

CAF_TEST_FIXTURE_SCOPE_END()
