// The frame around every screen: menu, search, business time, freshness, language, who is logged in.
import { html, component, ref, computed, onMounted, onBeforeUnmount, nextTick } from './html.js';
import { choose, language, t } from './words.js';
import { live, useData } from './live.js';
import { offered, useRoute, useRouter } from './router.js';
import { session, logIn, logOut } from './session.js';
import { settings } from './settings.js';
import { get } from './api.js';
import { business } from './clock.js';
import { exactMoment, moment, timeOfDay, dayOf, weekday } from './format.js';
import { provinceName, regionName } from './regions.js';

const ICONS = {
  '/overview': 'M3 12h4v6H3zM9 7h4v11H9zM15 3h4v15h-4z',
  '/heat': 'M3 3h5v5H3zM10 3h5v5h-5zM3 10h5v5H3zM10 10h5v5h-5zM17 3h2v5h-2zM17 10h2v5h-2z',
  '/deadlines': 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM11 7v4l3 2',
  '/tasks': 'M4 5l2 2 3-4M4 12l2 2 3-4M12 5h7M12 12h7M12 18h7M4 18h4',
  '/cases': 'M4 5h14M4 9h14M4 13h14M4 17h14',
  '/exceptions': 'M11 3l8 15H3zM11 9v4M11 15v1',
  '/money': 'M5 4l6 7 6-7M11 11v8M6 12h10M6 15h10',
  '/clearing': 'M3 8h13l-3-3M19 14H6l3 3',
  '/calendar': 'M4 5h14v13H4zM4 9h14M8 3v4M14 3v4',
  '/regions': 'M11 3a5 5 0 0 1 5 5c0 4-5 10-5 10S6 12 6 8a5 5 0 0 1 5-5zM11 7v2',
  '/sandbox': 'M7 3h8M9 3v6L4 18h14l-5-9V3M7 13h8'
};

const ROLES = { CLERK: '经办', REVIEWER: '复核', OPERATOR: '运营', AUDITOR: '审计', PERSON: '参保人', EMPLOYER: '单位', APP: '应用' };
const MODES = {
  LIVE: ['live', '实时'],
  POLLING: ['polling', '轮询'],
  OFF: ['off', '断开']
};

/** 数据截至 12:03:05 — green while pushed, amber while asked for, red while nothing answers. */
const Freshness = component('Freshness', [], () => () => {
  const [tone, words] = MODES[live.mode];
  return html`<span class=${['fresh', `fresh-${tone}`]} role="status" title=${exactMoment(live.asOf)}><i aria-hidden="true"></i>${t(words)} · ${t('数据截至')} <time>${timeOfDay(live.asOf)}</time></span>`;
});

const Clock = component('Clock', [], () => {
  const read = useData(async signal => {
    const found = await get('/operations/clock', {}, signal);
    business.now = found.now;
    return found;
  });
  return () => {
    const now = read.data.value?.now;
    return now
      ? html`<span class="clock" title=${t('沙箱的业务时间，由运营人员拨动')}>${t('业务时间')} <b>${moment(now)}</b> ${weekday(dayOf(now))}</span>`
      : null;
  };
});

const NUMBER = /^\d{4}[0-9A-Z]{2}-\d{2}-[0-9A-Z]{8}-[0-9A-Z]$/;

const Search = component('Search', [], () => {
  const router = useRouter();
  const text = ref('');
  const box = ref(null);
  function key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      box.value.focus();
      box.value.select();
    }
  }
  onMounted(() => addEventListener('keydown', key));
  onBeforeUnmount(() => removeEventListener('keydown', key));
  function go(event) {
    event.preventDefault();
    const wanted = text.value.trim().toUpperCase();
    if (wanted) {
      router.push(NUMBER.test(wanted) ? `/cases/${wanted}` : { path: '/cases', query: { q: wanted } });
      box.value.blur();
    }
  }
  return () => html`<form class="search" role="search" onSubmit=${go}>
    <input ref=${box} value=${text.value} onInput=${event => (text.value = event.target.value)} placeholder=${t('受理编号  Ctrl K')} aria-label=${t('按受理编号查找')} spellcheck="false" />
  </form>`;
});

