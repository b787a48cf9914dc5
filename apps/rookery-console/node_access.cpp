#include "apps/rookery-console/node_access.hpp"

#include "configs/apply.hpp"
#include "configs/file_text.hpp"
#include "configs/host_port.hpp"
#include "configs/settings.hpp"

namespace rookery::console {

namespace {

std::string read_token(node_access& to, const std::string& path) {
  auto secret = read_secret_file(path);
  if (const auto* error = std::get_if<file_error>(&secret))
    return path + ": " + error->text;
  to.token = std::get<std::string>(std::move(secret));
  return {};
}

// Only the settings of the admin listener must be readable: the operator may
// lack permission to read other secrets of the node.
std::string read_config(node_access& to, const std::string& path) {
  settings config;
  if (const auto errors = apply_file(config, path); !errors.empty())
    return errors.front();
  const auto& admin = config.admin;
  to.host = admin.address == "0.0.0.0" ? "127.0.0.1"
            : admin.address == "::"    ? "::1"
                                       : admin.address;
  to.port = admin.port;
  to.token = admin.token;
  if (!admin.token_file.empty())
    return read_token(to, admin.token_file);
  return {};
}

} // namespace

std::string node_access::address() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

std::string node_access::set_address(std::string_view text) {
  auto new_host = host;
  auto new_port = std::uint16_t{9080};
  const auto problem = read_host_port(text, new_host, new_port);
  if (!problem.empty())
    return "'" + std::string{text} + "': " + std::string{problem};
  host = new_host;
  port = new_port;
  return {};
}

std::variant<node_access, std::string>
find_access(const program_options& asked) {
  node_access result;
  std::string problem;
  if (!asked.config_file.empty())
    problem = read_config(result, asked.config_file);
  if (problem.empty() && !asked.address.empty())
    problem = result.set_address(asked.address);
  if (problem.empty() && !asked.token_file.empty())
    problem = read_token(result, asked.token_file);
  if (problem.empty() && result.port == 0)
    problem = "the node chooses admin.port itself: give --address";
  if (!problem.empty())
    return problem;
  return result;
}

} // namespace rookery::console
