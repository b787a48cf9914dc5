// Waiting with a deadline: nothing in these tests waits for ever or naps.

/** Milliseconds; slow machines set ROOKERY_PATIENCE. */
export const patience = Number(process.env.ROOKERY_PATIENCE ?? 10_000);

/** Settles like `promise`, or rejects naming `what` after `milliseconds`. */
export async function within(promise, what, milliseconds = patience) {
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => {
      // On a machine that stood still, what came meanwhile is read first.
      timer = setTimeout(() => {
        const subject = typeof what === 'function' ? what() : what;
        reject(new Error(`not within ${milliseconds} ms: ${subject}`));
      }, 100);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Polls `probe` until it returns something true and returns that. */
export async function eventually(probe, what, milliseconds = patience) {
  const end = Date.now() + milliseconds;
  for (;;) {
    let problem;
    // One try begins after the end: maybe this process stood still before.
    const isLast = Date.now() >= end;
    try {
      const result = await within(Promise.resolve(probe()), 'one try',
        Math.max(1_000, end - Date.now()));
      if (result) return result;
    } catch (error) {
      problem = error;
    }
    if (isLast) {
      const subject = typeof what === 'function' ? what() : what;
      throw new Error(`not within ${milliseconds} ms: ${subject}`,
        { cause: problem });
    }
    await pause(10);
  }
}

/** For pacing what a test sends; never in place of an assertion. */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
