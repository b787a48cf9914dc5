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
    .key = "hooks.connect",
    .field = hooks<&hook_group::connect>,
    .help = "Asked about clients that connect without a token. Empty: those "
            "are let in or not as centrifuge.anonymous says.",
  },
  setting{
    .key = "hooks.refresh",
    .field = hooks<&hook_group::refresh>,
    .help = "Asked about clients that hooks.connect has let in for a time, "
            "shortly before it is over. Empty: they are closed then, come "
            "back, and hooks.connect is asked again.",
  },
  setting{
    .key = "hooks.subscribe",
    .field = hooks<&hook_group::subscribe>,
    .help = "Asked about subscriptions without a token in channels with "
            "hook-subscribe.",
  },
  setting{
    .key = "hooks.publish",
    .field = hooks<&hook_group::publish>,
    .help = "Asked about what clients publish in channels with hook-publish.",
  },
  setting{
    .key = "hooks.rpc",
    .field = hooks<&hook_group::rpc>,
    .help = "Answers rpc commands. Empty: they fail as not available.",
  },
  setting{
    .key = "hooks.timeout",
    .field = hooks<&hook_group::timeout>,
    .help = "How long a question may take, the wait for others included; up to "
            "a quarter of a second more is granted.",
    .min = 100,
    .max = 20 * second,
    .unit = "duration",
  },
  setting{
    .key = "hooks.concurrency",
    .field = hooks<&hook_group::concurrency>,
    .help = "Questions on their way at once, per hook and loop: as many "
            "connections at most.",
    .min = 1,
    .max = 10'000,
    .unit = "requests",
  },
  setting{
    .key = "hooks.queue",
    .field = hooks<&hook_group::queue>,
    .help = "Questions that wait for one of those to be answered, per hook and "
            "loop. What comes on top fails at once as too many requests.",
    .max = 100'000,
    .unit = "requests",
  },
  setting{
    .key = "hooks.headers",
    .field = hooks<&hook_group::headers>,
    .help = "Names of header fields of the client's request that every "
            "question about it carries, such as Cookie or Authorization.",
  },
  setting{
    .key = "hooks.events",
    .field = hooks<&hook_group::events>,
    .help = "Told, at least once, which clients have gone and which channels "
            "have got their first and lost their last subscriber. Every node "
            "of a cluster needs the same. Empty: nobody is told.",
  },
};

} // namespace rookery::hook_table