const Menu = component('Menu', [], () => {
  const route = useRoute();
  return () => {
    let group = null;
    return html`<nav class="menu" aria-label=${t('主菜单')}>
      ${offered().map(screen => {
        const head = screen.group !== group ? html`<div class="menu-group" key=${screen.group}>${t(screen.group)}</div>` : null;
        group = screen.group;
        const here = route.meta.path === screen.path;
        return [head, html`<a href=${`#${screen.path}`} key=${screen.path} class=${here ? 'menu-here' : ''} aria-current=${here ? 'page' : undefined} title=${`${t(screen.words)}  g ${screen.key}`}>
          <svg viewBox="0 0 22 22" width="16" height="16" aria-hidden="true"><path d=${ICONS[screen.path]} /></svg><span>${t(screen.words)}</span></a>`];
      })}
      <button class="menu-keys link" type="button" onClick=${() => (keysShown.value = true)}>${t('快捷键')} <kbd>?</kbd></button>
    </nav>`;
  };
});

const keysShown = ref(false);

const Keys = component('Keys', [], () => () => html`<${antd.Modal} open=${keysShown.value} title=${t('快捷键')} footer=${null} width=${420} onCancel=${() => (keysShown.value = false)}>
  <dl class="keys">
    ${offered().map(screen => html`<div key=${screen.path}><dt><kbd>g</kbd> <kbd>${screen.key}</kbd></dt><dd>${t(screen.words)}</dd></div>`)}
    <div><dt><kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>${t('按受理编号查找')}</dd></div>
    <div><dt><kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd></dt><dd>${t('在列表中移动、打开')}</dd></div>
    <div><dt><kbd>?</kbd></dt><dd>${t('显示本页')}</dd></div>
  </dl>
<//>`);

function useKeys() {
  const router = useRouter();
  let waiting = false;
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select,[contenteditable],[role=dialog],[role=combobox]')) {
      return;
    }
    if (event.key === '?') {
      keysShown.value = true;
    } else if (waiting) {
      waiting = false;
      const screen = offered().find(one => one.key === event.key);
      if (screen) {
        router.push(screen.path).then(() => nextTick(() => document.getElementById('content')?.focus()));
      }
    } else if (event.key === 'g') {
      waiting = true;
      setTimeout(() => (waiting = false), 1500);
    }
  }
  onMounted(() => addEventListener('keydown', press));
  onBeforeUnmount(() => removeEventListener('keydown', press));
}

const Who = component('Who', [], () => () => {
  const { user } = session;
  const place = user.region ? regionName(user.region) : user.province ? provinceName(user.province) : user.role === 'OPERATOR' ? t('全国') : '';
  return html`<${antd.Dropdown} trigger=${['click']} slots=${{
    overlay: () => html`<${antd.Menu} items=${[{ key: 'who', label: user.name, disabled: true }, { key: 'out', label: t('退出并切换身份') }]} onClick=${({ key }) => key === 'out' && logOut()} />`
  }}><button class="who" type="button" aria-haspopup="menu">${place} ${t(ROLES[user.role] ?? user.role)} ▾</button><//>`;
});

const Expired = component('Expired', [], () => () => html`<${antd.Modal} open=${session.expired} title=${t('登录已到期')} closable=${false} maskClosable=${false} keyboard=${false}
  slots=${{ footer: () => html`<${antd.Button} type="primary" onClick=${logIn}>${t('重新登录')}<//>` }}><p>${t('为保护数据，请重新登录；登录后回到当前页面。')}</p><//>`);

export const Shell = component('Shell', [], () => {
  const route = useRoute();
  const title = computed(() => t(route.meta.words ?? ''));
  useKeys();
  return () => html`<div class="shell">
    <a class="skip" href="#content" onClick=${event => {
      event.preventDefault();
      document.getElementById('content').focus();
    }}>${t('跳到内容')}</a>
    <header class="top">
      <a class="brand" href="#/"><b>接续</b><span>${t('运营控制台')}</span></a>
      <${Search} />
      <span class="top-space"></span>
      ${settings.movableClock && html`<${Clock} />`}
      <${Freshness} />
      <button class="language" type="button" lang=${language.value === 'en' ? 'zh-CN' : 'en'} onClick=${() => choose(language.value === 'en' ? 'zh' : 'en')}>${language.value === 'en' ? '中文' : 'English'}</button>
      <${Who} />
    </header>
    <${Menu} />
    <main id="content" class="content" tabindex="-1" aria-label=${title.value} data-at=${route.fullPath}>
      <${VueRouter.RouterView} slots=${{ default: ({ Component, route: at }) => Component && Vue.h(Component, { key: at.path }) }} />
    </main>
    <${Keys} /><${Expired} />
  </div>`;
});
