// 分页列表 kept as one long list: pages are fetched as one scrolls on, and all of them anew when something changes.
import { shallowRef, ref, onBeforeUnmount, watch } from '../html.js';
import { get } from '../api.js';
import { useData } from '../live.js';

const PAGE = 200;
/** Longer lists are read anew only when somebody asks. */
const MOST_REFRESHED = 1_000;

/**
 * path and query: functions, so that a change of the filter begins anew. Returns {rows, more, loading, error, stale, load, next}.
 */
export function usePages(path, query, { topics, pick = page => page } = {}) {
  const rows = shallowRef([]);
  const after = shallowRef(null);
  const going = ref(false);
  const stale = ref(false);
  let edition = 0;
  let wanted = PAGE;
  let asked = true;

  const first = useData(
    async signal => {
      if (wanted > MOST_REFRESHED && !asked) {
        stale.value = true;
        return first.data.value;
      }
      asked = false;
      stale.value = false;
      const mine = ++edition;
      going.value = true;
      try {
        const found = [];
        let position;
        let answer;
        // As far as had been read before, so that nobody is thrown back to the top.
        do {
          answer = await get(path(), { limit: PAGE, ...query(), after: position }, signal);
          const page = pick(answer);
          found.push(...page.items);
          position = page.next;
        } while (position && found.length < wanted && mine === edition);
        if (mine === edition) {
          rows.value = found;
          after.value = position ?? null;
        }
        return answer;
      } finally {
        if (mine === edition) {
          going.value = false;
        }
      }
    },
    { topics, gap: 3_000 }
  );

  async function next() {
    if (!after.value || going.value) {
      return;
    }
    const mine = edition;
    going.value = true;
    try {
      const page = pick(await get(path(), { limit: PAGE, ...query(), after: after.value }));
      if (mine === edition) {
        rows.value = [...rows.value, ...page.items];
        wanted = rows.value.length;
        after.value = page.next ?? null;
      }
    } catch (e) {
      if (mine === edition) {
        first.error.value = e;
      }
    } finally {
      if (mine === edition) {
        going.value = false;
      }
    }
  }

  /** From the beginning. */
  function load() {
    wanted = PAGE;
    asked = true;
    return first.load();
  }

  watch(() => JSON.stringify([path(), query()]), () => {
    rows.value = [];
    after.value = null;
    load();
  });
  onBeforeUnmount(() => edition++);
  return { rows, more: after, loading: going, error: first.error, data: first.data, stale, load, next };
}
