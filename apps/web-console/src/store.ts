// Values shared by the whole page.
import { useEffect, useState } from 'preact/hooks';

export class Store<T> {
  private listeners = new Set<() => void>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T) {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const tell of [...this.listeners]) tell();
  }

  subscribe(tell: () => void) {
    this.listeners.add(tell);
    return () => {
      this.listeners.delete(tell);
    };
  }
}

export function useStore<T>(store: Store<T>): T {
  const [, render] = useState(0);
  useEffect(() => {
    const again = () => render((count) => count + 1);
    // The value may have changed since the first render.
    again();
    return store.subscribe(again);
  }, [store]);
  return store.get();
}
