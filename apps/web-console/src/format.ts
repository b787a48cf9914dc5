// Numbers and times in readable form.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit',
  minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit',
  minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium',
  timeStyle: 'long' });

export const none = '–';

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export function number(value: unknown) {
  if (!isNumber(value)) return none;
  return Math.abs(value) < 100 && !Number.isInteger(value)
    ? short.format(value) : whole.format(value);
}

export function bytes(value: unknown) {
  if (!isNumber(value)) return none;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${short.format(size)} ${units[unit]}`;
}

export function duration(seconds: unknown) {
  if (!isNumber(seconds)) return none;
  const total = Math.max(0, Math.floor(seconds));
  if (total < 60) return `${total} s`;
  if (total < 3_600) return `${Math.floor(total / 60)} min`;
  if (total < 86_400) {
    return `${Math.floor(total / 3_600)} h ${Math.floor(total % 3_600 / 60)} min`;
  }
  return `${Math.floor(total / 86_400)} d ${
    Math.floor(total % 86_400 / 3_600)} h`;
}

export function microseconds(value: unknown) {
  if (!isNumber(value)) return none;
  if (value < 1_000) return `${short.format(value)} µs`;
  if (value < 1_000_000) return `${short.format(value / 1_000)} ms`;
  return `${short.format(value / 1_000_000)} s`;
}

export const clockTime = (at: number) => clock.format(at);
/** A Unix time in seconds, as charts count it. */
export const shortTime = (seconds: number) => time.format(seconds * 1_000);
export const fullTime = (at: number) => full.format(at);

/** Clocks of nodes may differ a little from this one. */
export function ago(at: number, now = Date.now()) {
  const seconds = Math.round((now - at) / 1_000);
  if (seconds < -5) return clockTime(at);
  return seconds < 1 ? 'now' : `${duration(seconds)} ago`;
}

/** `queued_bytes` as "queued bytes". */
export const words = (name: string) => name.replace(/_/g, ' ');

/** A fact formatted by the unit at the end of its name. */
export function fact(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return none;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return JSON.stringify(value);
  if (!isNumber(value)) return String(value);
  if (name === 'bytes' || name.endsWith('_bytes')) return bytes(value);
  if (name.endsWith('_us')) return microseconds(value);
  if (name.endsWith('_ms')) return microseconds(value * 1_000);
  if (name.endsWith('_seconds')) return duration(value);
  return name === 'id' ? String(value) : number(value);
}

/** The name of a fact without its unit of time. */
export const factName = (name: string) =>
  words(name.replace(/_(us|ms|seconds)$/, ''));
