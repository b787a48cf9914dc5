// The dialog that asks before each action, and shows its result.
import { useEffect, useRef, useState } from 'preact/hooks';
import { outcome, pending } from '../actions';
import { act } from '../api';
import { useStore } from '../store';

export function ActionDialog() {
  const action = useStore(pending);
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const wasOpen = useRef(false);

  useEffect(() => {
    if (action && !dialog.current!.open) dialog.current!.showModal();
    if (!action && dialog.current!.open) dialog.current!.close();
    // The button that asked may have gone with its row.
    if (!action && wasOpen.current
      && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('main h1')?.focus();
    }
    wasOpen.current = action !== null;
  }, [action]);

  const confirm = async () => {
    if (!action || busy) return;
    setBusy(true);
    outcome.set(null);
    try {
      const answer = await act<any>(action.path, action.body);
      outcome.set({ good: true, text: action.done(answer) });
      action.after?.();
    } catch (problem) {
      outcome.set({ good: false,
        text: `${action.verb} failed: ${(problem as Error).message}` });
    }
    setBusy(false);
    pending.set(null);
  };

  return (
    <dialog ref={dialog} aria-labelledby="dialog-title"
      aria-describedby="dialog-text" onClose={() => pending.set(null)}>
      <h2 id="dialog-title">{action?.title}</h2>
      <p id="dialog-text" class="wrap">{action?.sentence}</p>
      <div class="row end">
        <button type="button" class="plain"
          onClick={() => pending.set(null)}>Back</button>
        <button type="button" disabled={busy} onClick={confirm}>
          {action?.verb}</button>
      </div>
    </dialog>
  );
}

/** Announced once when it changes, and visible until it is dismissed. */
export function OutcomeRegion() {
  const result = useStore(outcome);
  return (
    <div class="outcome" role="status" aria-live="polite">
      {result && (
        <p class={result.good ? 'good' : 'bad'}>
          <span class="mark" aria-hidden="true">{result.good ? '✓' : '!'}</span>
          <span class="wrap">{result.text}</span>
          <button type="button" class="plain small"
            onClick={() => outcome.set(null)}>Dismiss</button>
        </p>
      )}
    </div>
  );
}

export function ActionButton({ action, label, danger = false }: {
  action: () => import('../actions').Action; label: string; danger?: boolean;
}) {
  return (
    <button type="button" class={danger ? 'small danger' : 'small plain'}
      onClick={() => pending.set(action())}>{label}</button>
  );
}
