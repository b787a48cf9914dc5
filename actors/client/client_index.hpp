#pragma once

#include "actors/message/client_command.hpp"

#include <boost/intrusive/set.hpp>

#include <cstddef>
#include <string_view>

namespace rookery {

class named_client;
class user_book;

/// The hook by which a client is kept in an index.
using named_client_hook = boost::intrusive::set_base_hook<
  boost::intrusive::tag<named_client>,
  boost::intrusive::link_mode<boost::intrusive::safe_link>,
  boost::intrusive::optimize_size<true>>;

/// A client that backends can address by its user or its own id. Loop thread
/// only.
class named_client : public named_client_hook {
public:
  /// Returns the client's user; empty: anonymous. Does not change while the
  /// client is in the index.
  virtual std::string_view user() const noexcept = 0;

  virtual std::string_view client_id() const noexcept = 0;

  /// Carries out a command for this client, or ignores one that does not apply
  /// to it. The command may end the client, but leaves the index alone.
  virtual void carry_out(const client_command& command) = 0;

protected:
  ~named_client() = default;
};

/// The clients of one loop by user. Loop thread only.
class client_index {
public:
  /// Limits the clients of each user by `users`, which must outlive them.
  /// Before the first client.
  void count_in(user_book& users) noexcept { book_ = &users; }

  /// Counts a client of `user` before it is inserted. Returns false if the user
  /// has as many on the node as allowed.
  [[nodiscard]] bool enter(std::string_view user);

  /// Uncounts a client that has entered.
  void leave(std::string_view user) noexcept;

  void insert(named_client& client);
  void erase(named_client& client) noexcept;

  /// Passes `command` to the clients it is for. Returns their number.
  std::size_t carry_out(const client_command& command);

  std::size_t size() const noexcept { return clients_.size(); }

  /// Returns the number of different users among the clients.
  std::size_t users() const noexcept { return users_; }

private:
  struct user_of {
    using type = std::string_view;

    type operator()(const named_client& client) const noexcept {
      return client.user();
    }
  };

  using clients =
    boost::intrusive::multiset<named_client,
                               boost::intrusive::base_hook<named_client_hook>,
                               boost::intrusive::key_of_value<user_of>>;

  clients clients_;
  std::size_t users_ = 0;
  user_book* book_ = nullptr; // null: users have no limit
};

} // namespace rookery
