// 控制台: who is there, what may be seen, and then the pages.
import './nonce.js';
import { html } from './html.js';
import { begin } from './session.js';
import { language, speak, t } from './words.js';
import { loadRegions } from './regions.js';
import { startLive } from './live.js';
import { createPages } from './router.js';
import { Shell } from './shell.js';
import { settings } from './settings.js';

const THEME = {
  token: {
    colorPrimary: '#175ea8',
    colorInfo: '#175ea8',
    colorSuccess: '#2c7a4b',
    colorWarning: '#b86e00',
    colorError: '#b3261e',
    colorTextBase: '#1b2733',
    colorBorder: '#cfd8e1',
    borderRadius: 4,
    fontSize: 13,
    controlHeight: 28,
    paddingLG: 18,
    colorTextPlaceholder: '#7b8b9a',
    fontFamily: 'inherit'
  }
};

function fail(e) {
  const box = document.createElement('div');
  box.className = 'boot';
  box.setAttribute('role', 'alert');
  const again = document.createElement('button');
  again.textContent = t('重试');
  again.onclick = () => location.assign(location.pathname);
  box.append(t('控制台无法打开：') + e.message + ' ', again);
  document.getElementById('app').replaceChildren(box);
}

async function start() {
  speak(language.value);
  Object.assign(settings, await (await fetch('config.json', { cache: 'no-store' })).json());
  if (!(await begin(settings))) {
    return;
  }
  await loadRegions();
  const router = createPages();
  const app = Vue.createApp({
    render: () => html`<${antd.ConfigProvider} locale=${antd.locales[language.value === 'en' ? 'en_US' : 'zh_CN']} theme=${THEME} autoInsertSpaceInButton=${false} key=${language.value}><${Shell} /><//>`
  });
  // A mistake of ours is told where people and tests look, not swallowed.
  app.config.errorHandler = e => console.error(e);
  app.use(router);
  document.getElementById('app').replaceChildren();
  app.mount('#app');
  startLive();
}

start().catch(fail);
