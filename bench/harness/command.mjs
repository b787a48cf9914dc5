// The command line of rookery-bench for one run.
import { makeToken } from './token.mjs';

/** Source addresses: enough that ephemeral ports do not run out. */
const sources = 8;

/** The arguments: with addresses filled in for a run, with names in their place
 * for a reader. */
export function loaderArguments(load, { node, other, redis, pids,
  token = makeToken() }, server) {
  const address = (value) => value.replace('{node}', node)
    .replace('{other}', other).replace('{redis}', redis)
    .replace('{token}', token);
  const bare = server === 'hiredis'
    ? { protocol: 'redis', 'publish-node': '{node}' } : {};
  const measured = pids.length > 0 ? { 'server-pid': pids.join(',') } : {};
  const all = { ...bare, ...load, payload: 128, sources, ...measured };
  return Object.entries(all).flatMap(([key, value]) =>
    value === true ? [`--${key}`]
      : [`--${key}`, typeof value === 'string' ? address(value) : `${value}`]);
}

/** The command as a reader types it; NODE, OTHER, REDIS are HOST:PORT. */
export function commandText(load, server) {
  const names = { node: 'NODE', other: 'OTHER', redis: 'REDIS',
    token: 'TOKEN' };
  if (server === 'hiredis') names.node = 'REDIS';
  const pids = server === 'hiredis' ? [] : ['PIDS'];
  return ['rookery-bench', ...loaderArguments(load, { ...names, pids },
    server)].join(' ');
}
