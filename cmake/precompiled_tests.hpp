// The headers that most tests include, precompiled where ROOKERY_PCH is on.
#include "cmake/precompiled_caf.hpp"

#include <caf/test/dsl.hpp>

// A default of CAF's header; every suite defines its own.
#undef CAF_SUITE
