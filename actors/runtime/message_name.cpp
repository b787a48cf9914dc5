#include "actors/runtime/message_name.hpp"

#include <boost/core/demangle.hpp>
#include <caf/atom.hpp>
#include <caf/type_erased_tuple.hpp>
#include <caf/type_nr.hpp>

namespace rookery {

namespace {

std::string element_name(const caf::type_erased_tuple& content,
                         std::size_t index) {
  if (content.match_element<caf::atom_value>(index))
    return caf::to_string(content.get_as<caf::atom_value>(index));
  const auto [number, info] = content.type(index);
  return info ? boost::core::demangle(info->name())
              : caf::numbered_type_names[number - 1];
}

} // namespace

std::string message_name(const caf::type_erased_tuple& content) {
  std::string result;
  for (std::size_t i = 0; i < content.size(); ++i)
    result.append(i == 0 ? "" : ",").append(element_name(content, i));
  return result;
}

} // namespace rookery
