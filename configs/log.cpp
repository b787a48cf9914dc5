#include "configs/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <mutex>

namespace rookery::log {

namespace {

class function_sink final : public spdlog::sinks::base_sink<std::mutex> {
public:
  explicit function_sink(std::function<void(std::string_view)> function)
    : function_{std::move(function)} {}

private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    function_({message.payload.data(), message.payload.size()});
  }

  void flush_() override {}

  std::function<void(std::string_view)> function_;
};

// Lines come complete: spdlog only brings them out, one at a time.
std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink) {
  auto result = std::make_shared<spdlog::logger>("rookery", std::move(sink));
  result->set_pattern("%v");
  result->set_level(spdlog::level::trace);
  result->flush_on(spdlog::level::trace);
  return result;
}

std::shared_ptr<spdlog::logger>& logger() {
  static auto instance =
    make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
  return instance;
}

std::atomic<bool> writes_json{false};

} // namespace

bool set_level(std::string_view level_name) {
  for (const auto candidate :
       {level::trace, level::debug, level::info, level::warn, level::error}) {
    if (to_string(candidate) != level_name)
      continue;
    threshold = candidate;
    return true;
  }
  return false;
}

void start(std::string_view level_name, std::string_view format) {
  set_level(level_name);
  writes_json = format == "json";
}

void redirect(std::function<void(std::string_view)> sink) {
  if (sink)
    logger() = make_logger(std::make_shared<function_sink>(std::move(sink)));
  else
    logger() = make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
}

void write(level severity, std::string_view event,
           std::span<const field> fields) {
  const record entry{std::chrono::system_clock::now(), severity, event, fields};
  const auto line = writes_json ? format_json(entry) : format_text(entry);
  logger()->log(spdlog::level::info,
                spdlog::string_view_t{line.data(), line.size()});
}

} // namespace rookery::log
