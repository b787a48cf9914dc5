// Runs rookery-bench once and returns its measurements.
import { join } from 'node:path';
import { Program } from '../../tests/system/harness/processes.mjs';
import { raised } from './resources.mjs';

/** The time after which a run counts as hung. Milliseconds. */
const runDeadline = 180_000;

function result(program, end) {
  const { output } = program;
  const from = output.indexOf('{');
  const behind = output.lastIndexOf('}') + 1;
  const complaint = (output.slice(0, from) + output.slice(behind)).trim();
  try {
    const measured = JSON.parse(output.slice(from, behind));
    return complaint ? { ...measured, complaint } : measured;
  } catch {
    throw new Error(
      `rookery-bench failed (${JSON.stringify(end)})\n${program.tail()}`);
  }
}

/** `args` are those of rookery-bench without `--json`. */
export async function load(binaries, args) {
  const program = new Program(
    ...raised(join(binaries, 'rookery-bench'), [...args, '--json']));
  try {
    const end = await program.end(runDeadline);
    return result(program, end);
  } finally {
    if (program.alive) await program.kill();
  }
}
