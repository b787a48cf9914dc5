#pragma once

#include "configs/ip_address.hpp"
#include "net/http_message.hpp"

#include <optional>

namespace rookery {

/// Returns the client's address in the X-Forwarded-For or Forwarded fields
/// (RFC 7239) of a request from a trusted proxy: the last one that is none of
/// `proxies`, or the first one if all are. Returns nullopt if no field has one,
/// or if both kinds of field are present and differ: a proxy that writes one of
/// them passes on the other as its client has sent it.
std::optional<ip_address> forwarded_client(const http_request& request,
                                           const address_ranges& proxies);

} // namespace rookery
