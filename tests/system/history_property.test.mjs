// Random faults in random order: every accepted message arrives exactly once.
//
// ROOKERY_SEEDS=200 or ROOKERY_SEEDS=17,42 plays other runs than the usual
// ones, ROOKERY_RUN_SECONDS=30 longer ones.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { leaveNothing } from './harness/index.mjs';
import { checkHistory, checkReader } from './harness/property/verdict.mjs';
import { play } from './harness/property/world.mjs';

function seeds() {
  const wanted = process.env.ROOKERY_SEEDS ?? '1,2,3,4';
  if (wanted.includes(',')) return wanted.split(',').filter(Boolean).map(Number);
  return Array.from({ length: Number(wanted) }, (_, i) => 100 + i);
}

const duration = Number(process.env.ROOKERY_RUN_SECONDS ?? 6) * 1000;

describe('the verdict on a run', () => {
  const stored = [1, 2, 3].map((n) => ({ offset: n, data: `p:${n}` }));
  const outcomes = (more = {}) => new Map(Object.entries({ 'p:1': 'accepted',
    'p:2': 'unknown', 'p:3': 'accepted', 'p:4': 'refused', 'p:5': 'unknown',
    ...more }));
  const reader = (...seen) => ({ name: 'ann', seen });
  const known = () => new Map(stored.map(({ offset, data }) => [offset, data]));

  it('accepts what is promised', () => {
    assert.deepEqual(checkHistory(stored, outcomes()), []);
    assert.deepEqual(checkReader(reader(...stored), known(), {}), []);
    assert.deepEqual(checkReader(reader(stored[0], { loss: 'gap' }, stored[2]),
      known(), { mayLose: true }), []);
  });

  it('notices each broken promise', () => {
    for (const broken of [
      checkHistory(stored, outcomes({ 'p:6': 'accepted' })),
      checkHistory(stored, outcomes({ 'p:2': 'refused' })),
      checkHistory([...stored, { offset: 4, data: 'p:2' }], outcomes()),
      checkHistory([...stored, { offset: 5, data: 'p:5' }], outcomes()),
      checkHistory([...stored, { offset: 4, data: 'q:1' }], outcomes()),
      checkHistory([{ offset: 1, data: 'p:3' }, { offset: 2, data: 'p:1' }],
        outcomes()),
      checkReader(reader(stored[0], stored[2]), known(), { mayLose: true }),
      checkReader(reader(stored[0], stored[0]), known(), { mayLose: true }),
      checkReader(reader({ loss: 'gap' }, ...stored), known(), {}),
      checkReader(reader({ offset: 1, data: 'p:2' }), known(), {}),
    ]) assert.equal(broken.length, 1, broken.join());
  });
});

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
