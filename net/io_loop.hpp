#pragma once

#include "actors/record/meters.hpp"
#include "actors/runtime/waker.hpp"
#include "net/flush_list.hpp"
#include "net/input_ledger.hpp"
#include "net/memory_budget.hpp"
#include "net/output_store.hpp"
#include "net/peers/address_book.hpp"
#include "net/poller.hpp"
#include "net/reader_pool.hpp"
#include "net/session_limits.hpp"
#include "net/session_list.hpp"
#include "net/timer_wheel.hpp"
#include "net/turn_task.hpp"
#include "net/yielding_list.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace rookery {

/// The addresses of clients behind proxies, by their sockets.
using told_addresses = std::unordered_map<const client_socket*, std::string>;

/// One thread and the state that its sockets share. Members are for the loop's
/// thread unless their comment says otherwise.
class io_loop final : public waker {
public:
  /// `output` must outlive the loop and know `index`.
  io_loop(unsigned index, const session_limits& limits, memory_budget& output);

  /// The loop must not be running: stopped and joined, or never started.
  ~io_loop();

  unsigned index() const noexcept { return index_; }

  const session_limits& limits() const noexcept { return limits_; }

  /// Starts the thread, which gives `runner` its turns. `runner` must live
  /// until `join` has returned. Tests run `context` themselves instead.
  void start(turn_runner& runner);

  /// Any thread: ends the loop soon. Open sockets are cut without a report;
  /// tasks not yet begun are dropped.
  void stop();

  /// Waits for the thread to end; after that nothing of this loop runs.
  void join();

  /// Any thread: runs `task` on the loop.
  void post(std::function<void()> task);

  /// Any thread: true where the loop's sockets, timers and queues may be
  /// touched, i.e. on its thread, and anywhere while that does not run.
  bool is_home() const noexcept;

  void defer() override;
  void wake() override;

  /// Ends the turn after the handlers that are ready now: actors first, then
  /// tasks, then the clients' output, without asking the kernel for events in
  /// between.
  void plan_turn_end();

  /// Runs `task` once at the turn's end.
  void at_turn_end(std::shared_ptr<turn_task> task);

  boost::asio::io_context& context() noexcept { return context_; }

  reader_pool& readers() noexcept { return readers_; }

  flush_list& flushes() noexcept { return flushes_; }

  poller& sockets() noexcept { return sockets_; }

  timer_wheel& wheel() noexcept { return wheel_; }

  const timer_wheel& wheel() const noexcept { return wheel_; }

  session_list& sessions() noexcept { return sessions_; }

  const session_list& sessions() const noexcept { return sessions_; }

  /// The HTTP clients between two requests.
  yielding_list& idle_clients() noexcept { return idle_clients_; }

  /// The HTTP clients beyond the maximum of connections.
  yielding_list& surplus_clients() noexcept { return surplus_clients_; }

  output_store& outputs() noexcept { return outputs_; }

  /// The unfinished input of this loop's clients.
  input_ledger& inputs() noexcept { return inputs_; }

  /// The addresses of clients that their sockets do not tell.
  told_addresses& told() noexcept { return told_; }

  /// Bounds the unfinished input by a budget, which must outlive the loop and
  /// know `index`. Before `start`.
  void bound_input(memory_budget& input) noexcept { input_ = &input; }

  /// Lets the end of each connection be counted in `book`, which must outlive
  /// the loop. Before `start`.
  void count_in(address_book& book) noexcept { book_ = &book; }

  /// Null if connections are not counted by address.
  address_book* book() const noexcept { return book_; }

  /// The counters of this loop. A turn lasts from the first request to end it
  /// until its end.
  socket_meters& meters() noexcept { return meters_; }

  const socket_meters& meters() const noexcept { return meters_; }

  /// Counts a client refused for `why`.
  void count_refusal(address_refusal why) noexcept;

  /// The buffer for input; free again when the handler returns. The more
  /// clients' input is held, the smaller it is: what one of them sends at once
  /// is all that the loop takes from it.
  std::span<unsigned char> receive_buffer() noexcept;

  /// Counts a client whose input is held, or is not any more.
  void note_held(bool is_held) noexcept { is_held ? ++held_ : --held_; }

  /// Returns the time after which a client that is sent away may come back: one
  /// second more for each client, up to `max_retry` and from the start again,
  /// so that they do not come back together.
  std::chrono::seconds next_retry() noexcept;

  static constexpr std::chrono::seconds max_retry{5};

  /// The frames that every idle client gets, shared by all of this loop.
  const frame_ptr& ping();
  const frame_ptr& comment();

  /// Publishes the number of queued and of unfinished bytes, and ends the
  /// largest queues and the oldest inputs if the node's budgets are exceeded.
  void settle_memory();

  /// Returns true if so much is queued that output that can wait should.
  bool is_tight() const noexcept { return output_.is_tight(outputs_.queued()); }

private:
  void run(turn_runner& runner);
  void run_turn();
  void end_turn();
  void run_tasks();
  void tick();
  void clear() noexcept;

  const unsigned index_;
  const session_limits limits_;
  memory_budget& output_;
  memory_budget* input_ = nullptr; // null: no bound
  address_book* book_ = nullptr;
  std::size_t held_ = 0;                // clients
  std::atomic<std::thread::id> home_{}; // of no thread while none runs
  // Before the context: handlers destroyed with it hold clients, which use
  // them.
  output_store outputs_;
  input_ledger inputs_;
  told_addresses told_;
  socket_meters meters_;
  timer_wheel wheel_;
  session_list sessions_;
  yielding_list idle_clients_;
  yielding_list surplus_clients_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer ticker_{context_};
  poller sockets_{context_};
  reader_pool readers_{context_, limits_};
  flush_list flushes_{*this};
  std::vector<unsigned char> receive_;
  frame_ptr ping_;
  frame_ptr comment_;
  std::chrono::seconds last_retry_{0};
  turn_runner* runner_ = nullptr;
  std::vector<std::shared_ptr<turn_task>> tasks_;
  std::vector<std::shared_ptr<turn_task>> running_tasks_;
  std::chrono::steady_clock::time_point turn_began_;
  bool is_turn_end_planned_ = false;
  bool are_actors_due_ = false;
  std::chrono::steady_clock::time_point started_;
  std::atomic<bool> is_stopping_ = false;
  std::thread thread_;
};

} // namespace rookery
