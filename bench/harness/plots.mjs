// The plots of the report, drawn on the server side by echarts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as echarts from 'echarts';
import { servers } from './options.mjs';
import { medianOf } from './play.mjs';
import { runsOf } from './scenarios.mjs';

const size = { width: 760, height: 380 };
const palette = ['#8a8f98', '#c2410c', '#1d4ed8', '#15803d'];

const plots = [
  { file: 'cpu', title: 'Server CPU µs per delivery', figure: 'cpu',
    bars: ['fan-out', 'fan-out-pipelined', 'fan-out-redis',
      'fan-out-redis-pipelined', 'chat', 'chat-closed'] },
  { file: 'deliveries', title: 'Deliveries/s', figure: 'deliveries',
    bars: ['fan-out-redis', 'fan-out-redis-pipelined', 'chat-closed',
      'redis-fan-out'] },
  { file: 'latency', title: 'p99 latency, µs', figure: 'p99',
    bars: ['chat', 'two-nodes'] },
  { file: 'memory', title: 'RSS bytes per idle connection', figure: 'memory',
    bars: ['idle-shared', 'idle-own'] },
  { file: 'growth-subscribers', title: 'CPU µs per delivery by subscribers',
    figure: 'cpu', line: 'growth-subscribers' },
  { file: 'growth-channels', title: 'CPU µs per delivery by channels',
    figure: 'cpu', line: 'growth-channels' },
];

function series(plot, played, records) {
  const [type, points] = plot.line
    ? ['line', runsOf(played.get(plot.line))
      .map(({ step }) => [plot.line, step])]
    : ['bar', plot.bars.map((name) => [name, undefined])];
  return servers.map((server) => ({
    name: server,
    type,
    data: points.map(([scenario, step]) =>
      medianOf(records, scenario, server, plot.figure, step) ?? null),
  })).filter(({ data }) => data.some((value) => value !== null));
}

function draw(plot, played, records) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true,
    ...size });
  const categories = plot.line
    ? runsOf(played.get(plot.line)).map(({ step }) => `${step}`) : plot.bars;
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: palette,
    title: { text: plot.title, left: 'center', top: 8 },
    legend: { bottom: 4 },
    grid: { left: 80, right: 24, top: 48, bottom: 76 },
    xAxis: { type: 'category', data: categories,
      axisLabel: { interval: 0, width: 110, overflow: 'break' } },
    yAxis: { type: 'log', logBase: 10 },
    series: series(plot, played, records),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Writes what can be drawn of the records; returns titles and file names. */
export function writePlots(directory, played, records) {
  mkdirSync(directory, { recursive: true });
  const drawn = [];
  for (const all of plots) {
    const plot = all.line ? all
      : { ...all, bars: all.bars.filter((name) => played.has(name)) };
    if (plot.line ? !played.has(plot.line) : plot.bars.length === 0) continue;
    const file = `${plot.file}.svg`;
    writeFileSync(join(directory, file), draw(plot, played, records));
    drawn.push({ title: plot.title, file });
  }
  return drawn;
}
