// Plays scenarios: in each round every server in turn, then the next round.
import { faults, figures, median, show } from './figures.mjs';
import { load } from './loader.mjs';
import { loaderArguments } from './command.mjs';
import { runsOf } from './scenarios.mjs';
import { variant } from './variants.mjs';
import { withServer } from './servers.mjs';

/** Losses of these servers are failures; those of the peers are reported. */
const mustBeFaultless = /^(limit|rookery)/;

async function playOnce(scenario, run, name, { options, redis }) {
  const bus = scenario.redis === false ? undefined : redis;
  const { nodes: count } = scenario;
  const { server, settings, load: own } = variant(scenario, name);
  const asked = { ...options, settings: { ...settings, ...options.settings } };
  return withServer(server, { count, redis: bus, options: asked },
    ({ nodes: [node, other], pids }) => {
      const at = { node, other, redis: `127.0.0.1:${redis.port}`, pids };
      return load(options.binaries,
        loaderArguments({ ...run.load, ...own }, at, server));
    });
}

function allFaults({ demands }, { load: asked }, result) {
  return [...faults(result), ...(demands?.(result, asked) ?? [])];
}

function figureText(scenario, result) {
  return scenario.figures.map((name) =>
    `${show(name, figures[name].read(result))} ${figures[name].title}`)
    .join(', ');
}

/** Plays one run; a failure is kept in its record, as `error`. */
async function record(scenario, run, server, round, session) {
  const entry = { scenario: scenario.name, server, round, step: run.step };
  try {
    entry.result = await playOnce(scenario, run, server, session);
    entry.faults = allFaults(scenario, run, entry.result);
  } catch (error) {
    entry.error = error.message;
    entry.faults = [`run failed: ${error.message}`];
  }
  const step = run.step === undefined ? '' : ` ${run.step}`;
  const told = entry.result ? figureText(scenario, entry.result) : '';
  const bad = entry.faults.length ? `  [${entry.faults.join('; ')}]` : '';
  session.tell(`  ${round} ${(server + step).padEnd(18)} ${told}${bad}`);
  return entry;
}

/** All records of one scenario. */
export async function play(scenario, session) {
  const { only, rounds } = session.options;
  const wanted = scenario.servers.filter((name) => {
    const { server } = variant(scenario, name);
    return only.includes(server)
      || (server === 'hiredis' && only.includes('rookery'));
  });
  const records = [];
  session.tell(`${scenario.name}: ${scenario.title}`);
  for (let round = 1; round <= rounds; ++round) {
    for (const run of runsOf(scenario)) {
      for (const server of wanted) {
        if (session.interrupted) return records;
        records.push(await record(scenario, run, server, round, session));
      }
    }
  }
  return records;
}

/** Faults that make the whole benchmark fail. */
export function failures(records) {
  return records.filter((entry) => mustBeFaultless.test(entry.server)
    && entry.faults.length > 0);
}

/** Median of a figure over the rounds. */
export function medianOf(records, scenario, server, figure, step) {
  return median(records.filter((entry) => entry.scenario === scenario
    && entry.server === server && entry.step === step && entry.result)
    .map((entry) => figures[figure].read(entry.result)));
}
