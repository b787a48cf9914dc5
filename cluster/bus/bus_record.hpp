#pragma once

#include "actors/record/meters.hpp"
#include "cluster/bus/bus_ledger.hpp"

namespace rookery {

/// The ledger and the meters of one bus. For the thread of its bus.
struct bus_record {
  bus_ledger ledger;
  bus_meters meters;
};

} // namespace rookery
