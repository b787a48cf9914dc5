#pragma once

#include <boost/intrusive/list.hpp>

#include <cstddef>

namespace rookery {

class client_socket;
class input_ledger;

/// The unfinished input of one client: a message or a request of which more is
/// to come. Leaves its ledger when destroyed.
class unfinished_input
  : public boost::intrusive::list_base_hook<
      boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
  unfinished_input() = default;
  unfinished_input(const unfinished_input&) = delete;
  unfinished_input& operator=(const unfinished_input&) = delete;

  ~unfinished_input() { release(); }

  /// The input is complete or given up.
  void release() noexcept;

private:
  friend class input_ledger;

  input_ledger* ledger_ = nullptr;
  client_socket* owner_ = nullptr;
  std::size_t bytes_ = 0;
};

/// The unfinished input of all clients of one loop, in the order in which it
/// began: a client that does not finish must not take the node's memory. Loop
/// thread only.
class input_ledger {
public:
  /// The cost of an unfinished input besides its bytes: about the size of a
  /// parser of requests.
  static constexpr std::size_t overhead = 512;

  input_ledger() = default;
  input_ledger(const input_ledger&) = delete;
  input_ledger& operator=(const input_ledger&) = delete;

  /// Notes that `owner` holds `bytes` of unfinished input, which keep their
  /// place if they were noted before.
  void hold(unfinished_input& which, client_socket& owner, std::size_t bytes);

  /// Cuts the oldest inputs until `excess` bytes are free. Returns the number
  /// of clients cut.
  std::size_t cut(std::size_t excess);

  std::size_t bytes() const noexcept { return bytes_; }

private:
  friend class unfinished_input;

  boost::intrusive::list<unfinished_input,
                         boost::intrusive::constant_time_size<false>>
    held_;
  std::size_t bytes_ = 0;
};

} // namespace rookery
