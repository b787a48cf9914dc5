// The faults of a run: planned from the seed, then applied to the world.

/** The faults: the target, the longest duration (milliseconds), and functions
 * to start and end each. One target has one fault at a time. */
const faults = {
  'cut a cable': { on: 'cable', begin: ({ cable }) => cable.cut() },
  'unplug a cable': { on: 'cable', most: 2_000,
    begin: ({ cable }) => cable.unplug(), end: ({ cable }) => cable.plug() },
  'kill a node': { on: 'node', most: 1_500,
    begin: ({ node }) => node.kill(), end: ({ node }) => node.restart() },
  'freeze a node': { on: 'node', most: 3_000,
    begin: ({ node }) => node.freeze(), end: ({ node }) => node.thaw() },
  'kill Redis': { on: 'redis', most: 1_500,
    begin: ({ redis }) => redis.kill(), end: ({ redis }) => redis.start() },
  'freeze Redis': { on: 'redis', most: 2_500,
    begin: ({ redis }) => redis.freeze(), end: ({ redis }) => redis.thaw() },
  'pause Redis': { on: 'redis', most: 2_000,
    begin: ({ redis }, pause) => redis.command(
      'CLIENT', 'PAUSE', `${pause}`, pause % 2 ? 'WRITE' : 'ALL'),
    end: () => {} },
  'drop subscribe links': { on: 'redis', begin: ({ redis }) =>
    redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub') },
  'drop publish links': { on: 'redis', begin: ({ redis }) =>
    redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes') },
};

/**
 * Steps `{ at, title, act }` in order, within `duration` milliseconds. The
 * last ones undo everything.
 */
export function planFaults(world, random, duration) {
  const steps = [];
  const busyUntil = new Map();
  const titles = Object.keys(faults);
  for (let at = random.between(100, 600); at < duration;
    at += random.between(100, 900)) {
    const title = random.pick(titles);
    const { on, most, begin, end } = faults[title];
    const which = random.between(0, world.nodes.length - 1);
    const pause = most ? random.between(100, most) : 0;
    const place = on === 'redis' ? on : `${on} ${which}`;
    if ((busyUntil.get(place) ?? 0) > at) continue;
    busyUntil.set(place, at + pause + 100);
    const target = { redis: world.redis, node: world.nodes[which],
      cable: world.cables[which] };
    const name = on === 'redis' ? title : `${title} (${which})`;
    steps.push({ at, title: name, act: () => begin(target, pause) });
    if (end) {
      steps.push({ at: at + pause, title: `${name}: over`,
        act: () => end(target) });
    }
  }
  return steps.sort((x, y) => x.at - y.at);
}

/** Executes `steps` at their times; failures caused by other faults are logged.
 * */
export async function carryOut(world, steps) {
  const pending = [];
  for (const { at, title, act } of steps) {
    await world.reach(at);
    world.log(title);
    const what = (async () => act())().catch((error) =>
      world.log(`${title} failed: ${error.message.split('\n')[0]}`));
    pending.push(what);
    // Only commands may wait for a Redis that does not answer.
    if (!/links|pause/.test(title)) await what;
  }
  await Promise.all(pending);
}
