#pragma once

#include "apps/rookery-console/command.hpp"
#include "apps/rookery-console/target.hpp"

/// Helpers of the commands that list rows.
namespace rookery::console {

/// The parameters `own`, then --node, --limit, --after and --all.
std::vector<parameter> listing_parameters(std::vector<parameter> own);

/// Adds each given option to `what` under its name without dashes.
void add_given(target& what, const arguments& given,
               std::initializer_list<std::string_view> options);

/// Requests the rows under `name` according to the options of
/// `listing_parameters`, and shows them with `draw`.
status list(session& now, const arguments& given, target what, const char* name,
            void (*draw)(session&, const json& rows));

} // namespace rookery::console
