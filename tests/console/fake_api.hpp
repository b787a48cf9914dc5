#pragma once

#include "apps/rookery-console/command_line.hpp"

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace rookery::console {

/// An API that answers from a table and records its requests.
class fake_api final : public api {
public:
  struct script {
    std::map<std::string, reply> answers;
    std::vector<json> messages; ///< of a stream
    failure stream_end;
    std::vector<std::string> asked; ///< "GET target", "POST path body"
  };

  explicit fake_api(script& play) : play_{play} {}

  reply get(const std::string& target) override {
    play_.asked.push_back("GET " + target);
    return answer(target);
  }

  reply post(const std::string& path, const json& body) override {
    play_.asked.push_back("POST " + path + ' ' + body.dump());
    return answer(path);
  }

  failure stream(json request, const listener& each) override {
    play_.asked.push_back("LIVE " + request.dump());
    for (const auto& message : play_.messages)
      if (!each(nullptr) || !each(&message))
        return {};
    return play_.stream_end;
  }

  [[nodiscard]] std::string address() const override {
    return "127.0.0.1:9080";
  }

private:
  reply answer(const std::string& key) {
    const auto found = play_.answers.find(key);
    return found == play_.answers.end() ? reply{json::object(), {}}
                                        : found->second;
  }

  script& play_;
};

/// Runs commands without a network and a terminal.
struct stage {
  fake_api::script play;
  std::ostringstream out;
  std::ostringstream err;
  operator_hooks hooks;
  bool terminal = false;

  /// The answer to every target that begins so.
  void says(const std::string& target, const std::string& body) {
    play.answers[target] = {json::parse(body), {}};
  }

  void fails(const std::string& target, failure problem) {
    play.answers[target] = {{}, std::move(problem)};
  }

  status run(std::vector<std::string> words) {
    program_options program;
    const auto wanted = read_order(std::move(words), program);
    if (const auto* end = std::get_if<early_end>(&wanted)) {
      (end->how == status::ok ? out : err) << end->text;
      return end->how;
    }
    screen page{out, err, {.json = program.json, .terminal = terminal}};
    session now{std::make_unique<fake_api>(play), page, hooks};
    return std::get<order>(wanted).run(now);
  }

  /// The requests of a command.
  std::string request(std::vector<std::string> words) {
    play.asked.clear();
    err.str({});
    if (run(std::move(words)) != status::ok)
      return "failed: " + err.str();
    return play.asked.empty() ? "nothing" : play.asked.back();
  }
};

} // namespace rookery::console
