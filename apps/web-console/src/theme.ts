// Light or dark: the system's choice, unless the user chose.
import { Store } from './store';

export type Choice = 'auto' | 'light' | 'dark';

const key = 'rookery-console-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const saved = localStorage.getItem(key);

export const choice = new Store<Choice>(
  saved === 'light' || saved === 'dark' ? saved : 'auto');

export const theme = new Store<'light' | 'dark'>('light');

function apply() {
  const chosen = choice.get();
  const result = chosen === 'auto'
    ? (system.matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset.theme = result;
  theme.set(result);
}

export function choose(next: Choice) {
  choice.set(next);
  if (next === 'auto') localStorage.removeItem(key);
  else localStorage.setItem(key, next);
  apply();
}

system.addEventListener('change', apply);
apply();
