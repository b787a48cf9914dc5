// The admin API: every question and every action goes through here.
import { Store } from './store';
import type { Answer, NodeName } from './types';

export type Params =
  Record<string, string | number | boolean | null | undefined>;

const tokenKey = 'rookery-console-token';

/** The token, sent with every request; kept for this tab only. */
export const token = new Store(sessionStorage.getItem(tokenKey) ?? '');

/** Set if the API wants a token that it has not got; holds the reason. */
export const refused = new Store<string | null>(null);

/** The reason why the node does not answer, or null. */
export const lost = new Store<string | null>(null);

/** Names of nodes by id, as learned from answers. */
export const names = new Map<string, string>();

export function signIn(text: string) {
  sessionStorage.setItem(tokenKey, text);
  refused.set(null);
  token.set(text);
}

export function signOut() {
  sessionStorage.removeItem(tokenKey);
  token.set('');
  refused.set('Signed out.');
}

/** Called after the token was refused. */
export function refuse() {
  refused.set(token.get()
    ? 'This token is not accepted.' : 'This node asks for a token.');
}

export class ApiError extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

export function learnNames(answer: unknown) {
  if (typeof answer !== 'object' || answer === null) return;
  const { nodes, silent, gone } =
    answer as Answer & { gone?: NodeName[] };
  for (const list of [nodes, silent, gone]) {
    if (!Array.isArray(list)) continue;
    for (const each of list) if (each.id) names.set(each.id, each.name);
  }
}

function toQuery(params: Params) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === '' || value === null || value === undefined) continue;
    query.set(key, value === true ? '1' : String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token.get()) headers.set('Authorization', `Bearer ${token.get()}`);
  try {
    const response = await fetch(path, { ...init, headers, cache: 'no-store',
      credentials: 'same-origin' });
    lost.set(null);
    return response;
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    lost.set('The node does not answer.');
    throw new ApiError('the node does not answer', 0);
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  if (response.status === 401) refuse();
  if (!response.ok) {
    const told = (answer as { error?: string } | undefined)?.error;
    throw new ApiError(told || `the node answered ${response.status}`,
      response.status);
  }
  if (answer === undefined) {
    throw new ApiError('the answer is not JSON', response.status);
  }
  learnNames(answer);
  return answer as T;
}

/** Asks a question; rejects with an `ApiError` that can be shown. */
export async function ask<T>(path: string, params: Params = {},
  signal?: AbortSignal): Promise<T> {
  return read<T>(await send(path + toQuery(params), { signal }));
}

/** Sends an action; rejects with an `ApiError` that can be shown. */
export async function act<T>(path: string, body: object): Promise<T> {
  return read<T>(await send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }));
}
