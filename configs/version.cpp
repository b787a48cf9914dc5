#include "configs/version.hpp"

namespace rookery {

std::string_view version() noexcept {
  return ROOKERY_VERSION;
}

} // namespace rookery
