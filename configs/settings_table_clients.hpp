#pragma once

#include "configs/setting_fields.hpp"

#include <array>

/// The settings table of clients: protocols, channels and tokens.
namespace rookery::settings_table_clients {

template <auto Member>
inline constexpr auto plain = field_at<&settings::plain, Member>;
template <auto Member>
inline constexpr auto centrifuge = field_at<&settings::centrifuge, Member>;
template <auto Member>
inline constexpr auto channel = field_at<&settings::channel, Member>;
template <auto Member>
inline constexpr auto token = field_at<&settings::token, Member>;

using plain_group = settings::plain_settings;
using centrifuge_group = settings::centrifuge_settings;
using channel_group = settings::channel_settings;
using token_group = settings::token_settings;

inline constexpr std::array entries{
  setting{
    .key = "plain.publish",
    .field = plain<&plain_group::publish>,
    .help = "Allows clients of /ws and /pub to publish. With keys for tokens, "
            "clients of /ws and /sse need one, and the options of the "
            "namespace apply.",
  },
  setting{
    .key = "plain.subscribe",
    .field = plain<&plain_group::subscribe>,
    .help = "Allows clients of /ws and /sse to receive publications.",
  },
  setting{
    .key = "plain.demo",
    .field = plain<&plain_group::demo>,
    .help = "Serves a demonstration page at /.",
  },
  setting{
    .key = "centrifuge.enabled",
    .field = centrifuge<&centrifuge_group::enabled>,
    .help = "Serves the Centrifuge protocol.",
  },
  setting{
    .key = "centrifuge.insecure",
    .field = centrifuge<&centrifuge_group::insecure>,
    .help = "Clients need no token and may do everything. For development: "
            "beyond loopback needs node.insecure.",
  },
  setting{
    .key = "centrifuge.anonymous",
    .field = centrifuge<&centrifuge_group::anonymous>,
    .help = "Allows clients without a token to connect as anonymous ones, "
            "without a user. Each namespace sets their permissions.",
  },
  setting{
    .key = "centrifuge.channels-per-client",
    .field = centrifuge<&centrifuge_group::channels_per_client>,
    .help = "Channels one client may be subscribed to at once.",
    .min = 1,
    .max = 100'000,
    .unit = "channels",
  },
  setting{
    .key = "centrifuge.max-message",
    .field = centrifuge<&centrifuge_group::max_message>,
    .help = "Largest message a client may send. listen.max-message holds, too. "
            "A token takes about 1 KiB.",
    .min = kib,
    .max = 15 * mib,
    .unit = "bytes",
  },
  setting{
    .key = "centrifuge.stale-close-delay",
    .field = centrifuge<&centrifuge_group::stale_close_delay>,
    .help = "Time for a new connection to send its connect command (3502). "
            "Looked at once per listen.ping-interval.",
    .min = second,
    .max = day,
    .unit = "duration",
  },
  setting{
    .key = "centrifuge.expired-close-delay",
    .field = centrifuge<&centrifuge_group::expired_close_delay>,
    .help = "Time for a client to send a new token after its token expired "
            "(3005).",
    .max = day,
    .unit = "duration",
  },
  setting{
    .key = "centrifuge.expired-sub-close-delay",
    .field = centrifuge<&centrifuge_group::expired_sub_close_delay>,
    .help = "The same for the token of a subscription (2501).",
    .max = day,
    .unit = "duration",
  },
  setting{
    .key = "channel.history-size",
    .field = channel<&channel_group::history_size>,
    .help =
      "Number of latest publications that each channel keeps, for history and "
      "for recovery after a break. 0: none. Needs history-ttl.",
    .max = 1'000'000,
    .unit = "publications",
  },
  setting{
    .key = "channel.history-ttl",
    .field = channel<&channel_group::history_ttl>,
    .help = "Time that a channel keeps them after its latest publication. "
            "Needs history-size.",
    .max = 30 * day,
    .unit = "duration",
  },
  setting{
    .key = "channel.force-recovery",
    .field = channel<&channel_group::force_recovery>,
    .help = "Clients recover missed publications even if they do not ask for "
            "it. Needs a history.",
  },
  setting{
    .key = "channel.presence",
    .field = channel<&channel_group::presence>,
    .help = "Keeps a list of the subscribers.",
  },
  setting{
    .key = "channel.join-leave",
    .field = channel<&channel_group::join_leave>,
    .help = "Subscribers that ask for it are told of joins and leaves.",
  },
  setting{
    .key = "channel.force-join-leave",
    .field = channel<&channel_group::force_join_leave>,
    .help = "All subscribers are told of joins and leaves. Needs join-leave.",
  },
  setting{
    .key = "channel.allow-subscribe",
    .field = channel<&channel_group::allow_subscribe>,
    .help = "Allows clients to subscribe without a token for the channel.",
  },
  setting{
    .key = "channel.allow-publish",
    .field = channel<&channel_group::allow_publish>,
    .help = "Allows clients to publish.",
  },
  setting{
    .key = "channel.allow-presence",
    .field = channel<&channel_group::allow_presence>,
    .help = "Allows clients to read the list of subscribers.",
  },
  setting{
    .key = "channel.allow-history",
    .field = channel<&channel_group::allow_history>,
    .help = "Allows clients to read the history.",
  },
  setting{
    .key = "channel.allow-publish-for-subscriber",
    .field = channel<&channel_group::allow_publish_for_subscriber>,
    .help = "Allows clients to publish while they are subscribed.",
  },
  setting{
    .key = "channel.allow-presence-for-subscriber",
    .field = channel<&channel_group::allow_presence_for_subscriber>,
    .help = "Allows subscribed clients to read the list of subscribers.",
  },
  setting{
    .key = "channel.allow-history-for-subscriber",
    .field = channel<&channel_group::allow_history_for_subscriber>,
    .help = "Allows subscribed clients to read the history.",
  },
  setting{
    .key = "channel.allow-anonymous",
    .field = channel<&channel_group::allow_anonymous>,
    .help = "Extends these permissions to clients without a user.",
  },
  setting{
    .key = "channel.allow-user-limited",
    .field = channel<&channel_group::allow_user_limited>,
    .help = "Users that a channel names after a # may subscribe to it. If "
            "off, only clients with a token for it may.",
  },
  setting{
    .key = "channel.hook-subscribe",
    .field = channel<&channel_group::hook_subscribe>,
    .help = "Subscriptions without a token are decided by hooks.subscribe "
            "instead of allow-subscribe.",
  },
  setting{
    .key = "channel.hook-publish",
    .field = channel<&channel_group::hook_publish>,
    .help = "Publications of clients are decided by hooks.publish instead of "
            "allow-publish.",
  },
  setting{
    .key = "token.hmac-secrets",
    .field = token<&token_group::hmac_secrets>,
    .help = "Secrets of HS256, HS384 and HS512, 32 bytes or more. All are "
            "tried: list the old and the new one during a rotation. Write "
            "\"kid:NAME:SECRET\" for tokens that name their key (kid): those "
            "are tried with that key only.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.hmac-secrets-file",
    .field = token<&token_group::hmac_secrets_file>,
    .help = "File to read token.hmac-secrets from, one per line.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "token.public-keys",
    .field = token<&token_group::public_keys>,
    .help = "PEM files with one public key each: RSA for RS256, RS384 and "
            "RS512; P-256, P-384 or P-521 for ES256, ES384 or ES512. Names as "
            "in token.hmac-secrets: \"kid:NAME:FILE\".",
  },
  setting{
    .key = "token.subscription-hmac-secrets",
    .field = token<&token_group::subscription_hmac_secrets>,
    .help =
      "Secrets for subscription tokens, like token.hmac-secrets. If there is "
      "any subscription key, the other keys are not valid for them.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.subscription-hmac-secrets-file",
    .field = token<&token_group::subscription_hmac_secrets_file>,
    .help = "File to read token.subscription-hmac-secrets from, one per line.",
    .visibility = secrecy::secret_file,
  },
  setting{
    .key = "token.subscription-public-keys",
    .field = token<&token_group::subscription_public_keys>,
    .help = "PEM files for subscription tokens, like token.public-keys.",
  },
  setting{
    .key = "token.audience",
    .field = token<&token_group::audience>,
    .help = "The value that the claim aud of every token must contain. Empty: "
            "no check.",
  },
  setting{
    .key = "token.issuer",
    .field = token<&token_group::issuer>,
    .help = "The value of the claim iss in every token. Empty: no check.",
  },
  setting{
    .key = "token.leeway",
    .field = token<&token_group::leeway>,
    .help =
      "The time by which clocks of issuers may run ahead: tokens are good "
      "that much before their claim nbf. The claim iat is no condition.",
    .min = 0,
    .max = 10 * 60'000,
  },
};

} // namespace rookery::settings_table_clients
