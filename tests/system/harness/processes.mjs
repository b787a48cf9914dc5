// Child processes that are ended by pid, and their data in /proc.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { eventually, within } from './deadline.mjs';

const all = [];

// If a test file dies of an error, its servers die with it.
process.on('exit', () => {
  for (const program of survivors()) program.signal('SIGKILL');
});

/** A running program; `lines` collects its standard output and error. */
export class Program {
  constructor(command, args, options = {}) {
    this.lines = [];
    this.output = '';
    // The program must not outlive this process, however that ends.
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve({ error }));
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (!stream) continue;
      stream.on('data', (chunk) => { this.output += chunk; });
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
      });
    }
    all.push(this);
  }

  get pid() {
    return this.child.pid;
  }

  get alive() {
    return this.pid !== undefined && this.child.exitCode === null
      && this.child.signalCode === null;
  }

  signal(name) {
    if (this.alive) process.kill(this.pid, name);
  }

  /** Stops all its threads. Returns when they stand still, which takes some
   * milliseconds on a busy machine. */
  freeze() {
    this.signal('SIGSTOP');
    const end = performance.now() + 5_000;
    while (this.alive && !isFrozen(this.pid)) {
      assert.ok(performance.now() < end, `process ${this.pid} stands still`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }

  thaw() {
    this.signal('SIGCONT');
  }

  /** Waits for the end and returns `{ code, signal }`. */
  end(milliseconds) {
    return within(this.exited,
      () => `the end of process ${this.pid}\n${this.tail()}`, milliseconds);
  }

  async kill() {
    this.signal('SIGKILL');
    return this.end();
  }

  tail(count = 12) {
    return this.lines.slice(-count).join('\n');
  }

  /** Resolves with what `match` returns for a line, past or to come. */
  async line(match, what, milliseconds) {
    return eventually(() => {
      for (const text of this.lines) {
        const found = match(text);
        if (found) return found;
      }
      if (!this.alive) throw new Error(`the process ended\n${this.tail()}`);
      return undefined;
    }, () => `${what}\n${this.tail()}`, milliseconds);
  }
}

/** The programs of this test file that still run. */
export function survivors() {
  return all.filter((program) => program.alive);
}

export function fdCount(pid) {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function isFrozen(pid) {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /^State:\s+T/m.test(
      readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')));
}

/** Resident memory in bytes. */
export function residentBytes(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024;
}

/** Processor time used so far, in milliseconds (the kernel's 100 Hz ticks). */
export function processorTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
