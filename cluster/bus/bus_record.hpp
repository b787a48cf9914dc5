#pragma once

#include "actors/record/meters.hpp"
#include "cluster/bus/bus_ledger.hpp"

namespace rookery {

/// What one bus remembers and counts. For the thread of its bus.
struct bus_record {
  bus_ledger ledger;
  bus_meters meters;
};

} // namespace rookery
