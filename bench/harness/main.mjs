// From the command line to the exit status.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leaveNothing } from '../../tests/system/harness/cleanup.mjs';
import { startRedis } from '../../tests/system/harness/redis_server.mjs';
import { environment } from './environment.mjs';
import { readOptions, root, usage } from './options.mjs';
import { failures, play } from './play.mjs';
import { scenarios } from './scenarios.mjs';
import { judgements, metText } from './targets.mjs';

const tell = (text) => console.log(text);

/** Required files, and the command that creates each. */
function missing({ binaries, only, out }) {
  const needs = [[join(binaries, 'rookery-bench'), 'scripts/build']];
  const add = (server, file, remedy) => {
    if (only.includes(server)) needs.push([file, remedy]);
  };
  add('rookery', join(binaries, 'rookery'), 'scripts/build');
  add('limit', join(binaries, 'rookery-limit'), 'scripts/build');
  add('nchan', '/usr/lib/nginx/modules/ngx_nchan_module.so',
    'scripts/install --tests');
  add('ws-redis', join(root, 'bench/peers/ws-redis/node_modules'),
    'npm ci --prefix bench/peers/ws-redis');
  if (out) {
    needs.push([join(root, 'bench/node_modules'), 'npm ci --prefix bench']);
  }
  return needs.filter(([file]) => !existsSync(file));
}

function parse(args, names) {
  try {
    return readOptions(args, names);
  } catch (error) {
    console.error(`bench/run: ${error.message}`);
    return undefined;
  }
}

/** Stop every started process before this one ends. */
function stopOnSignals(session) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      session.interrupted = true;
      tell('stopping');
      await leaveNothing().catch((error) => console.error(error.message));
      process.exit(130);
    });
  }
}

async function playAll(options) {
  const session = { options, tell };
  stopOnSignals(session);
  const records = [];
  try {
    session.redis = await startRedis();
    for (const scenario of scenarios(options.quick)) {
      if (!options.scenarios.includes(scenario.name)) continue;
      records.push(...await play(scenario, session));
      // The signal's own handler ends the process once all is stopped.
      if (session.interrupted) await new Promise(() => {});
      for (const one of judgements(records, scenario)) {
        tell(`  ${one.title}: ${one.wanted}: ${one.reached}, ${metText(one)}`);
      }
    }
  } finally {
    await leaveNothing();
  }
  return records;
}

export async function main(args) {
  const names = scenarios(false).map(({ name }) => name);
  const options = parse(args, names);
  if (!options) return 2;
  if (options.help || options.list) {
    tell(options.help ? usage : names.join('\n'));
    return 0;
  }
  const absent = missing(options);
  for (const [file, remedy] of absent) {
    console.error(`bench/run: ${file} is missing: ${remedy}`);
  }
  if (absent.length > 0) return 2;

  const records = await playAll(options);
  if (options.out) {
    const { writeReport } = await import('./report.mjs');
    writeReport(options, environment(options), records);
    tell(`written to ${options.out}`);
  }
  const failed = failures(records);
  for (const { scenario, server, faults } of failed) {
    console.error(`bench/run: ${scenario}, ${server}: ${faults.join('; ')}`);
  }
  return failed.length > 0 ? 1 : 0;
}
