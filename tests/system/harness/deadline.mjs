// Waiting with a deadline: nothing in these tests waits for ever or sleeps.

/** Milliseconds; slow machines set ROOKERY_PATIENCE. */
export const patience = Number(process.env.ROOKERY_PATIENCE ?? 10_000);

/** Settles like `promise`, or rejects naming `what` after `milliseconds`. */
export async function within(promise, what, milliseconds = patience) {
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => {
      // If this process was suspended, read the arrived input before giving up.
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
    // Try once more after the deadline: this process may have been suspended.
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

/** For pacing the sender of a test; never in place of an assertion. */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
