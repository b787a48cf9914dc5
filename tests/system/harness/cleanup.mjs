// Stops everything that a test file has started, and checks that nothing is
// left.
import assert from 'node:assert/strict';
import { eventually } from './deadline.mjs';
import { survivors } from './processes.mjs';

const resources = [];

/** `resource.stop()` runs at the end, the latest first. */
export function register(resource) {
  resources.push(resource);
  return resource;
}

/** Stops `resource` now rather than at the end. */
export async function release(resource) {
  const at = resources.indexOf(resource);
  if (at >= 0) resources.splice(at, 1);
  await resource.stop();
}

/** The last hook of every file: clients end first, then their traces in the
 * nodes and in Redis must vanish, then all is stopped by pid. */
export async function leaveNothing() {
  const problems = [];
  const attempt = async (step) => {
    try {
      await step();
    } catch (error) {
      problems.push(error);
    }
  };
  const started = resources.splice(0).reverse();
  for (const one of started) if (one.hangUp) await attempt(() => one.hangUp());
  for (const one of started) {
    if (one.checkIdle) await attempt(() => one.checkIdle());
  }
  for (const one of started) {
    if (one.channels && one.program?.alive) {
      await attempt(() => eventually(
        async () => (await one.channels()).length === 0,
        'no subscription is left in Redis'));
    }
  }
  for (const one of started) if (one.stop) await attempt(() => one.stop());
  const left = survivors();
  for (const program of left) await attempt(() => program.kill());
  assert.deepEqual(left.map((program) => program.child.spawnargs), [],
    'processes that should have ended');
  if (problems.length > 0) throw new AggregateError(problems, problems.map(
    (problem) => problem.stack).join('\n'));
}
