#include "cluster/admin/channel_options_json.hpp"

#include "configs/settings_table.hpp"

#include <algorithm>
#include <string>

namespace rookery {

namespace {

admin_json value_of(std::chrono::milliseconds time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

template <class T>
admin_json value_of(const T& value) {
  return value;
}

} // namespace

admin_json to_json(const channel_options& options) {
  settings source;
  source.channel = options;
  auto result = admin_json::object();
  for (const auto& each : settings_table()) {
    if (!each.is_channel_option())
      continue;
    std::string name{each.name()};
    std::ranges::replace(name, '-', '_');
    if (std::holds_alternative<field_of<std::chrono::milliseconds>>(each.field))
      name += "_seconds";
    std::visit([&](auto field) { result[name] = value_of(field(source)); },
               each.field);
  }
  return result;
}

} // namespace rookery
