#include "actors/centrifuge/centrifuge_json_codec.hpp"
#include "configs/utf8.hpp"
#include "tests/fuzz/frame_mutator.hpp"
#include "tests/fuzz/json_judge.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>

// centrifuge_codec_fuzz ITERATIONS [SEED]: decodes random variations of good
// frames and checks the invariants of all results. Sanitizers check that views
// stay inside the frame.

using namespace rookery;
using namespace rookery::test;

namespace {

struct broken_invariant {
  const char* what;
};

void require(bool holds, const char* what) {
  if (!holds)
    throw broken_invariant{what};
}

/// Read texts to their last byte here; the judge reads payloads.
void check_text(std::string_view text) {
  require(is_valid_utf8(text), "a text is UTF-8");
}

void check_payload(std::string_view payload) {
  require(payload.empty() || json_judge::accepts(payload),
          "a decoded payload is JSON");
}

class fuzzer {
public:
  void run(const std::string& frame) {
    begin(frame);
    std::size_t count = 0;
    auto verdict = codec_->next(command_);
    while (verdict == decoded::command) {
      require(++count <= max_commands_per_frame, "frames are bounded");
      std::visit([&](const auto& body) { check(body); }, command_.body);
      verdict = codec_->next(command_);
    }
    require(codec_->next(command_) == verdict, "the last verdict stays");
    check_push("c", frame);
  }

  std::size_t published() const { return published_; }

private:
  /// The codec reads a copy that is freed afterwards.
  void begin(std::string_view frame) {
    const auto copy = std::make_unique<char[]>(frame.size());
    std::copy(frame.begin(), frame.end(), copy.get());
    codec_->begin({copy.get(), frame.size()});
  }

  /// Encodes a publication of any bytes; returns the message.
  const std::string& check_push(std::string_view channel,
                                std::string_view data) {
    message_.clear();
    codec_->encode(centrifuge_push{channel, centrifuge_publication{data}},
                   message_);
    require(message_.find('\n') == message_.npos, "a message is one line");
    require(json_judge::accepts(message_), "a message is JSON");
    return message_;
  }

  void check(const pong&) { require(command_.id == 0, "a pong has no id"); }

  void check(const ping_request&) {
    require(command_.id > 0, "a command has an id");
  }

  void check(const connect_request& request) {
    check_text(request.token);
    check_text(request.name);
    check_text(request.version);
    check_payload(request.data);
    require(request.subs.size() <= max_map_entries, "maps are bounded");
    for (const auto& sub : request.subs)
      check(sub);
    for (const auto& [name, value] : request.headers) {
      check_text(name);
      check_text(value);
    }
  }

  void check(const subscribe_request& request) {
    check_text(request.channel);
    check_text(request.token);
    check_text(request.delta);
    check_text(request.since.epoch);
    check_payload(request.data);
  }

  void check(const publish_request& request) {
    check_text(request.channel);
    check_payload(request.data);
    const auto& message = check_push(request.channel, request.data);
    require(message.ends_with(
              R"("data":)"
              + (request.data.empty() ? "\"\"" : std::string{request.data})
              + "}}}"),
            "a decoded payload is sent as it came");
    ++published_;
  }

  void check(const client_history_request& request) {
    check_text(request.channel);
    check_text(request.since.value_or(client_position{}).epoch);
  }

  void check(const sub_refresh_request& request) {
    check_text(request.channel);
    check_text(request.token);
  }

  void check(const refresh_request& request) { check_text(request.token); }

  void check(const send_request& request) { check_payload(request.data); }

  void check(const rpc_request& request) {
    check_text(request.method);
    check_payload(request.data);
  }

  template <class ByChannel>
  void check(const ByChannel& request) {
    check_text(request.channel);
  }

  std::unique_ptr<centrifuge_codec> codec_ = make_centrifuge_json_codec();
  centrifuge_command command_;
  std::string message_;
  std::size_t published_ = 0;
};

int report(const std::string& frame, const char* what) {
  std::fprintf(stderr, "does not hold: %s\nframe (%zu bytes): ", what,
               frame.size());
  std::fwrite(frame.data(), 1, frame.size(), stderr);
  std::fputc('\n', stderr);
  return 1;
}

} // namespace

int main(int argc, char** argv) {
  const auto iterations =
    argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  const auto seed = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  frame_mutator mutator{static_cast<std::mt19937::result_type>(seed)};
  fuzzer tester;
  for (auto i = 0ul; i < iterations; ++i) {
    const auto frame = mutator.next();
    try {
      tester.run(frame);
    } catch (const broken_invariant& broken) {
      return report(frame, broken.what);
    } catch (const std::exception& thrown) {
      return report(frame, thrown.what());
    }
  }
  std::printf("%lu frames, %zu publications\n", iterations, tester.published());
  // Without accepted frames the mutations would test little.
  return tester.published() > iterations / 50 ? 0 : 1;
}
