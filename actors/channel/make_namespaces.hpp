#pragma once

#include "actors/channel/namespaces.hpp"
#include "configs/settings.hpp"

namespace rookery {

/// The namespaces that the settings describe.
namespaces make_namespaces(const settings& given);

} // namespace rookery
