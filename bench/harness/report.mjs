// Writes benchmarks.md, its plots and the raw numbers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandText } from './command.mjs';
import { fairnessNotes } from './fairness.mjs';
import { figures, show } from './figures.mjs';
import { medianOf } from './play.mjs';
import { writePlots } from './plots.mjs';
import { runsOf, scenarios } from './scenarios.mjs';
import { judgements, metText } from './targets.mjs';
import { settingsText, variant } from './variants.mjs';

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
    .join('\n');
}

function targetTable(played, records) {
  const rows = [...played.values()].flatMap((scenario) =>
    judgements(records, scenario).map((one) =>
      [scenario.title, one.title, one.wanted, one.reached, metText(one)]));
  return table(['scenario', 'figure', 'target', 'reached', ''], rows);
}

/** Faults of all rounds of a server, once each. */
function faultText(records, scenario, server, step) {
  const told = records.filter((entry) => entry.scenario === scenario.name
    && entry.server === server && entry.step === step)
    .flatMap(({ faults }) => faults)
    .map((text) => text.split('\n')[0].replaceAll('|', '/'));
  return told.length ? [...new Set(told)].join('; ') : 'none';
}

function figureTable(scenario, records) {
  const stepped = scenario.steps !== undefined;
  const rows = scenario.servers.flatMap((server) =>
    runsOf(scenario).map(({ step }) => [
      server,
      ...(stepped ? [`${step}`] : []),
      ...scenario.figures.map((figure) => show(figure,
        medianOf(records, scenario.name, server, figure, step))),
      faultText(records, scenario, server, step),
    ]));
  return table(['server', ...(stepped ? Object.keys(scenario.steps) : []),
    ...scenario.figures.map((figure) => figures[figure].title), 'faults'],
  rows);
}

function repeatText(scenario) {
  const servers = scenario.servers.includes('hiredis')
    ? ['rookery', 'hiredis'] : ['rookery'];
  if (scenario.variants || scenario.settings) servers.splice(0, 1,
    ...scenario.servers);
  const lines = servers.flatMap((name) => {
    const { server, settings, load: own } = variant(scenario, name);
    const started = settingsText(settings);
    return [...(started ? [`    rookery ... ${started}`] : []),
      ...runsOf(scenario).map(({ load }) =>
        `    ${commandText({ ...load, ...own }, server)}`)];
  });
  return [`Again: \`bench/run --scenario ${scenario.name}\`, or by hand`, '',
    ...lines].join('\n');
}

function section(scenario, records) {
  return [`### ${scenario.name}`, `${scenario.title}.`,
    figureTable(scenario, records), repeatText(scenario)].join('\n\n');
}

/** The cost of a channel is the difference between connections with and without
 * one of their own. */
function channelMemory(records) {
  const of = (scenario) =>
    medianOf(records, scenario, 'rookery', 'memory');
  const bytes = of('idle-own') - of('idle-shared');
  return Number.isNaN(bytes) ? '' : 'Memory per channel of rookery, idle-own '
    + `less idle-shared: ${Math.round(bytes).toLocaleString('en-US')} B.`;
}

const handStart = `## By hand

NODE, OTHER and REDIS are HOST:PORT, PIDS the processes that serve, TOKEN is signed
as docs/centrifuge.md shows. Every process needs enough
descriptors: \`ulimit -n 65536\`, or \`ulimit -n $(ulimit -Hn)\`.

    redis-server --port 6390 --save '' --appendonly no
    rookery-limit --port 8081 [--redis 127.0.0.1:6390]
    rookery --listen.port=8082 --admin.port=0 [--redis.url=redis://127.0.0.1:6390]
    node bench/peers/ws-redis/server.mjs 8083 redis://127.0.0.1:6390
    nginx -p DIRECTORY -c FILE    # bench/peers/nchan/nginx.conf.template, filled in

The first two scenarios start rookery and the limit without Redis. A second node
on the same Redis is OTHER.

RSS per connection is what the server grew by while the connections opened,
divided by their number. CPU is what the kernel's scheduler counted for the
processes (/proc/PID/schedstat) during the measured time; per connection, while
they opened.`;

function document(options, about, played, records, plots) {
  const pairs = (values) => table(['', ''],
    Object.entries(values).map(([key, value]) => [key, value ?? 'unknown']));
  const when = new Date().toISOString().slice(0, 10);
  return [
    '# Benchmarks',
    `Written by \`bench/run\` on ${when}, ${options.rounds} round${
      options.rounds === 1 ? '' : 's'}, medians. Payloads are 128 bytes. Server `
      + 'CPU is without redis-server. Absolute figures hold for this machine '
      + 'only; ratios hold elsewhere, too. Every run is in [raw.json]'
      + '(benchmarks/raw.json).',
    '## Targets', targetTable(played, records), channelMemory(records),
    '## Machine', pairs(about.machine), pairs(about.versions),
    pairs(about.settings),
    '## Plots',
    'Value axes are logarithmic.',
    ...plots.map(({ title, file }) => `![${title}](benchmarks/${file})`),
    '## Scenarios',
    ...[...played.values()].map((scenario) => section(scenario, records)),
    handStart,
    fairnessNotes(options),
  ].filter(Boolean).join('\n\n');
}

/** Writes the report into `options.out`. */
export function writeReport(options, about, records) {
  const directory = join(options.out, 'benchmarks');
  mkdirSync(directory, { recursive: true });
  const names = new Set(records.map(({ scenario }) => scenario));
  const played = new Map(scenarios(options.quick)
    .filter(({ name }) => names.has(name)).map((one) => [one.name, one]));
  const plots = writePlots(directory, played, records);
  writeFileSync(join(directory, 'raw.json'),
    `${JSON.stringify({ ...about, records }, null, 1)}\n`);
  writeFileSync(join(options.out, 'benchmarks.md'),
    document(options, about, played, records, plots));
}
