// The plots of the report, drawn on the server side by echarts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as echarts from 'echarts';
import { servers } from './options.mjs';
import { medianOf } from './play.mjs';
import { runsOf } from './scenarios.mjs';

const size = { width: 760, height: 380 };
const looks = {
  limit: { symbol: 'diamond', color: '#8a8f98' },
  rookery: { symbol: 'circle', color: '#c2410c' },
  nchan: { symbol: 'rect', color: '#1d4ed8' },
  'ws-redis': { symbol: 'triangle', color: '#15803d' },
};

const plots = [
  { file: 'cpu', title: 'Server CPU µs per delivery', figure: 'cpu',
    points: ['fan-out', 'fan-out-pipelined', 'fan-out-redis',
      'fan-out-redis-pipelined', 'chat', 'chat-closed'] },
  { file: 'deliveries', title: 'Deliveries/s', figure: 'deliveries',
    points: ['fan-out-redis', 'fan-out-redis-pipelined', 'chat-closed',
      'redis-fan-out'] },
  { file: 'latency', title: 'p99 latency, µs', figure: 'p99',
    points: ['chat', 'two-nodes'] },
  { file: 'memory', title: 'RSS bytes per idle connection', figure: 'memory',
    points: ['idle-shared', 'idle-own'] },
  { file: 'growth-subscribers', title: 'CPU µs per delivery by subscribers',
    figure: 'cpu', line: 'growth-subscribers' },
  { file: 'growth-channels', title: 'CPU µs per delivery by channels',
    figure: 'cpu', line: 'growth-channels' },
];

function series(plot, played, records) {
  const [type, at] = plot.line
    ? ['line', runsOf(played.get(plot.line))
      .map(({ step }) => [plot.line, step])]
    : ['scatter', plot.points.map((name) => [name, undefined])];
  return servers.map((server) => ({
    name: server,
    type,
    ...looks[server],
    symbolSize: 12,
    data: at.map(([scenario, step]) =>
      medianOf(records, scenario, server, plot.figure, step) ?? null),
  })).filter(({ data }) => data.some((value) => value !== null));
}

function draw(plot, played, records) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true,
    ...size });
  const categories = plot.line
    ? runsOf(played.get(plot.line)).map(({ step }) => `${step}`) : plot.points;
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: plot.title, left: 'center', top: 8 },
    legend: { bottom: 4 },
    grid: { left: 80, right: 24, top: 48, bottom: 76 },
    xAxis: { type: 'category', data: categories,
      axisLabel: { interval: 0, width: 100, overflow: 'break' } },
    yAxis: { type: 'log', logBase: 10 },
    series: series(plot, played, records),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Writes the plots that the records allow; returns titles and file names. */
export function writePlots(directory, played, records) {
  mkdirSync(directory, { recursive: true });
  const drawn = [];
  for (const all of plots) {
    const plot = all.line ? all
      : { ...all, points: all.points.filter((name) => played.has(name)) };
    if (plot.line ? !played.has(plot.line) : plot.points.length === 0) continue;
    const file = `${plot.file}.svg`;
    writeFileSync(join(directory, file), draw(plot, played, records));
    drawn.push({ title: plot.title, file });
  }
  return drawn;
}
