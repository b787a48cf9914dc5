// A line for each node over the last five minutes.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { shortTime } from '../format';
import { columns, latest, lines, taken } from '../samples';
import type { Metric } from '../samples';
import { useStore } from '../store';
import { theme } from '../theme';

const height = 170;
const shown = 300;
const dashes = [[], [6, 3], [2, 3], [10, 3, 2, 3]];
const hues = 6;

const style = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const hue = (index: number) => `--line-${index % hues + 1}`;
const dash = (index: number) =>
  dashes[Math.floor(index / hues + index) % dashes.length];

function draw(box: HTMLElement, names: string[], metric: Metric,
  format: (value: unknown) => string) {
  const axis = { stroke: style('--quiet'), font: '12px system-ui',
    grid: { stroke: style('--line'), width: 1 },
    ticks: { stroke: style('--line'), width: 1 } };
  return new uPlot({
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: (_, min, max) =>
        [Math.min(Math.max(min, max - shown), max - 30), max] },
      y: { range: (_, __, max) => [0, Math.max(max * 1.1, 1)] },
    },
    axes: [
      { ...axis, space: 80, values: (_, ticks) => ticks.map(shortTime) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map(format) },
    ],
    series: [{}, ...names.map((name, index) => ({
      label: name, stroke: style(hue(index)), width: 2, dash: dash(index),
      points: { show: false }, spanGaps: false,
    }))],
  }, columns(metric, names) as uPlot.AlignedData, box);
}

export function Chart({ title, metric, format }: {
  title: string; metric: Metric; format: (value: unknown) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const count = useStore(taken);
  const colours = useStore(theme);
  const names = lines();
  const which = names.join('\n');

  useEffect(() => {
    const made = draw(box.current!, names, metric, format);
    plot.current = made;
    const watcher = new ResizeObserver(() =>
      made.setSize({ width: box.current!.clientWidth, height }));
    watcher.observe(box.current!);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [which, colours, metric]);

  useEffect(() => {
    plot.current?.setData(columns(metric, names) as uPlot.AlignedData);
  }, [count]);

  const now = names.map((name) =>
    [name, format(latest(metric, name))] as const);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="plot" ref={box} role="img" aria-label={`${title}: lines of ${
        names.length} nodes over the last five minutes`} />
      <ul class="legend">
        {now.map(([name, value], index) => (
          <li key={name}>
            <svg width="28" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="28" y2="4" stroke-width="2.5"
                stroke={`var(${hue(index)})`}
                stroke-dasharray={dash(index).join(' ')} />
            </svg>
            <span class="wrap">{name}</span> <strong>{value}</strong>
          </li>))}
      </ul>
    </figure>
  );
}
