// The operator's console under test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { eventually } from './deadline.mjs';
import { Program } from './processes.mjs';
import { register } from './cleanup.mjs';

/** The console under test, set by CTest. */
export function consoleBinary() {
  assert.ok(process.env.ROOKERY_CONSOLE_BIN,
    'ROOKERY_CONSOLE_BIN names the console to test');
  return process.env.ROOKERY_CONSOLE_BIN;
}

/** Runs one command: `{ code, out, err }`. */
export async function runConsole(args) {
  const program = new Program(consoleBinary(), args);
  const told = { out: '', err: '' };
  program.child.stdout.on('data', (text) => { told.out += text; });
  program.child.stderr.on('data', (text) => { told.err += text; });
  const { code } = await program.end();
  return { code, ...told };
}

/** The reason to skip a test that needs a terminal, or false. */
export const noTerminal = spawnSync('script', ['--quiet', '--return',
  '--command', 'true', '/dev/null']).status !== 0
  && 'needs a pseudo terminal: mount devpts';

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** The console on a terminal of its own. */
class Conversation {
  constructor(args, columns) {
    const command = [consoleBinary(), ...args].map(quoted).join(' ');
    // `script` gives the program a terminal and connects it to our pipes.
    this.program = new Program('script', ['--quiet', '--return', '--flush',
      '--command', `stty cols ${columns} rows 30; exec ${command}`,
      '/dev/null'], { stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, TERM: 'xterm', SHELL: '/bin/sh' } });
    this.read = 0;
  }

  type(text) {
    this.program.child.stdin.write(text);
  }

  /** Waits for `pattern` in output that was not matched yet; returns the text.
   * */
  async sees(pattern) {
    const unread = () => this.program.output.slice(this.read);
    await eventually(() => pattern.test(unread()),
      () => `${pattern} in ${JSON.stringify(unread())}`);
    const text = unread();
    const { index, 0: match } = pattern.exec(text);
    this.read += index + match.length;
    return text;
  }

  /** All output so far, without colours and cursor movements. */
  get text() {
    return this.program.output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  }

  async ended() {
    return (await this.program.end()).code;
  }

  async hangUp() {
    if (this.program.alive) await this.program.kill();
  }
}

export function converse(args, { columns = 100 } = {}) {
  return register(new Conversation(args, columns));
}
