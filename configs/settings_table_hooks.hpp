#pragma once

#include "configs/setting_fields.hpp"

#include <array>

/// The settings table of hooks: the backends that a node asks and informs.
namespace rookery::settings_table_hooks {

template <auto Member>
inline constexpr auto hooks = field_at<&settings::hooks, Member>;

using hook_group = settings::hook_settings;

inline constexpr std::array entries{
  setting{
    .key = "hooks.connect",
    .field = hooks<&hook_group::connect>,
    .help = "Decides about clients that connect without a token. Empty: "
            "centrifuge.anonymous decides.",
  },
  setting{
    .key = "hooks.refresh",
    .field = hooks<&hook_group::refresh>,
    .help = "Decides about clients that hooks.connect has admitted for a "
            "limited time, shortly before it ends. Empty: they are closed at "
            "the end, reconnect, and hooks.connect is asked again.",
  },
  setting{
    .key = "hooks.subscribe",
    .field = hooks<&hook_group::subscribe>,
    .help = "Decides about subscriptions without a token in channels with "
            "hook-subscribe.",
  },
  setting{
    .key = "hooks.publish",
    .field = hooks<&hook_group::publish>,
    .help =
      "Decides about publications of clients in channels with hook-publish.",
  },
  setting{
    .key = "hooks.rpc",
    .field = hooks<&hook_group::rpc>,
    .help = "Answers rpc commands. Empty: they fail as not available.",
  },
  setting{
    .key = "hooks.timeout",
    .field = hooks<&hook_group::timeout>,
    .help = "Time for a question and its answer, waiting included; it may be "
            "exceeded by a quarter of a second.",
    .min = 100,
    .max = 20 * second,
    .unit = "duration",
  },
  setting{
    .key = "hooks.concurrency",
    .field = hooks<&hook_group::concurrency>,
    .help = "Questions under way at once, per hook and loop, each on a "
            "connection of its own.",
    .min = 1,
    .max = 10'000,
    .unit = "requests",
  },
  setting{
    .key = "hooks.queue",
    .field = hooks<&hook_group::queue>,
    .help = "Questions that wait for a free connection, per hook and loop. "
            "Further ones fail at once as too many requests.",
    .max = 100'000,
    .unit = "requests",
  },
  setting{
    .key = "hooks.headers",
    .field = hooks<&hook_group::headers>,
    .help = "Header fields of the client's request that every question about "
            "it contains, such as Cookie or Authorization.",
  },
  setting{
    .key = "hooks.events",
    .field = hooks<&hook_group::events>,
    .help = "Receives, at least once, the clients that have gone and the "
            "channels that got their first or lost their last subscriber. "
            "Every node of a cluster needs the same URL. Empty: no events.",
  },
};

} // namespace rookery::settings_table_hooks
