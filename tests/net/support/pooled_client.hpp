#pragma once

#include "net/reader_pool.hpp"

#include <string>
#include <vector>

namespace rookery::test {

/// The results of a client's bytes, in a form that is easy to compare.
struct reading {
  /// Entries "text:...", "binary:...", and last "closed:REASON".
  std::vector<std::string> events;
  /// All bytes written to the client.
  std::string output;

  bool is_over() const {
    return !events.empty() && events.back().starts_with("closed:");
  }

  void message(std::string_view payload, payload_kind kind) {
    const std::string prefix = kind == payload_kind::text ? "text:" : "binary:";
    events.push_back(prefix + std::string{payload});
  }

  void closed(close_reason reason) {
    events.push_back("closed:" + std::string{to_string(reason)});
  }
};

/// A client whose bytes go to readers of a pool, leased as sessions do it.
class pooled_client final : public reader_sink {
public:
  explicit pooled_client(reader_pool& pool) : pool_{pool} {}

  void feed(std::string_view bytes) {
    if (result.is_over())
      return;
    if (!lease_)
      lease_ = pool_.lease();
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    if (!lease_->feed(*this, {data, bytes.size()})) {
      result.closed(lease_->failure());
      lease_.reset();
    } else if (lease_->between_messages()) {
      pool_.give_back(std::move(lease_));
    }
  }

  bool has_lease() const { return lease_ != nullptr; }

  void on_message(std::string_view payload, payload_kind kind) override {
    result.message(payload, kind);
  }

  void on_pong() override { ++pongs; }

  void on_output(frame_ptr bytes) override { result.output += bytes->bytes(); }

  reading result;
  int pongs = 0;

private:
  reader_pool& pool_;
  std::unique_ptr<reader> lease_;
};

} // namespace rookery::test
