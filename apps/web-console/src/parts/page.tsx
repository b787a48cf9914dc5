// The frame of every page: a heading, the nodes that answered, and errors.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ApiError } from '../api';
import { fullTime } from '../format';
import { paused } from '../refresh';
import { useStore } from '../store';
import type { Answer } from '../types';

/** The nodes behind an answer, unless it is that of the whole cluster. */
export function Scope({ answer }: { answer?: Answer }) {
  const silent = answer?.silent ?? [];
  return (
    <>
      {answer?.scope === 'node' && (
        <p class="notice">This node only: to see all nodes, set
          {' '}<code>cluster.secret</code> and use Redis.</p>)}
      {silent.length > 0 && (
        <p class="notice bad"><strong>No answer from {
          silent.map(({ name }) => name).join(', ')}</strong> within
          two seconds: this page is without the data of
          {silent.length === 1 ? ' this node' : ' these nodes'}.</p>)}
    </>
  );
}

export function Problem({ error }: { error?: ApiError }) {
  return error
    ? <p class="notice bad"><strong>Error:</strong> {error.message}</p> : null;
}

/** Stops and resumes all updates on the page. */
function Refreshing({ at, refresh }: { at?: number; refresh?: () => void }) {
  const isPaused = useStore(paused);
  return (
    <div class="row">
      {isPaused && at !== undefined && at > 0 && (
        <span class="quiet">as of {fullTime(at)}</span>)}
      {refresh && isPaused && (
        <button type="button" class="plain small" onClick={refresh}>
          Refresh once</button>)}
      <button type="button" class="plain small" aria-pressed={isPaused}
        onClick={() => paused.set(!isPaused)}>
        {isPaused ? '▶ Paused' : '❚❚ Pause'}</button>
    </div>
  );
}

interface Props {
  title: string;
  answer?: Answer;
  error?: ApiError;
  at?: number;
  refresh?: () => void;
  /** A page without updates needs no pause button. */
  still?: boolean;
  children?: ComponentChildren;
}

export function Page({ title, answer, error, at, refresh, still,
  children }: Props) {
  useEffect(() => {
    document.title = `${title} – rookery console`;
  }, [title]);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1} class="wrap">{title}</h1>
        {!still && <Refreshing at={at} refresh={refresh} />}
      </div>
      <Scope answer={answer} />
      <Problem error={error} />
      {children}
    </>
  );
}

export const Waiting = () => <p class="quiet">Waiting for an answer…</p>;
