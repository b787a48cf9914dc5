#include "net/http_client.hpp"

#include "net/http_link.hpp"
#include "net/io_loop.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rookery {

namespace {

bool is_token(std::string_view text) noexcept {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z') || marks.find(c) != marks.npos;
  });
}

bool is_field_value(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= ' ' && byte != 0x7f);
  });
}

void append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts)
    out.append(part);
}

} // namespace

/// One request until its receiver is called.
class http_client::call final : public wheel_entry, public http_link::listener {
public:
  call(http_client& owner, std::string request, receiver done)
    : owner_{owner}, request_{std::move(request)}, done_{std::move(done)} {}

  void send(std::shared_ptr<http_link> link, bool was_used) {
    link_ = std::move(link);
    was_used_ = was_used;
    link_->send(request_, *this);
  }

  /// Cuts the connection if the answer is still to come.
  void end(backend_result result) {
    if (link_)
      link_->close();
    done_(std::move(result));
  }

  /// Cuts the connection and calls no receiver.
  void drop() noexcept {
    timer_wheel::cancel(*this);
    if (link_)
      link_->close();
  }

  calls::iterator place{};
  bool is_running = false;

private:
  void expire() override { owner_.finish(*this, backend_failure::timeout); }

  void answered(backend_answer answer) override {
    owner_.keep(std::move(link_));
    owner_.finish(*this, std::move(answer));
  }

  void failed(backend_failure why, bool is_untouched) override {
    // A kept connection that the server has ended meanwhile.
    if (is_untouched && was_used_)
      send(owner_.open(), false);
    else
      owner_.finish(*this, why);
  }

  http_client& owner_;
  const std::string request_;
  const receiver done_;
  std::shared_ptr<http_link> link_; // null: it waits, or is answered
  bool was_used_ = false;
};

http_client::http_client(io_loop& loop, http_url server,
                         http_client_limits limits)
  : loop_{loop}, server_{std::move(server)}, limits_{limits} {}

http_client::~http_client() {
  assert(loop_.is_home());
  for (auto* each : {&running_, &waiting_})
    for (auto& dropped : *each)
      dropped.drop();
  for (const auto& each : idle_)
    each->close();
}

bool http_client::ask(std::string_view body,
                      std::span<const backend_field> fields, receiver done) {
  const auto may_run = running_.size() < limits_.concurrency;
  if (is_stopped_ || (!may_run && waiting_.size() >= limits_.queue))
    return false;
  auto& next =
    waiting_.emplace_back(*this, request_of(body, fields), std::move(done));
  next.place = std::prev(waiting_.end());
  // The wheel may be a tick early.
  loop_.wheel().schedule(next, limits_.timeout + timer_wheel::tick);
  if (may_run)
    start(next);
  return true;
}

void http_client::stop() {
  is_stopped_ = true;
  while (!waiting_.empty())
    finish(waiting_.back(), backend_failure::stopped);
  while (!running_.empty())
    finish(running_.back(), backend_failure::stopped);
  for (const auto& each : std::exchange(idle_, {}))
    each->close();
}

std::size_t http_client::pending() const noexcept {
  return running_.size() + waiting_.size();
}

std::string
http_client::request_of(std::string_view body,
                        std::span<const backend_field> fields) const {
  std::string result;
  append(result,
         {"POST ", server_.target, " HTTP/1.1\r\nHost: ", server_.authority,
          "\r\nContent-Type: application/json\r\nContent-Length: ",
          std::to_string(body.size()), "\r\n"});
  for (const auto& each : fields)
    if (is_token(each.name) && is_field_value(each.value))
      append(result, {each.name, ": ", each.value, "\r\n"});
  append(result, {"\r\n", body});
  return result;
}

void http_client::start(call& which) {
  which.is_running = true;
  running_.splice(running_.end(), waiting_, which.place);
  auto link = take_idle();
  const auto was_used = link != nullptr;
  which.send(was_used ? std::move(link) : open(), was_used);
}

std::shared_ptr<http_link> http_client::open() {
  return std::make_shared<http_link>(loop_, server_, limits_.max_body);
}

std::shared_ptr<http_link> http_client::take_idle() {
  while (!idle_.empty()) {
    const auto last = std::move(idle_.back());
    idle_.pop_back();
    if (last->is_usable())
      return last;
    last->close();
  }
  return nullptr;
}

void http_client::keep(std::shared_ptr<http_link> link) {
  if (is_stopped_ || link->patience().count() == 0)
    return link->close();
  std::erase_if(idle_, [](const auto& each) { return each->is_closed(); });
  loop_.wheel().schedule(*link, link->patience());
  idle_.push_back(std::move(link));
}

void http_client::finish(call& which, backend_result result) {
  calls done;
  done.splice(done.end(), which.is_running ? running_ : waiting_, which.place);
  timer_wheel::cancel(which);
  if (!waiting_.empty() && running_.size() < limits_.concurrency
      && !is_stopped_)
    start(waiting_.front());
  which.end(std::move(result));
}

} // namespace rookery
