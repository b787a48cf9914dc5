// Shell text that raises a process's limit of descriptors to its maximum.
import { execFileSync } from 'node:child_process';

const wanted = 65536;

export const raiseLimits =
  `ulimit -n ${wanted} 2>/dev/null || ulimit -n "$(ulimit -Hn)"`;

/** The number of descriptors of a process started with `raiseLimits`. */
export function descriptorLimit() {
  return Number(execFileSync('bash', ['-c', `${raiseLimits}; ulimit -n`],
    { encoding: 'utf8' }));
}

/** The command line that runs `command` with the limits raised. */
export function raised(command, args) {
  return ['bash', ['-c', `${raiseLimits}; exec "$0" "$@"`, command, ...args]];
}
