#pragma once

#include "configs/setting_fields.hpp"

#include <array>

/// The part of the settings table that says which backends are asked and told.
namespace rookery::hook_table {

template <auto Member>
inline constexpr auto hooks = field_at<&settings::hooks, Member>;

using hook_group = settings::hook_settings;

inline constexpr std::array entries{
  setting{
    .key = "hooks.events",
    .field = hooks<&hook_group::events>,
    .help = "Told, at least once, which clients have gone and which channels "
            "have got their first and lost their last subscriber. Every node "
            "of a cluster needs the same. Empty: nobody is told.",
  },
};

} // namespace rookery::hook_table
