// The progress of a node's drain.
import { number } from '../format';
import type { Drain } from '../types';

export function DrainProgress({ drain, name }: { drain: Drain; name: string }) {
  const all = drain.closed + drain.left;
  const share = all === 0 ? 100 : Math.floor(drain.closed / all * 100);
  return (
    <div class="drain">
      <progress max={all || 1} value={all ? drain.closed : 1}
        aria-label={`Drain of ${name}`} />
      <p>Drain {drain.state}: {number(drain.closed)} of {number(all)} clients
        told to go ({share} %), {number(drain.rate)} a second</p>
    </div>
  );
}
