// A watch: live events of a channel, connection or user.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Params } from './api';
import { openStream } from './live';
import type { EventRow } from './types';

export const keptLines = 500;

export interface Line extends EventRow { key: number }

type State = 'idle' | 'running' | 'over';

/** Starts with `request` (null: not at all) and ends when it changes. */
export function useTail(request: Params | null, round: number) {
  const [state, setState] = useState<State>('idle');
  const [why, setWhy] = useState('');
  const [lines, setLines] = useState<Line[]>([]);
  const [skipped, setSkipped] = useState(0);
  const [isHeld, setHeld] = useState(false);
  const all = useRef<Line[]>([]);
  const held = useRef(false);
  const count = useRef(0);
  const close = useRef(() => {});
  const [waiting, setWaiting] = useState(0);
  const shownUpTo = useRef(0);

  const show = () => {
    shownUpTo.current = count.current;
    setWaiting(0);
    setLines(all.current);
  };

  useEffect(() => {
    if (!request) return undefined;
    all.current = [];
    count.current = 0;
    held.current = false;
    setHeld(false);
    setSkipped(0);
    setWhy('');
    setState('running');
    show();
    close.current = openStream({ topic: 'watch', ...request }, (message) => {
      const fresh = (message.events as EventRow[] ?? []).map((event) =>
        ({ ...event, key: count.current += 1 }));
      all.current = [...fresh.reverse(), ...all.current].slice(0, keptLines);
      if (message.skipped) setSkipped((sum) => sum + message.skipped!);
      if (held.current) setWaiting(count.current - shownUpTo.current);
      else show();
    }, (reason) => {
      setWhy(reason);
      setState('over');
    });
    return () => close.current();
  }, [JSON.stringify(request), round]);

  return {
    state, why, lines, skipped, isHeld, waiting,
    hold: (on: boolean) => {
      held.current = on;
      setHeld(on);
      if (!on) show();
    },
    stop: () => {
      close.current();
      setWhy('stopped');
      setState('over');
    },
  };
}
