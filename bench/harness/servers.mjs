// Starts a server under test, as `count` nodes, each on a port of its own.
import { join } from 'node:path';
import { release } from '../../tests/system/harness/cleanup.mjs';
import { freePort } from '../../tests/system/harness/ports.mjs';
import { startNode } from '../../tests/system/harness/rookery_node.mjs';
import { Announcing, Nginx, start } from './processes.mjs';
import { root } from './options.mjs';
import { raiseLimits } from './resources.mjs';

const starters = {
  async limit({ binaries }, redis) {
    const args = ['--port', `${await freePort()}`];
    if (redis) args.push('--redis', `127.0.0.1:${redis.port}`);
    return start(new Announcing(join(binaries, 'rookery-limit'), args));
  },

  async rookery({ binaries, settings }, redis) {
    process.env.ROOKERY_BIN = join(binaries, 'rookery');
    const node = await startNode({
      ...(redis ? { 'redis.url': redis.url } : {}),
      'log.level': 'info',
      // The shipped number of loops; the tests use two.
      'node.loops': 0,
      ...settings,
    }, { wrapper: raiseLimits });
    node.pids = [node.pid];
    return node;
  },

  nchan({ nchanWorkers }, redis) {
    return start(new Nginx(redis, nchanWorkers));
  },

  async 'ws-redis'(_, redis) {
    const port = await freePort();
    return start(new Announcing(process.execPath,
      [join(root, 'bench/peers/ws-redis/server.mjs'), `${port}`, redis.url]));
  },

  // The loader talks to Redis directly.
  hiredis(_, redis) {
    return { port: redis.port, pids: [], stop() {} };
  },
};

/** Runs `use({ nodes, pids })` while `count` fresh nodes of a server run.
 * Without `redis` the server has none. */
export async function withServer(name, { count = 1, redis, options }, use) {
  const nodes = [];
  try {
    while (nodes.length < count) {
      nodes.push(await starters[name](options, redis));
    }
    return await use({
      nodes: nodes.map((node) => `127.0.0.1:${node.port}`),
      pids: nodes.flatMap((node) => node.pids),
    });
  } finally {
    for (const node of nodes) await release(node);
  }
}
