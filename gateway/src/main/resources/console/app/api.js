// The platform's API: JSON, problem documents, pages.
import { bearer, expire } from './session.js';
import { t } from './words.js';

const BASE = '/api/v1';

/** An answer that says no. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? String(status));
    this.status = status;
    this.code = document.code ?? `HTTP_${status}`;
    this.reasons = document.reasons ?? [];
    this.errors = document.errors ?? [];
    this.document = document;
  }

  static noAnswer() {
    return new Problem(0, { code: 'NO_ANSWER', detail: t('网关没有应答，请检查网络后重试。') });
  }
}

function address(path, query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value != null && value !== '');
  return BASE + path + (given.length === 0 ? '' : `?${new URLSearchParams(given)}`);
}

export async function request(path, { method = 'GET', query, body, headers = {}, signal, raw } = {}) {
  const token = bearer();
  if (!token) {
    expire();
    throw new Problem(401, { code: 'UNAUTHENTICATED', detail: t('登录已到期，请重新登录。') });
  }
  let answer;
  try {
    answer = await fetch(address(path, query), {
      method,
      signal,
      cache: 'no-store',
      headers: { Authorization: `Bearer ${token}`, ...headers },
      body
    });
  } catch (e) {
    throw e.name === 'AbortError' ? e : Problem.noAnswer();
  }
  if (!answer.ok) {
    if (answer.status === 401) {
      expire();
    }
    throw new Problem(answer.status, await document(answer));
  }
  return raw ? answer : document(answer);
}

async function document(answer) {
  const text = await answer.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return {};
  }
}

export const get = (path, query, signal) => request(path, { query, signal });

/** `key`: the Idempotency-Key of what is created, kept over repetitions of the same wish. */
export function post(path, body, { key, type = 'application/json', query } = {}) {
  const headers = { ...(body == null ? {} : { 'Content-Type': type }), ...(key ? { 'Idempotency-Key': key } : {}) };
  const text = body == null || typeof body === 'string' ? body : JSON.stringify(body);
  return request(path, { method: 'POST', body: text, headers, query });
}

export const newKey = () => crypto.randomUUID();

/** All pages of a list that is short by nature. */
export async function all(path, query, most = 2000) {
  const items = [];
  let after;
  do {
    const page = await get(path, { limit: 200, ...query, after });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < most);
  return items;
}

/** Saves what a service streams under its own name. */
export async function download(path, query, name) {
  const answer = await request(path, { query, raw: true });
  const link = window.document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
