#pragma once

#include "apps/rookery-console/session.hpp"

/// The operator at the terminal: signals, keys, questions.
namespace rookery::console {

/// From now on Ctrl-C does not end the process but is remembered.
void catch_interrupts();

/// Whether Ctrl-C came since `forget_interrupts`.
bool is_interrupted();
void forget_interrupts();

/// With `asks`, questions are put to the operator; else nothing asks.
operator_hooks terminal_hooks(bool asks);

} // namespace rookery::console
