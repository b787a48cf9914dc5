#include "actors/centrifuge/centrifuge_refusal.hpp"

#include "actors/channel/namespaces.hpp"
#include "actors/text/channel_name.hpp"

namespace rookery {

std::optional<centrifuge_refusal>
check_client_channel(const namespaces& names, std::string_view channel) {
  if (channel.empty())
    return close_reason::bad_request;
  if (check_channel_name(channel))
    return centrifuge_fault::bad_request;
  if (!names.is_known(channel))
    return centrifuge_fault::unknown_channel;
  if (is_reserved(channel))
    return centrifuge_fault::permission_denied;
  return std::nullopt;
}

} // namespace rookery
