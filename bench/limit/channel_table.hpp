#pragma once

#include "bench/limit/frame_batch.hpp"
#include "bench/limit/member.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::limit {

/// The members that hear one another.
struct channel {
  std::string name;
  bool is_confirmed;             // members wait for their 101 until it is
  frame_batch* frames = nullptr; // of this turn, if there are any
  std::vector<member*> members;
};

/// The channels that have members, by name.
class channel_table {
public:
  /// Returns null if the channel has no members.
  channel* find(std::string_view name);

  /// Adds a channel without members; none of that name may exist.
  channel& create(std::string_view name, bool is_confirmed);

  static void join(channel& where, member& who);

  /// Removes `who` from its channel; the channel itself remains.
  static void leave(member& who);

  void erase(const channel& empty);

private:
  // The keys point into the channels.
  std::unordered_map<std::string_view, std::unique_ptr<channel>> channels_;
};

} // namespace rookery::limit
