// Compares medians with the targets of a scenario.
import { figures, show } from './figures.mjs';
import { medianOf } from './play.mjs';
import { runsOf } from './scenarios.mjs';

const holds = {
  '≤': (value, bound) => value <= bound,
  '≥': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
};

function verdict(reached, relation, bound) {
  return reached === undefined || Number.isNaN(reached) ? undefined
    : holds[relation](reached, bound);
}

/** The ratio of the worst step to the first. */
function flatness(records, scenario, { figure }) {
  const costs = runsOf(scenario).map(({ step }) =>
    medianOf(records, scenario.name, 'rookery', figure, step));
  return Math.max(...costs.map((cost) => cost / costs[0]));
}

function judge(records, scenario, target) {
  const { figure, relation, against, of = 'rookery' } = target;
  const { title } = figures[figure];
  if (target.flat) {
    const reached = flatness(records, scenario, target);
    const wanted = `${relation} ${target.factor} × the first step`;
    return { title, wanted, reached: `${reached.toFixed(2)} ×`,
      met: verdict(reached, relation, target.factor) };
  }
  const value = medianOf(records, scenario.name, of, figure);
  if (against === undefined) {
    return { title, wanted: `${relation} ${target.bound}`,
      reached: show(figure, value),
      met: verdict(value, relation, target.bound) };
  }
  const other = medianOf(records, scenario.name, against, figure);
  const ratio = other > 0 ? value / other : NaN;
  const reached = Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)} ×`;
  if (!relation) {
    return { title, wanted: `none, against ${against}`, reached };
  }
  return { title, wanted: `${relation} ${target.factor} × ${against}`, reached,
    met: verdict(ratio, relation, target.factor) };
}

/** `{ title, wanted, reached, met }`; `met` is undefined if not measured. */
export function judgements(records, scenario) {
  return scenario.targets.map((target) => judge(records, scenario, target));
}

export function metText({ met }) {
  return met === undefined ? '–' : met ? 'met' : 'not met';
}
