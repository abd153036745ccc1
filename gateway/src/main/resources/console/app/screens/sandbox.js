// 沙箱: move the business clock, file sample cases, have the stories told. Exists in the sandbox alone.
import { html, component, ref, onBeforeUnmount } from '../html.js';
import { t } from '../words.js';
import { get, post } from '../api.js';
import { bearer } from '../session.js';
import { settings } from '../settings.js';
import { business, businessDay } from '../clock.js';
import { onPlatform } from '../regions.js';
import { Empty } from '../widgets/state.js';
import { Copyable, Light, RegionChip } from '../widgets/cells.js';
import { ChooseRegion } from '../widgets/choose.js';
import { attempt, tell, tellProblem } from '../widgets/ask.js';
import { exactMoment, weekday } from '../format.js';

/** The desk beside the issuer. */
async function desk(path, body) {
  const answer = await fetch(`${settings.sandbox}/sandbox/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${bearer()}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(told.message ?? told.error ?? String(answer.status)), { code: `HTTP_${answer.status}` });
  }
  return told;
}

/** Moves once; then asks until every service has worked off what fell due. */
async function moveClock(body) {
  let followed = await post('/operations/clock', body);
  for (let asked = 0; followed.behind.length && asked < 20; asked++) {
    business.now = followed.now;
    followed = await get('/operations/clock/following');
  }
  if (followed.behind.length) {
    throw new Error(t('业务时钟已拨动；仍有 {n} 个服务未跟上，请到“异常处置”查看', { n: followed.behind.length }));
  }
  return followed;
}

const ClockBox = component('ClockBox', [], () => {
  const busy = ref(false);
  const to = ref(null);
  async function move(body) {
    busy.value = true;
    const moved = await attempt(() => moveClock(body), t('业务时钟已拨动，各服务已跟上'));
    if (moved) {
      business.now = moved.now;
    }
    busy.value = false;
  }
  get('/operations/clock').then(found => (business.now = found.now), tellProblem);
  return () => html`<section class="panel"><h2>${t('业务时钟')}<span class="quiet">${t('只能向前；各服务跟上并处理完到期的定时器后返回')}</span></h2><div class="panel-in stack">
    <p class="clock-big"><b>${exactMoment(business.now)}</b> ${business.now && weekday(businessDay())}</p>
    <div class="bar">${[1, 2, 3, 5, 10, 15].map(n => html`<${antd.Button} key=${n} disabled=${busy.value} onClick=${() => move({ workingDays: n })}>${t('+{n} 工作日', { n })}<//>`)}</div>
    <div class="bar"><${antd.DatePicker} showTime valueFormat="YYYY-MM-DDTHH:mm:ss" style=${{ width: '190px' }} value=${to.value} placeholder=${t('拨到某一时刻')} aria-label=${t('拨到某一时刻')} onChange=${value => (to.value = value)} />
      <${antd.Button} disabled=${!to.value || busy.value} loading=${busy.value} onClick=${() => move({ to: new Date(`${to.value}+08:00`).toISOString() })}>${t('拨动')}<//></div></div></section>`;
});

const Cases = component('SampleCases', [], () => {
  const many = ref(5);
  const from = ref(null);
  const to = ref(null);
  const busy = ref(false);
  const filed = ref([]);
  async function file() {
    busy.value = true;
    const told = await attempt(() => desk('cases', { count: many.value, from: to.value && from.value, to: from.value && to.value }));
    if (told) {
      tell(t('已提交 {n} 件样例申请', { n: told.filter(one => one.number).length }));
      filed.value = [...told, ...filed.value].slice(0, 60);
    }
    busy.value = false;
  }
  return () => html`<section class="panel"><h2>${t('样例办件')}<span class="quiet">${t('以新的样例参保人提交申请')}</span></h2><div class="panel-in stack">
    <div class="bar"><${antd.InputNumber} min=${1} max=${50} style=${{ width: '74px' }} value=${many.value} aria-label=${t('件数')} onChange=${value => (many.value = value ?? 1)} /><span>${t('件')}</span>
      <${ChooseRegion} among=${onPlatform.value} value=${from.value} onPick=${code => (from.value = code)} placeholder=${t('转出地：轮流')} /><${ChooseRegion} among=${onPlatform.value} value=${to.value} onPick=${code => (to.value = code)} placeholder=${t('转入地：轮流')} />
      <${antd.Button} type="primary" loading=${busy.value} onClick=${file} data-deed="file">${t('提交')}<//></div>
    ${filed.value.length === 0 ? html`<p class="quiet">${t('石家庄的各环节由人工办理，其余地区由系统按政策自动办理。')}</p>` : html`<div class="scroll" style=${{ maxHeight: '260px' }}><table class="table"><tbody>${filed.value.map((one, i) => html`<tr key=${`${one.number}${i}`}><td>${one.number ? html`<${Copyable} text=${one.number} to=${`#/cases/${one.number}`} />` : '—'}</td><td><${RegionChip} code=${one.from} /><span class="arrow">→</span><${RegionChip} code=${one.to} /></td><td>${one.code ?? ''}</td></tr>`)}</tbody></table></div>`}</div></section>`;
});

const Story = component('Story', [], () => {
  const story = ref({ running: false, allHold: null, lines: [] });
  let timer;
  async function look() {
    clearTimeout(timer);
    try {
      story.value = await desk('story');
    } catch (e) {
      tellProblem(e);
      return;
    }
    if (story.value.running) {
      timer = setTimeout(look, 1_000);
    }
  }
  async function begin() {
    if (await attempt(() => desk('story', {}))) {
      look();
    }
  }
  look();
  onBeforeUnmount(() => clearTimeout(timer));
  return () => html`<section class="panel"><div class="panel-head"><h2>${t('七个故事')}</h2>${story.value.lines.length > 0 && (story.value.running ? html`<${antd.Spin} size="small" />` : html`<${Light} ok=${story.value.allHold} yes=${t('全部核对无误')} no=${t('有不符之处')} />`)}<span class="bar-space"></span>
      <${antd.Button} disabled=${story.value.running} onClick=${begin}>${t('讲一遍')}<//></div>
    ${story.value.lines.length === 0 ? html`<${Empty} text=${t('完整办理七件业务并逐项核对')} hint=${t('会拨动业务时钟，约半分钟')} />` : html`<pre class="story">${story.value.lines.join('\n')}</pre>`}</section>`;
});

export default component('SandboxScreen', [], () => () => html`<div class="screen"><div class="bar"><h1>${t('沙箱')}</h1><span class="quiet">${t('只在沙箱中出现')}</span></div>
  <div class="columns"><div class="span-5 stack"><${ClockBox} />${settings.sandbox && html`<${Cases} />`}</div><div class="span-7">${settings.sandbox && html`<${Story} />`}</div></div></div>`);
