// Fields with labels, and filters that live in the page's address.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { names } from '../api';
import { change, route } from '../router';
import { useStore } from '../store';

interface FieldProps {
  label: string; value: string; set: (value: string) => void; type?: string;
  required?: boolean; options?: string[]; min?: number; max?: number;
  hint?: string;
}

export function Field({ label, value, set, type = 'text', required, options,
  min, max, hint }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type={type} value={value} required={required} min={min}
        max={max} autocomplete="off" spellcheck={false} placeholder={hint}
        list={options && `${id}-list`}
        onInput={(event) => set(event.currentTarget.value)} />
      {options && (
        <datalist id={`${id}-list`}>
          {options.map((each) => <option key={each} value={each} />)}
        </datalist>)}
    </div>
  );
}

export function Choice({ label, value, set, options }: {
  label: string; value: string; set: (value: string) => void;
  options: [string, string][];
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value}
        onChange={(event) => set(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>{text}</option>
        ))}
      </select>
    </div>
  );
}

/** The known nodes, as options. */
export function NodeChoice({ value, set, all = 'all nodes', label = 'Node' }: {
  value: string; set: (value: string) => void; all?: string; label?: string;
}) {
  const options: [string, string][] = [...names];
  if (value && !names.has(value)) options.push([value, value]);
  options.sort(([, a], [, b]) => a.localeCompare(b));
  return <Choice label={label} value={value} set={set}
    options={[['', all], ...options]} />;
}

/** A text filter is applied by Enter or its button, not by each key. */
export function useFilters(fields: string[]) {
  const { params } = useStore(route);
  const at = JSON.stringify(fields.map((name) => params[name] ?? ''));
  const [draft, setDraft] = useState<Record<string, string>>({});
  useEffect(() => {
    setDraft(Object.fromEntries(
      fields.map((name) => [name, params[name] ?? ''])));
  }, [at]);
  return {
    params,
    text: (name: string) => draft[name] ?? params[name] ?? '',
    type: (name: string) => (value: string) =>
      setDraft((old) => ({ ...old, [name]: value })),
    choose: (name: string) => (value: string) =>
      change({ ...draft, [name]: value }),
    apply: () => change(draft),
  };
}

export function Filters({ apply, children, verb = 'Apply' }: {
  apply: () => void; children: ComponentChildren; verb?: string;
}) {
  return (
    <form class="filters" onSubmit={(event) => {
      event.preventDefault();
      apply();
    }}>
      {children}
      <button type="submit">{verb}</button>
    </form>
  );
}
