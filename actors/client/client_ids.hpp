#pragma once

#include <random>
#include <string>

namespace rookery {

/// Makes the ids of one loop's clients: random UUIDs (RFC 4122 §4.4). They
/// are unique, but no secret.
class client_ids {
public:
  client_ids();

  std::string next();

private:
  std::mt19937_64 random_;
};

} // namespace rookery
