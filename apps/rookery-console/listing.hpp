#pragma once

#include "apps/rookery-console/command.hpp"
#include "apps/rookery-console/target.hpp"

/// What commands that list rows have in common.
namespace rookery::console {

/// `own`, then --node, --limit, --after and --all.
std::vector<parameter> listing_parameters(std::vector<parameter> own);

/// Adds each option that was given to `what` under its name without dashes.
void add_given(target& what, const arguments& given,
               std::initializer_list<std::string_view> options);

/// Asks for the rows under `name` as the options of `listing_parameters` say,
/// and lets `draw` show them.
status list(session& now, const arguments& given, target what, const char* name,
            void (*draw)(session&, const json& rows));

} // namespace rookery::console
