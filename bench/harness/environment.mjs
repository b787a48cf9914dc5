// The machine, and the versions of all programs in the comparison.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './options.mjs';

const gibibyte = 2 ** 30;

/** The first line that a program prints, or undefined if it cannot run. */
function ask(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0].trim();
  } catch {
    return undefined;
  }
}

function installed(name) {
  const file = join(root, 'bench/peers/ws-redis/node_modules', name,
    'package.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    return undefined;
  }
}

const packaged = (name) =>
  ask('dpkg-query', ['-W', '-f', '${Version}', name]);

export function environment({ binaries, nchanWorkers, settings }) {
  const version = ask(join(binaries, 'rookery'), ['--version']);
  const commit = ask('git', ['rev-parse', '--short', 'HEAD']);
  return {
    machine: {
      processor: cpus()[0].model.trim(),
      cores: cpus().length,
      memory: `${(totalmem() / gibibyte).toFixed(1)} GiB`,
      kernel: `Linux ${release()}`,
    },
    versions: {
      rookery: `${version?.replace(/^rookery\s*/, '')}, commit ${commit}`,
      limit: `commit ${commit}`,
      nchan: packaged('libnginx-mod-nchan'),
      nginx: packaged('nginx-core') || packaged('nginx-light')
        || packaged('nginx'),
      'redis-server': packaged('redis-server'),
      'Node.js': process.version,
      'npm ws': installed('ws'),
      'npm redis': installed('redis'),
      CAF: packaged('libcaf-dev'),
      Boost: packaged('libboost1.81-dev'),
      hiredis: packaged('libhiredis-dev'),
      compiler: ask('g++', ['--version']),
    },
    settings: { 'nginx worker processes': nchanWorkers, ...settings },
  };
}
