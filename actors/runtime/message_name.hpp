#pragma once

#include <caf/fwd.hpp>

#include <string>

namespace rookery {

/// Returns the types of a message's elements and the names of its atoms, e.g.
/// "join,rookery::departure". Omits values: they may be a client's.
std::string message_name(const caf::type_erased_tuple& content);

} // namespace rookery
