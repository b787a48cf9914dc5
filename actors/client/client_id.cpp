#include "actors/client/client_id.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace rookery {

std::string make_client_id() {
  thread_local boost::uuids::random_generator_mt19937 generator;
  return to_string(generator());
}

} // namespace rookery
