#include "net/io_loop.hpp"

#include "actors/message/sse_event.hpp"
#include "actors/message/websocket_frame.hpp"
#include "actors/runtime/turn_share.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace rookery {

namespace {

/// Bytes taken from a socket at once.
constexpr std::size_t receive_size = 64 * 1024;

/// The input that clients hold together, and the least that one may bring.
constexpr std::size_t held_input_size = 4 * 1024 * 1024;
constexpr std::size_t least_receive_size = 1024;

/// Turns of the actors before the sockets are served again: a publication takes
/// one, what actors ask each other takes more.
constexpr int actor_rounds = 4;

} // namespace

io_loop::io_loop(unsigned index, const session_limits& limits,
                 memory_budget& output)
  : index_{index}, limits_{limits}, output_{output}, receive_(receive_size) {}

io_loop::~io_loop() {
  clear();
}

void io_loop::start(turn_runner& runner) {
  thread_ = std::thread{[this, &runner] { run(runner); }};
}

void io_loop::stop() {
  is_stopping_ = true;
  context_.stop();
}

void io_loop::join() {
  if (thread_.joinable())
    thread_.join();
}

void io_loop::run(turn_runner& runner) {
  home_ = std::this_thread::get_id();
  runner.enter_thread();
  runner_ = &runner;
  started_ = std::chrono::steady_clock::now();
  tick();
  const auto work = boost::asio::make_work_guard(context_);
  context_.run();
  clear();
  runner_ = nullptr;
  runner.leave_thread();
  home_ = std::thread::id{};
}

void io_loop::post(std::function<void()> task) {
  boost::asio::post(context_, [this, task = std::move(task)] {
    if (!is_stopping_)
      task();
  });
}

bool io_loop::is_home() const noexcept {
  const auto home = home_.load();
  return home == std::thread::id{} || home == std::this_thread::get_id();
}

void io_loop::defer() {
  are_actors_due_ = true;
  plan_turn_end();
}

void io_loop::plan_turn_end() {
  assert(is_home());
  if (std::exchange(is_turn_end_planned_, true))
    return;
  turn_began_ = std::chrono::steady_clock::now();
  boost::asio::defer(context_, [this] { end_turn(); });
}

void io_loop::at_turn_end(std::shared_ptr<turn_task> task) {
  tasks_.push_back(std::move(task));
  plan_turn_end();
}

void io_loop::end_turn() {
  const auto began = turn_began_;
  is_turn_end_planned_ = false;
  for (int i = 0; i < actor_rounds && are_actors_due_; ++i) {
    if (i > 0 && std::chrono::steady_clock::now() - began > turn_share)
      break;
    are_actors_due_ = false;
    run_turn();
  }
  if (are_actors_due_)
    plan_turn_end();
  run_tasks();
  flushes_.run();
  meters_.turns.add(std::chrono::steady_clock::now() - began);
}

void io_loop::run_tasks() {
  running_tasks_.swap(tasks_);
  for (const auto& task : running_tasks_)
    task->end_turn();
  running_tasks_.clear();
}

void io_loop::wake() {
  boost::asio::post(context_, [this] { run_turn(); });
}

void io_loop::run_turn() {
  if (runner_ && !is_stopping_)
    runner_->run_turn();
}

void io_loop::count_refusal(address_refusal why) noexcept {
  auto& counters = meters_.refusals;
  counters.address_connections += why == address_refusal::connections;
  counters.address_handshakes += why == address_refusal::handshakes;
  counters.address_tokens += why == address_refusal::bad_tokens;
}

std::span<unsigned char> io_loop::receive_buffer() noexcept {
  const auto share = held_input_size / (held_ + 1);
  return std::span{receive_}.first(
    std::clamp(share, least_receive_size, receive_size));
}

std::chrono::seconds io_loop::next_retry() noexcept {
  last_retry_ = last_retry_ % max_retry + std::chrono::seconds{1};
  return last_retry_;
}

const frame_ptr& io_loop::ping() {
  if (!ping_)
    ping_ = encode_ping();
  return ping_;
}

const frame_ptr& io_loop::comment() {
  if (!comment_)
    comment_ = encode_sse_comment();
  return comment_;
}

void io_loop::settle_memory() {
  output_.publish(index_, outputs_.queued());
  if (const auto excess = output_.excess_of(index_); excess > 0)
    sessions_.relieve(excess);
  if (!input_)
    return;
  input_->publish(index_, inputs_.bytes());
  if (const auto excess = input_->excess_of(index_); excess > 0)
    meters_.refusals.input_memory += inputs_.cut(excess);
}

void io_loop::tick() {
  const auto now = std::chrono::steady_clock::now();
  wheel_.advance(
    static_cast<std::uint32_t>((now - started_) / timer_wheel::tick));
  // Queues of clients that do not read end no turn.
  settle_memory();
  ticker_.expires_at(now + timer_wheel::tick);
  ticker_.async_wait([this](boost::system::error_code ec) {
    if (!ec && !is_stopping_)
      tick();
  });
}

void io_loop::clear() noexcept {
  is_stopping_ = true;
  sessions_.drop_all();
  flushes_.clear();
  tasks_.clear();
  readers_.clear();
  ping_.reset();
  comment_.reset();
  ticker_.cancel();
  sockets_.close();
  // Answers on their way may hold the last references to their clients, whose
  // frames must end on this thread.
  context_.restart();
  context_.poll();
  context_.stop();
}

} // namespace rookery
