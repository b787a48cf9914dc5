#pragma once

#include "configs/setting_fields.hpp"

#include <array>

/// The part of the settings table that says what clients may do: protocols,
/// channels and tokens.
namespace rookery::client_table {

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
    .help = "Whether clients of /ws and /pub may publish. Where there are keys "
            "for tokens, clients of /ws and /sse need one, and the options of "
            "the namespace hold.",
  },
  setting{
    .key = "plain.subscribe",
    .field = plain<&plain_group::subscribe>,
    .help = "Whether clients of /ws and /sse receive publications.",
  },
  setting{
    .key = "plain.demo",
    .field = plain<&plain_group::demo>,
    .help = "Whether the node serves a demonstration page at /.",
  },
  setting{
    .key = "centrifuge.enabled",
    .field = centrifuge<&centrifuge_group::enabled>,
    .help = "Whether the node serves the Centrifuge protocol.",
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
    .help = "Whether clients without a token may connect, as anonymous ones: "
            "without a user. Each namespace says what those may do.",
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
    .key = "channel.history-size",
    .field = channel<&channel_group::history_size>,
    .help = "How many of its latest publications each channel keeps, for "
            "history and for recovery after a break. 0: none. Needs "
            "history-ttl.",
    .max = 1'000'000,
    .unit = "publications",
  },
  setting{
    .key = "channel.history-ttl",
    .field = channel<&channel_group::history_ttl>,
    .help = "How long after its latest publication a channel keeps them. "
            "Needs history-size.",
    .max = 30 * day,
    .unit = "duration",
  },
  setting{
    .key = "channel.force-recovery",
    .field = channel<&channel_group::force_recovery>,
    .help = "Whether clients recover what they missed even if they do not ask "
            "for it. Needs a history.",
  },
  setting{
    .key = "channel.presence",
    .field = channel<&channel_group::presence>,
    .help = "Whether the node keeps who is subscribed.",
  },
  setting{
    .key = "channel.join-leave",
    .field = channel<&channel_group::join_leave>,
    .help = "Whether subscribers who ask for it are told who joins and "
            "leaves.",
  },
  setting{
    .key = "channel.force-join-leave",
    .field = channel<&channel_group::force_join_leave>,
    .help = "Whether all subscribers are told, asked or not. Needs join-leave.",
  },
  setting{
    .key = "channel.allow-subscribe",
    .field = channel<&channel_group::allow_subscribe>,
    .help = "Whether clients may subscribe without a token for the channel.",
  },
  setting{
    .key = "channel.allow-publish",
    .field = channel<&channel_group::allow_publish>,
    .help = "Whether clients may publish.",
  },
  setting{
    .key = "channel.allow-presence",
    .field = channel<&channel_group::allow_presence>,
    .help = "Whether clients may ask who is subscribed.",
  },
  setting{
    .key = "channel.allow-history",
    .field = channel<&channel_group::allow_history>,
    .help = "Whether clients may read the history.",
  },
  setting{
    .key = "channel.allow-anonymous",
    .field = channel<&channel_group::allow_anonymous>,
    .help = "Whether clients without a user may do what is allowed above, too.",
  },
  setting{
    .key = "channel.hook-subscribe",
    .field = channel<&channel_group::hook_subscribe>,
    .help = "Whether hooks.subscribe is asked about subscriptions without a "
            "token, instead of allow-subscribe.",
  },
  setting{
    .key = "channel.hook-publish",
    .field = channel<&channel_group::hook_publish>,
    .help = "Whether hooks.publish is asked about what clients publish, "
            "instead of allow-publish.",
  },
  setting{
    .key = "token.hmac-secrets",
    .field = token<&token_group::hmac_secrets>,
    .help = "Secrets of HS256, HS384 and HS512, 32 bytes or more. All are "
            "tried: during a rotation the old one and the new one. Write "
            "\"kid:NAME:SECRET\" to serve tokens that name their key (kid), "
            "too: those are tried with that key alone.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.hmac-secrets-file",
    .field = token<&token_group::hmac_secrets_file>,
    .help = "File to read token.hmac-secrets from, one a line.",
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
    .help = "Secrets for subscription tokens, like token.hmac-secrets. With "
            "any subscription key none of the others is valid for them.",
    .visibility = secrecy::secret,
  },
  setting{
    .key = "token.subscription-hmac-secrets-file",
    .field = token<&token_group::subscription_hmac_secrets_file>,
    .help = "File to read token.subscription-hmac-secrets from, one a line.",
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
    .help = "What the claim aud of every token must contain. Empty: no check.",
  },
  setting{
    .key = "token.issuer",
    .field = token<&token_group::issuer>,
    .help = "What the claim iss of every token must be. Empty: no check.",
  },
};

} // namespace rookery::client_table
