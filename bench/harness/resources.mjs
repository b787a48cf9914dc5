// Shell text that lets a process open as many descriptors as it may.
import { execFileSync } from 'node:child_process';

const wanted = 65536;

export const raiseLimits =
  `ulimit -n ${wanted} 2>/dev/null || ulimit -n "$(ulimit -Hn)"`;

/** How many descriptors a process started with `raiseLimits` has. */
export function descriptorLimit() {
  return Number(execFileSync('bash', ['-c', `${raiseLimits}; ulimit -n`],
    { encoding: 'utf8' }));
}

/** Command line that runs `command` with the limits raised. */
export function raised(command, args) {
  return ['bash', ['-c', `${raiseLimits}; exec "$0" "$@"`, command, ...args]];
}
