// 异常处置: money that fits nothing, messages that were not taken, what waits for something else; and how the channels do.
import { html, component, computed, ref, reactive, watch } from '../html.js';
import { byCode, t } from '../words.js';
import { all, get, post } from '../api.js';
import { useData } from '../live.js';
import { useFilters } from '../router.js';
import { isClerk, isOperator, isReviewer, overlooks } from '../may.js';
import { session } from '../session.js';
import { onPlatform, readable, regionName } from '../regions.js';
import { SERVICES } from '../codes.js';
import { Empty, PageState } from '../widgets/state.js';
import { Copyable, Light, Mark, Moment, Money, RegionChip } from '../widgets/cells.js';
import { ChooseRegion } from '../widgets/choose.js';
import { attempt, confirm, tell } from '../widgets/ask.js';
import { Closing } from '../widgets/closing.js';
import { Unmaskings } from '../widgets/unmaskings.js';
import { count, exactMoment, span } from '../format.js';
import { actsFor } from '../may.js';

const REGISTRY = '000000';
const STEP_WORDS = { PREPARED: '待复核', APPROVED: '已复核', DONE: '已完成' };

/** Cases that wait for exactly this amount; which of them it is, people know from the papers. */
const Match = component('Match', ['item', 'region', 'onDone'], props => {
  const open = ref(false);
  const candidates = ref(null);
  const chosen = ref(null);
  async function begin() {
    open.value = true;
    candidates.value = await attempt(() => all(`/agency/${props.region}/suspense/${props.item.remittance}/candidates`, { from: props.item.from }));
  }
  async function prepare() {
    const one = candidates.value.find(candidate => candidate.number === chosen.value);
    if (await attempt(() => post(`/agency/${props.region}/suspense/${props.item.remittance}/match?from=${props.item.from}`, { number: one.number, person: one.person }), t('已提出匹配，等待复核'))) {
      open.value = false;
      props.onDone();
    }
  }
  return () => html`<span><button class="link" type="button" onClick=${begin}>${t('匹配')}</button>
    <${antd.Modal} open=${open.value} title=${t('匹配到一件在等这笔金额的业务')} width=${620} okText=${t('提交复核')} cancelText=${t('取消')} okButtonProps=${{ disabled: !chosen.value }} onOk=${prepare} onCancel=${() => (open.value = false)}>
      <p class="quiet">${props.item.remittance} · <${Money} value=${props.item.amount} /> · ${t('来自')} ${regionName(props.item.from)}</p>
      ${(candidates.value ?? []).length === 0 ? html`<${Empty} text=${candidates.value ? t('没有业务在等这个金额') : t('正在读取…')} hint=${t('可以退回转出地')} />`
        : html`<${antd.RadioGroup} class="reasons" value=${chosen.value} onChange=${event => (chosen.value = event.target.value)}>${candidates.value.map(one => html`<${antd.Radio} key=${one.number} value=${one.number}>${one.number} · ${one.person} · ${exactMoment(one.since)}<//>`)}<//>`}
    <//></span>`;
});

