// The current page and its parameters: `#/channels?prefix=room`.
import type { Params } from './api';
import { Store } from './store';

export interface Route { path: string[]; params: Record<string, string> }

function parse(): Route {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    }),
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

export const route = new Store(parse());
window.addEventListener('hashchange', () => route.set(parse()));

/** The address of a page; empty parameters are left out. */
export function to(path: (string | number)[], params: Params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === '' || value === null || value === undefined) continue;
    if (value !== false) query.set(key, value === true ? '1' : String(value));
  }
  const text = query.toString();
  const where = path.map((part) => encodeURIComponent(String(part))).join('/');
  return `#/${where}${text ? `?${text}` : ''}`;
}

/** The same page with other parameters; a new filter starts at the first page.
 * */
export function change(params: Params) {
  const now = route.get();
  location.hash = to(now.path, { ...now.params, after: '', ...params });
}
