// 实时: the registry says what has changed; when its stream breaks off, the pages ask by themselves and show that they do.
import { reactive, onBeforeUnmount, shallowRef, ref } from './html.js';
import { request } from './api.js';
import { watches } from './may.js';

const ASK_EVERY = 15_000;
const TRY_AGAIN = [1_000, 2_000, 5_000, 10_000, 30_000];
const SILENCE = 45_000;

/** mode: LIVE by the stream, POLLING without it, OFF while nothing answers. */
export const live = reactive({ mode: 'POLLING', asOf: null });

const listeners = new Set();
let attempt = 0;
let stopped = true;

export function startLive() {
  stopped = false;
  setInterval(() => {
    if (live.mode !== 'LIVE' && document.visibilityState === 'visible') {
      tell(null);
    }
  }, ASK_EVERY);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      tell(null);
    }
  });
  if (watches()) {
    follow();
  }
}

export function stopLive() {
  stopped = true;
}

/** `topics`: what has changed; null means anything may have. */
function tell(topics) {
  for (const listener of listeners) {
    if (!topics || !listener.topics || listener.topics.some(topic => topics.includes(topic))) {
      listener.changed();
    }
  }
}

async function follow() {
  while (!stopped) {
    const silence = new AbortController();
    let end = setTimeout(() => silence.abort(), SILENCE);
    try {
      const answer = await request('/operations/events/stream', {
        raw: true,
        signal: silence.signal,
        headers: { Accept: 'text/event-stream' }
      });
      if (attempt > 0) {
        tell(null);
      }
      attempt = 0;
      live.mode = 'LIVE';
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) {
          break;
        }
        clearTimeout(end);
        end = setTimeout(() => silence.abort(), SILENCE);
        text += value.replaceAll('\r\n', '\n');
        const parts = text.split('\n\n');
        text = parts.pop();
        parts.forEach(hear);
      }
    } catch (e) {
      if (e.status === 401 || e.status === 403 || e.status === 404) {
        live.mode = 'POLLING';
        return;
      }
    } finally {
      clearTimeout(end);
    }
    live.mode = 'POLLING';
    await new Promise(resolve => setTimeout(resolve, TRY_AGAIN[Math.min(attempt++, TRY_AGAIN.length - 1)]));
  }
}

function hear(part) {
  const data = part.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5).trim()).join('');
  if (!data) {
    return;
  }
  const said = JSON.parse(data);
  live.asOf = said.asOf ?? live.asOf;
  if (said.topics) {
    tell(said.topics);
  }
}

/**
 * What a page shows, kept fresh: loads at once, again when a topic changes, and keeps the last answer meanwhile.
 * Returns {data, error, loading, load}.
 */
export function useData(loader, { topics, gap = 1_000 } = {}) {
  const data = shallowRef(null);
  const error = shallowRef(null);
  const loading = ref(false);
  let current = 0;
  let last = 0;
  let waiting;
  let abort;

  async function load() {
    const mine = ++current;
    abort?.abort();
    abort = new AbortController();
    loading.value = true;
    last = Date.now();
    try {
      const found = await loader(abort.signal);
      if (mine === current) {
        data.value = found;
        error.value = null;
        live.asOf = found?.asOf ?? new Date().toISOString();
        live.mode = live.mode === 'OFF' ? 'POLLING' : live.mode;
      }
    } catch (e) {
      if (mine === current && e.name !== 'AbortError') {
        error.value = e;
        if (e.status === 0) {
          live.mode = 'OFF';
        }
      }
    } finally {
      if (mine === current) {
        loading.value = false;
      }
    }
  }

  const listener = {
    topics,
    changed() {
      clearTimeout(waiting);
      waiting = setTimeout(load, Math.max(0, last + gap - Date.now()));
    }
  };
  listeners.add(listener);
  onBeforeUnmount(() => {
    listeners.delete(listener);
    clearTimeout(waiting);
    current++;
    abort?.abort();
  });
  load();
  return { data, error, loading, load };
}
