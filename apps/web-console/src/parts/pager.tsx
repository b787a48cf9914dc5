// The node makes the pages; the way back is remembered here.
import { useRef } from 'preact/hooks';
import { number } from '../format';
import { change, route } from '../router';
import { useStore } from '../store';

export const pageSize = 100;

export function Pager({ shown, next, ordered }: {
  shown: number; next?: string | number | null;
  /** An order by size has one page only. */
  ordered?: boolean;
}) {
  const { params } = useStore(route);
  const after = params.after ?? '';
  const passed = useRef<string[]>([]);
  const stack = passed.current;
  if (after === '') stack.length = 0;
  else if (stack[stack.length - 1] === after) stack.pop();
  const hasNext = next !== undefined && next !== null && next !== '';
  const limit = Number(params.limit) || pageSize;
  return (
    <nav class="row pager" aria-label="Pages of this list">
      <button type="button" class="plain small" disabled={after === ''}
        onClick={() => change({})}>First page</button>
      <button type="button" class="plain small" disabled={stack.length === 0}
        onClick={() => change({ after: stack[stack.length - 1] })}>
        Previous</button>
      <button type="button" class="plain small" disabled={!hasNext}
        onClick={() => {
          stack.push(after);
          change({ after: String(next) });
        }}>Next</button>
      <span class="quiet">{number(shown)} shown{
        ordered && shown >= limit ? ', the first of this order' : ''}</span>
    </nav>
  );
}
