// Data that is updated while the page is visible.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, refused, token } from './api';
import type { ApiError, Params } from './api';
import { openStream } from './live';
import { Store, useStore } from './store';

/** The pause button: lists and charts do not change while it is pressed. */
export const paused = new Store(false);

const visible = new Store(document.visibilityState === 'visible');
document.addEventListener('visibilitychange',
  () => visible.set(document.visibilityState === 'visible'));

/** Milliseconds between two requests for the same list. */
const interval = 2_000;
const retryStream = 10_000;

export interface Fresh<T> {
  data: T | undefined; error: ApiError | undefined; at: number;
  refresh: () => void;
}

const keyOf = (path: string | null, params: Params) =>
  path && JSON.stringify([path, params]);

/** Ignore answers to an earlier question. */
function useAnswer<T>(key: string | null) {
  const [state, setState] = useState<{ key: string | null; data?: T;
    error?: ApiError; at: number }>({ key, at: 0 });
  const data = useCallback((answer: T) =>
    setState({ key, data: answer, at: Date.now() }), [key]);
  const error = useCallback((problem: ApiError) => setState((old) => ({
    ...(old.key === key ? old : { at: 0 }), key, error: problem })), [key]);
  return { current: state.key === key ? state : { key, at: 0 }, data, error };
}

/** Asks now and, with `again`, every two seconds; does nothing if path is null.
 * */
export function useQuestion<T>(path: string | null, params: Params = {},
  again = true): Fresh<T> {
  const key = keyOf(path, params);
  const answer = useAnswer<T>(key);
  const isVisible = useStore(visible);
  const isPaused = useStore(paused);
  const isRefused = useStore(refused) !== null;
  const given = useStore(token);
  const [round, setRound] = useState(0);
  const done = useRef('');
  const runs = again && isVisible && !isPaused;

  useEffect(() => {
    if (!path || isRefused) return undefined;
    const abort = new AbortController();
    let timer = 0;
    const once = `${key} ${given} ${round}`;
    const step = async () => {
      try {
        answer.data(await ask<T>(path, params, abort.signal));
        done.current = once;
      } catch (problem) {
        if (abort.signal.aborted) return;
        answer.error(problem as ApiError);
      }
      if (!abort.signal.aborted && runs) {
        timer = window.setTimeout(step, interval);
      }
    };
    // A paused page still asks once.
    if (runs || done.current !== once) void step();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, runs, isRefused, given, round]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  return { data: answer.current.data, error: answer.current.error,
    at: answer.current.at, refresh };
}

/** The messages of a topic of /live; asks `path` instead while there is no
 * stream. */
export function useLive<T>(topic: string, path: string, params: Params = {}) {
  const key = JSON.stringify([topic, params]);
  const [state, setState] = useState<{ key: string; data?: T; at: number }>(
    { key, at: 0 });
  const [streams, setStreams] = useState(true);
  const isVisible = useStore(visible);
  const isPaused = useStore(paused);
  const isRefused = useStore(refused) !== null;
  const given = useStore(token);
  const runs = isVisible && !isPaused && !isRefused;

  useEffect(() => {
    if (!runs) return undefined;
    let timer = 0;
    let close = () => {};
    const open = () => {
      close = openStream({ topic, ...params }, ({ data }) => {
        setStreams(true);
        setState({ key, data: data as T, at: Date.now() });
      }, () => {
        setStreams(false);
        timer = window.setTimeout(open, retryStream);
      });
    };
    open();
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [key, runs, given]);

  const stream = state.key === key && state.data !== undefined;
  const asked = useQuestion<T>(path, params, !streams);
  const newer = stream && state.at >= asked.at;
  return {
    data: newer ? state.data : asked.data,
    at: newer ? state.at : asked.at,
    error: newer ? undefined : asked.error,
    refresh: asked.refresh,
    streams,
  };
}
