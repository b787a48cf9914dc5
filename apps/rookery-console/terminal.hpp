#pragma once

#include "apps/rookery-console/session.hpp"

/// The operator's terminal: signals, keys, questions.
namespace rookery::console {

/// Makes Ctrl-C set a flag instead of ending the process.
void catch_interrupts();

/// Returns true if Ctrl-C was pressed after the last `forget_interrupts`.
bool is_interrupted();
void forget_interrupts();

/// The hooks of a terminal. Without `asks` no question is put to the operator
/// and all are confirmed.
operator_hooks terminal_hooks(bool asks);

} // namespace rookery::console