const Suspense = component('Suspense', [], () => {
  const { filters, set } = useFilters();
  const only = computed(() => filters.value.region ?? (session.user.region || null));
  const codes = () => (only.value ? [only.value] : readable.value.map(one => one.code));
  const read = useData(async () => ({
    items: (await Promise.all(codes().map(async code => (await all(`/agency/${code}/suspense`, {}, 1000)).map(item => ({ ...item, code }))))).flat().sort((a, b) => b.daysHere - a.daysHere)
  }), { topics: ['cases'], gap: 4_000 });
  watch(only, () => read.load());

  async function act(item, path, question, done, body) {
    if (await confirm({ title: question, body: `${item.remittance}` })) {
      if (await attempt(() => post(`/agency/${item.code}/suspense/${item.remittance}/${path}?from=${item.from}`, body), done)) {
        read.load();
      }
    }
  }
  function deeds(item) {
    if (!actsFor(item.code)) {
      return '';
    }
    if (isClerk() && item.mayGoBack && !item.match && !item.sendBack) {
      return html`<span class="deeds">${item.place === 'SUSPENDED' || item.route === 'BANK' ? html`<${Match} item=${item} region=${item.code} onDone=${read.load} />` : ''}<button class="link" type="button" onClick=${() => act(item, 'send-back', t('退回转出地？'), t('已提出退回，等待复核'))}>${t('退回')}</button></span>`;
    }
    if (isReviewer() && item.match?.state === 'PREPARED') {
      return html`<button class="link" type="button" onClick=${() => act(item, 'match/approval', t('同意匹配到 {n}？', { n: item.match.number }), t('已复核'), { number: item.match.number })}>${t('复核匹配')}</button>`;
    }
    if (isReviewer() && item.sendBack?.state === 'PREPARED') {
      return html`<button class="link" type="button" onClick=${() => act(item, 'send-back/approval', t('同意退回？'), t('已复核'))}>${t('复核退回')}</button>`;
    }
    return '';
  }
  const show = ({ items }) => html`<div class="bar">${!session.user.region && html`<${ChooseRegion} among=${readable.value} value=${filters.value.region} onPick=${region => set({ region })} />`}<span class="quiet">${t('共 {n} 笔；匹配与退回须两人办理', { n: items.length })}</span></div>
    ${items.length === 0 ? html`<${Empty} text=${t('没有挂账')} hint=${t('到账款项都已对应到业务')} />` : html`<div class="scroll"><table class="table"><thead><tr><th>${t('划款编号')}</th><th>${t('所在地')}</th><th>${t('来自')}</th><th class="right">${t('金额（元）')}</th><th>${t('原因')}</th><th class="right">${t('天数')}</th><th>${t('到账')}</th><th>${t('到期日')}</th><th>${t('处置')}</th><th></th></tr></thead>
      <tbody>${items.map(item => html`<tr key=${`${item.code}${item.remittance}`}><td><${Copyable} text=${item.remittance} to=${`#/cases/${item.number}`} /></td><td><${RegionChip} code=${item.code} /></td><td><${RegionChip} code=${item.from} /></td><td class="right"><${Money} value=${item.amount} /></td>
        <td><${Mark} tone=${item.place === 'SUSPENDED' ? 'bad' : 'info'}>${item.reason ? byCode(`SUSPENSE_${item.reason}`, item.words) : t('等待信息表入账')}<//></td><td class="right">${item.daysHere}</td><td><${Moment} at=${item.arrivedAt} /></td><td class="number">${item.dueOn ?? '—'}</td>
        <td>${item.match ? html`${t('匹配到')} <span class="number">${item.match.number}</span> ${byCode(`STEP_${item.match.state}`, STEP_WORDS[item.match.state] ?? item.match.state)}` : item.sendBack ? html`${t('退回')} ${byCode(`STEP_${item.sendBack.state}`, STEP_WORDS[item.sendBack.state] ?? item.sendBack.state)}` : '—'}</td><td>${deeds(item)}</td></tr>`)}</tbody></table></div>`}`;
  return () => html`<${PageState} of=${read} rows=${5} slots=${{ default: show }} />`;
});

/** Every service that stands somewhere: [service, region]. */
const stations = code => [['registry', REGISTRY], ...onPlatform.value.filter(one => actsForAny(one.code) && (!code || one.code === code)).flatMap(one => ['transfer-in', 'transfer-out', 'settlement'].map(service => [service, one.code]))];
const actsForAny = code => session.user.role === 'AUDITOR' || actsFor(code);
const base = (service, code) => `/operations/services/${service}/${code}`;
const place = (service, code) => `${code === REGISTRY ? '' : `${regionName(code)} `}${t(SERVICES[service])}`;

/** One row a service: what it has not sent, what it keeps aside, how far it is behind. */
const Channels = component('Channels', ['onPick'], props => {
  const read = useData(async signal => ({
    items: await Promise.all(stations().map(async ([service, code]) => ({ ...(await get(`${base(service, code)}/channel`, {}, signal)), service, code })))
  }), { topics: ['cases'], gap: 10_000 });
  const lag = one => (one.topics ?? []).reduce((sum, topic) => sum + (topic.lag ?? 0), 0);
  const show = ({ items }) => html`<div class="scroll"><table class="table"><thead><tr><th>${t('服务')}</th><th class="right">${t('未发出')}</th><th class="right">${t('最早未发出')}</th><th class="right">${t('每分钟发出')}</th><th class="right">${t('积压')}</th><th class="right">${t('暂存')}</th><th class="right">${t('隔离')}</th><th class="right">${t('定时器迟')}</th><th>${t('熔断')}</th></tr></thead>
    <tbody>${items.map(one => {
      const broken = (one.breakers ?? []).filter(breaker => breaker.state !== 'CLOSED');
      return html`<tr key=${`${one.service}${one.code}`}><td>${place(one.service, one.code)}</td><td class="right">${count(one.unsent)}</td><td class=${['right', one.oldestUnsentSeconds > 30 ? 'tone-bad' : '']}>${span(one.oldestUnsentSeconds ?? 0)}</td><td class="right">${count(one.relayedPerMinute)}</td>
        <td class=${['right', lag(one) > 1000 ? 'tone-warn' : '']}>${count(lag(one))}</td>
        <td class="right"><button class="link" type="button" onClick=${() => props.onPick('parked', one)}>${count(one.parked)}</button></td>
        <td class="right"><button class=${['link', one.quarantined ? 'tone-bad' : '']} type="button" onClick=${() => props.onPick('quarantine', one)}>${count(one.quarantined)}</button></td>
        <td class=${['right', one.timersLateSeconds > 60 ? 'tone-bad' : '']}>${span(one.timersLateSeconds ?? 0)}</td><td><${Light} ok=${broken.length === 0} yes=${t('正常')} no=${broken.map(breaker => breaker.name).join('、')} /></td></tr>`;
    })}</tbody></table></div>`;
  return () => html`<${PageState} of=${read} rows=${8} slots=${{ default: show }} />`;
});

/** Chosen service and region, for the two lists below. */
const ChooseStation = component('ChooseStation', ['value', 'onPick'], props => () => html`<${antd.Select} class="choose" style=${{ width: '200px' }} showSearch optionFilterProp="label" aria-label=${t('服务')} value=${props.value}
  options=${stations().map(([service, code]) => ({ value: `${service}/${code}`, label: place(service, code) }))} onChange=${props.onPick} />`);

const Quarantine = component('Quarantine', ['station'], props => {
  const path = () => `/operations/services/${props.station}/quarantine`;
  const chosen = reactive(new Set());
  const shown = ref(null);
  const tried = ref(null);
  const read = useData(() => all(path(), {}, 1000), { topics: ['cases'], gap: 5_000 });
  watch(() => props.station, () => {
    chosen.clear();
    tried.value = null;
    read.data.value = null;
    read.load();
  });
  async function replay(body, dryRun) {
    if (!dryRun && !(await confirm({ title: t('重放所选消息？'), body: t('原文不作任何改动，重新交给同一入口；能通过的即生效。'), danger: true }))) {
      return;
    }
    tried.value = await attempt(() => post(`${path()}/replay`, { ...body, dryRun }));
    if (tried.value) {
      tried.value = { ...tried.value, dryRun };
      chosen.clear();
      read.load();
    }
  }
  async function look(item) {
    shown.value = await attempt(() => get(`${path()}/${item.id}`));
  }
  const groups = items => [...items.reduce((map, item) => map.set(item.reason, [...(map.get(item.reason) ?? []), item]), new Map())];
  const show = items => items.length === 0 ? html`<${Empty} text=${t('没有隔离的消息')} hint=${t('收到的消息都已验证并受理')} />` : html`<div>
    <div class="bar">${groups(items).map(([reason, list]) => html`<span class="note" key=${reason}>${byCode(`QUARANTINE_${reason}`, list[0].reasonWords ?? reason)} <b>${list.length}</b> ${isOperator() && html`<button class="link" type="button" onClick=${() => replay({ reason }, true)}>${t('试重放')}</button> <button class="link" type="button" onClick=${() => replay({ reason }, false)}>${t('重放全部')}</button>`}</span>`)}
      <span class="bar-space"></span>${isOperator() && html`<${antd.Button} disabled=${chosen.size === 0} onClick=${() => replay({ ids: [...chosen].map(Number) }, true)}>${t('试重放所选 {n}', { n: chosen.size })}<//><${antd.Button} danger disabled=${chosen.size === 0} onClick=${() => replay({ ids: [...chosen].map(Number) }, false)}>${t('重放所选')}<//>`}</div>
    ${tried.value && html`<p class="note" role="status">${tried.value.dryRun ? t('试重放：{a} 条中 {b} 条可以通过，{c} 条仍不能', { a: tried.value.tried, b: tried.value.wouldPass, c: tried.value.stillBad }) : t('已重放：{a} 条中 {b} 条通过，{c} 条仍不能', { a: tried.value.tried, b: tried.value.passed, c: tried.value.stillBad })}</p>`}
    <div class="scroll"><table class="table"><thead><tr><th></th><th>${t('收到')}</th><th>${t('主题')}</th><th>${t('来源')}</th><th>${t('类型')}</th><th>${t('办件')}</th><th>${t('原因')}</th><th class="right">${t('次数')}</th><th></th></tr></thead><tbody>
      ${items.map(item => html`<tr key=${item.id}><td><${antd.Checkbox} aria-label=${t('选择')} checked=${chosen.has(item.id)} onChange=${event => (event.target.checked ? chosen.add(item.id) : chosen.delete(item.id))} /></td><td><${Moment} at=${item.receivedAt} /></td><td><code>${item.topic}</code></td><td>${item.source ?? '—'}</td><td><code>${item.type ?? '—'}</code></td><td class="number">${item.subject ?? '—'}</td><td>${byCode(`QUARANTINE_${item.reason}`, item.reasonWords ?? item.reason)}</td><td class="right">${item.count ?? 1}</td><td><button class="link" type="button" onClick=${() => look(item)}>${t('查看原文')}</button> <${Closing} path=${`${path()}/${item.id}`} closing=${item.closing} onDone=${read.load} /></td></tr>`)}</tbody></table></div>
    <${antd.Drawer} open=${Boolean(shown.value)} width=${560} title=${t('隔离的消息')} onClose=${() => (shown.value = null)}>${shown.value && html`<div><p>${byCode(`QUARANTINE_${shown.value.kept?.reason}`, shown.value.kept?.reasonWords)}</p><p class="quiet">${shown.value.kept?.source ?? ''} · ${shown.value.kept?.type ?? ''} · ${exactMoment(shown.value.kept?.receivedAt)}<br />${t('密钥')} <span class="number">${shown.value.keyId ?? '—'}</span></p><pre class="raw">${shown.value.dataMasked ?? JSON.stringify(shown.value, null, 2)}</pre></div>`}<//></div>`;
  return () => html`<${PageState} of=${read} rows=${5} slots=${{ default: show }} />`;
});

const Parked = component('Parked', ['station'], props => {
  const read = useData(() => all(`/operations/services/${props.station}/parked`, {}, 1000), { topics: ['cases'], gap: 5_000 });
  watch(() => props.station, () => {
    read.data.value = null;
    read.load();
  });
  const OFFERED = { DONE: '已继续', STILL_WAITS: '仍须等待', CONTRADICTS: '与已有情况相矛盾，不能办理', FAILED: '处理失败，请查看服务日志' };
  async function offer(item) {
    const answer = await attempt(() => post(`/operations/services/${props.station}/parked/${item.id}/offer`, {}));
    if (answer) {
      tell(t(OFFERED[answer.outcome]));
      read.load();
    }
  }
  return () => html`<${PageState} of=${read} rows=${5} slots=${{ default: items => items.length === 0 ? html`<${Empty} text=${t('没有暂存的消息')} hint=${t('先到的消息等前一步到来后自动继续')} />`
    : html`<div class="scroll"><table class="table"><thead><tr><th>${t('办件')}</th><th>${t('类型')}</th><th>${t('等待')}</th><th>${t('自')}</th><th></th></tr></thead><tbody>${items.map(item => html`<tr key=${item.id}><td class="number">${item.subject}</td><td><code>${item.type}</code></td><td>${item.reason}</td><td><${Moment} at=${item.since} /></td><td>${isOperator() && html`<button class="link" type="button" onClick=${() => offer(item)}>${t('立即重试')}</button> `}<${Closing} path=${`/operations/services/${props.station}/parked/${item.id}`} closing=${item.closing} onDone=${read.load} /></td></tr>`)}</tbody></table></div>` }} />`;
});

const TABS = { suspense: '挂账', channels: '通道', quarantine: '隔离', parked: '暂存', unmaskings: '查看台账' };

export default component('Exceptions', [], () => {
  const { filters, set } = useFilters({ tab: 'suspense' });
  const station = computed(() => filters.value.at ?? `registry/${REGISTRY}`);
  const tabs = ['suspense', ...(overlooks() ? ['channels', 'quarantine', 'parked'] : []), ...(overlooks() || isReviewer() ? ['unmaskings'] : [])];
  const body = {
    suspense: () => html`<${Suspense} />`,
    channels: () => html`<${Channels} onPick=${(tab, one) => set({ tab, at: `${one.service}/${one.code}` })} />`,
    quarantine: () => html`<${Quarantine} station=${station.value} key=${station.value} />`,
    unmaskings: () => html`<${Unmaskings} />`,
    parked: () => html`<${Parked} station=${station.value} key=${station.value} />`
  };
  return () => html`<div class="screen">
    <div class="bar"><h1>${t('异常处置')}</h1><${antd.Segmented} value=${filters.value.tab} options=${tabs.map(value => ({ value, label: t(TABS[value]) }))} onChange=${tab => set({ tab })} />
      ${['quarantine', 'parked'].includes(filters.value.tab) && html`<${ChooseStation} value=${station.value} onPick=${at => set({ at })} />`}</div>
    <section class="panel"><div class="panel-in">${body[filters.value.tab]?.()}</div></section>
  </div>`;
});
