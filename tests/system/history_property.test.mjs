// Whatever fails, in whatever order: what was accepted arrives exactly once.
//
// ROOKERY_SEEDS=200 or ROOKERY_SEEDS=17,42 plays other runs than the usual
// ones, ROOKERY_RUN_SECONDS=30 longer ones.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { leaveNothing } from './harness/index.mjs';
import { play } from './harness/property/world.mjs';

function seeds() {
  const wanted = process.env.ROOKERY_SEEDS ?? '1,2,3,4';
  if (wanted.includes(',')) return wanted.split(',').filter(Boolean).map(Number);
  return Array.from({ length: Number(wanted) }, (_, i) => 100 + i);
}

const duration = Number(process.env.ROOKERY_RUN_SECONDS ?? 6) * 1000;

describe('histories under random faults', () => {
  afterEach(leaveNothing);

  for (const seed of seeds()) {
    it(`lose nothing and repeat nothing (seed ${seed})`, async (test) => {
      const { broken, events, logs, tally } = await play(seed,
        { duration, nodes: 2 + (seed % 2) });
      test.diagnostic(JSON.stringify(tally));
      assert.ok(broken.length === 0, [`seed ${seed}`,
        ...broken.slice(0, 20), '', ...events, '', ...logs].join('\n'));
    });
  }
});
