#pragma once

#include "apps/rookery-console/session.hpp"

/// Tables of the rows that several commands show.
namespace rookery::console {

void print_actors(session& now, const json& rows);
void print_connections(session& now, const json& rows);
void print_channels(session& now, const json& rows);
void print_events(session& now, const json& rows);

/// Events as a live view shows them, one line each.
void print_event_lines(session& now, const json& rows);

/// The colour of an event: losses are red.
look look_of_event(const std::string& what);

} // namespace rookery::console
