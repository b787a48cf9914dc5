// The command line of bench/run.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const servers = ['limit', 'rookery', 'nchan', 'ws-redis'];

export const usage = `bench/run: plays the benchmark for rookery, limit, peers

Usage: bench/run [OPTION]...

  --quick              short runs, fewer connections, one round; writes nothing
                       unless --out is given
  --scenario NAME,...  only these scenarios
  --only SERVER,...    only these servers: ${servers.join(', ')}
  --rounds N           rounds, interleaved; medians count (default 3)
  --out DIR            where benchmarks.md and benchmarks/ are written
                       (default docs)
  --build-dir DIR      where bin/ holds the programs (default build/release)
  --nchan-workers N    worker processes of nginx (default 1)
  --set KEY=VALUE      a setting of rookery that is not the default; repeatable
  --list               print the scenarios
  --help               print this text

Exit status 1: rookery or the limit lost, duplicated or reordered a message or
refused a connection; 2: wrong options.
`;

const known = {
  quick: { type: 'boolean', default: false },
  scenario: { type: 'string' },
  only: { type: 'string' },
  rounds: { type: 'string' },
  out: { type: 'string' },
  'build-dir': { type: 'string', default: join(root, 'build/release') },
  'nchan-workers': { type: 'string', default: '1' },
  set: { type: 'string', multiple: true, default: [] },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

function chosen(text, all, what) {
  if (text === undefined) return all;
  const names = text.split(',');
  for (const name of names) {
    if (!all.includes(name)) {
      throw new Error(`no ${what} "${name}"; there are: ${all.join(', ')}`);
    }
  }
  return names;
}

function positive(text, what) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${what}: not "${text}"`);
  return Number(text);
}

function setting(text) {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--set takes KEY=VALUE, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Parses the command line; throws an Error with the reason if it is wrong. */
export function readOptions(args, scenarioNames) {
  const { values } = parseArgs({ args, options: known });
  const { quick } = values;
  return {
    quick,
    list: values.list,
    help: values.help,
    scenarios: chosen(values.scenario, scenarioNames, 'scenario'),
    only: chosen(values.only, servers, 'server'),
    rounds: positive(values.rounds ?? (quick ? '1' : '3'), '--rounds'),
    out: values.out ? resolve(values.out)
      : quick ? undefined : join(root, 'docs'),
    binaries: join(resolve(values['build-dir']), 'bin'),
    nchanWorkers: positive(values['nchan-workers'], '--nchan-workers'),
    settings: Object.fromEntries(values.set.map(setting)),
  };
}
