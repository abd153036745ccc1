// 办件详情: who did what and when in both regions, until when and why until then, sheets, money, messages, what was signed.
import { html, component, computed, ref } from '../html.js';
import { byCode, t } from '../words.js';
import { all, get } from '../api.js';
import { useData } from '../live.js';
import { useFilters, useRoute } from '../router.js';
import { actsFor, overlooks, reads, watches } from '../may.js';
import { region as listed, regionName } from '../regions.js';
import { ACCOUNT_WISHES, CHANNELS, KINDS, SCHEMES, STEPS } from '../codes.js';
import { exactMoment, fen, moment, shortMoment } from '../format.js';
import { Empty, PageState } from '../widgets/state.js';
import { Copyable, Countdown, Light, Mark, Moment, Money, RegionChip, Status } from '../widgets/cells.js';
import { WhyDate } from '../widgets/why.js';
import { InDesk, OutDesk, inDesk, outDesk } from '../widgets/desk.js';
import { Sheets, sheetOf } from '../widgets/sheet.js';
import { Journal } from '../widgets/journal.js';

const LANES = [['applicant', '申请人'], ['old', '转出地'], ['money', '资金'], ['new', '转入地']];
const LANE_OF_STEP = {
  SUBMITTED: 'applicant', SUPPLEMENTED: 'applicant', WITHDRAWAL_REQUESTED: 'applicant', PAUSED_THERE: 'old', RESUMED_THERE: 'old', MONEY_REMITTED: 'money', MONEY_SUSPENDED: 'money', MONEY_TAKEN_BACK: 'money'
};
const LANE_OF_SIDE = { OLD: 'old', RECEIVING: 'new', SETTLEMENT: 'money' };

/** Told by the sheets themselves. */
const SHEETS = ['SHEET_ISSUED', 'SHEET_CORRECTED'];

const hosted = code => Boolean(listed(code)?.onPlatform);

async function readCase(number, signal) {
  const [progress, index] = await Promise.all([
    get(`/transfers/${number}`, {}, signal),
    watches() ? get(`/operations/cases/${number}`, {}, signal) : null
  ]);
  const receiving = actsFor(progress.receiving) ? inDesk(progress.receiving, number, signal) : null;
  // The old region hears of a case when it is accepted, and never of one on paper.
  const told = progress.acceptedAt && !progress.onPaper && hosted(progress.sending) && actsFor(progress.sending);
  const sending = told ? outDesk(progress.sending, number, signal) : null;
  // Together: when the page is left, each of the two ends with a refusal that somebody must hear.
  const [inView, outView] = await Promise.all([receiving, sending]);
  return { number, progress, index, inView, outView };
}

/** Every step of both sides in the order of time. */
function nodesOf({ progress, index, outView }) {
  const nodes = progress.steps.map(step => ({
    at: step.at, lane: LANE_OF_STEP[step.step] ?? 'new', step: step.step, words: byCode(step.step, step.words), dueOn: step.dueOn, limit: step.limit
  }));
  const sheets = outView?.sheets ?? [];
  sheets.forEach(sheet => nodes.push({ at: sheet.issuedAt, lane: 'old', step: 'SHEET', words: t('开具信息表第 {n} 版', { n: sheet.version }) }));
  if (sheets.length === 0) {
    progress.steps.filter(step => step.metAt && (step.limit === 'ISSUE' || step.limit === 'CORRECT'))
      .forEach(step => nodes.push({ at: step.metAt, lane: 'old', step: 'SHEET', words: t('开具信息表') }));
  }
  (index?.steps ?? []).filter(step => LANE_OF_SIDE[step.side] && step.side !== 'RECEIVING' && !SHEETS.includes(step.step))
    .forEach(step => {
      if (!nodes.some(node => node.step === step.step && Math.abs(new Date(node.at) - new Date(step.at)) < 60_000)) {
        nodes.push({ at: step.at, lane: LANE_OF_SIDE[step.side], step: step.step, words: byCode(step.step, STEPS[step.step] ?? step.words) });
      }
    });
  return nodes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Every limit once, with all that anybody tells of it. */
function limitsOf({ progress, index, outView }) {
  const limits = progress.steps.filter(step => step.limit && step.explanation)
    .map(step => ({ kind: step.limit, region: step.region, dueOn: step.dueOn, metAt: step.metAt, why: step.explanation }));
  if (progress.promise) {
    limits.unshift({ kind: 'PROMISE', region: progress.receiving, dueOn: progress.promise.dueOn, promisedOn: progress.promisedBy, metAt: progress.promise.metAt, missedAt: progress.promise.missed ? progress.promise.dueOn : null, why: progress.promise.explanation });
  }
  for (const view of outView?.deadlines ?? []) {
    const why = { startedOn: view.startedOn, dueOn: view.dueOn, workingDays: view.workingDays, provisional: view.provisional, days: view.days, revisions: view.revisions, pauses: view.pauses };
    const same = limits.find(one => one.kind === view.kind && one.dueOn === view.dueOn);
    const told = { region: view.region, metAt: view.metAt, missedAt: view.missed ? `${view.dueOn}T16:00:00Z` : null, cancelled: view.status === 'CANCELLED', promisedOn: view.promisedOn, why };
    if (same) {
      Object.assign(same, told, { metAt: same.metAt ?? told.metAt });
    } else {
      limits.push({ kind: view.kind, dueOn: view.dueOn, ...told });
    }
  }
  for (const row of index?.deadlines ?? []) {
    const same = limits.find(one => one.kind === row.kind && (one.dueOn === row.dueOn || one.region === row.region));
    const told = Object.fromEntries(Object.entries(row).filter(([, value]) => value != null));
    if (same) {
      Object.assign(same, told);
    } else {
      limits.push({ ...told });
    }
  }
  return limits;
}

const Lanes = component('Lanes', ['of'], props => () => {
  const nodes = nodesOf(props.of);
  const { progress } = props.of;
  const ended = ['COMPLETED', 'REFUSED', 'WITHDRAWN', 'DECLINED'].includes(progress.state);
  return html`<div class="lanes" role="table" aria-label=${t('办理经过')}>
    <div class="lane-head" role="row"><span></span>${LANES.map(([lane, words]) => html`<span key=${lane} role="columnheader">${t(words)}${lane === 'old' ? ` · ${regionName(progress.sending)}` : lane === 'new' ? ` · ${regionName(progress.receiving)}` : ''}</span>`)}</div>
    ${nodes.map((node, i) => html`<div class="lane-row" role="row" key=${`${node.at}${node.step}${i}`}>
      <time title=${exactMoment(node.at)}>${shortMoment(node.at)}</time>
      ${LANES.map(([lane]) => html`<span key=${lane} class="lane-cell" role="cell">${node.lane === lane && html`<span class=${['node', i === nodes.length - 1 && !ended ? 'node-now' : '', ['REFUSED', 'DECLINED', 'MONEY_SUSPENDED', 'MONEY_TAKEN_BACK', 'SHEET_RETURNED'].includes(node.step) ? 'node-bad' : '', node.step === 'COMPLETED' ? 'node-good' : '']}>${node.words}${node.dueOn && html`<small>${t('期限')} ${node.dueOn}</small>`}</span>`}</span>`)}
    </div>`)}
    ${!ended && html`<div class="lane-row lane-next" role="row"><time>${t('现在')}</time><span class="lane-cell"></span><p class="lane-now">${progress.holder ? html`${t('由')} <${RegionChip} code=${progress.holder} /> ${t('办理')}` : t('等待申请人')}</p></div>`}
  </div>`;
});

const Limits = component('Limits', ['of'], props => {
  const shown = ref(null);
  return () => {
    const limits = limitsOf(props.of);
    if (limits.length === 0) {
      return html`<${Empty} text=${t('尚未起算期限')} hint=${t('时限自受理之日起算')} />`;
    }
    return html`<div><table class="table"><thead><tr><th>${t('期限')}</th><th>${t('责任地')}</th><th>${t('到期日')}</th><th>${t('情况')}</th><th></th></tr></thead><tbody>
      ${limits.map((limit, i) => html`<tr key=${`${limit.kind}${i}`}><td>${byCode(limit.kind, KINDS[limit.kind] ?? limit.kindWords)}</td><td><${RegionChip} code=${limit.region} /></td>
        <td class="number">${limit.dueOn}${limit.promisedOn && limit.promisedOn !== limit.dueOn ? html`<br /><span class="quiet">${t('承诺')} ${limit.promisedOn}</span>` : ''}</td>
        <td>${limit.cancelled ? html`<span class="quiet">${t('已取消')}</span>` : html`<${Countdown} row=${limit} />`}${limit.pausedSince && html`<br /><span class="quiet">${t('自 {d} 暂停', { d: moment(limit.pausedSince) })}：${limit.pauseReason}</span>`}</td>
        <td>${limit.why && html`<button class="link" type="button" onClick=${() => (shown.value = limit)}>${t('为什么是这一天')}</button>`}</td></tr>`)}
    </tbody></table>
    <${antd.Drawer} open=${Boolean(shown.value)} width=${420} title=${shown.value ? `${byCode(shown.value.kind, KINDS[shown.value.kind])} · ${shown.value.dueOn}` : ''} onClose=${() => (shown.value = null)}>${shown.value && html`<${WhyDate} of=${shown.value.why} />`}<//></div>`;
  };
});

/** Where the money of this case stands in the ledgers that one may read. */
const CaseMoney = component('CaseMoney', ['of'], props => {
  const { progress } = props.of;
  const codes = [progress.sending, progress.receiving].filter(code => hosted(code) && reads(code));
  const read = useData(async signal => ({
    ledgers: await Promise.all(codes.map(async code => {
      // Remittances are listed by number: those of this case follow it.
      const summary = await get(`/agency/${code}/ledger/summary`, { after: progress.number, limit: 20 }, signal);
      return { code, lines: summary.remittances.items.filter(one => one.remittance.startsWith(progress.number)), sum: summary.sum };
    }))
  }), { topics: ['cases'], gap: 3_000 });
  const columns = ['personal', 'suspense', 'transit', 'clearing', 'bank'];
  const heads = { personal: '个人账户', suspense: '待处理款', transit: '在途资金', clearing: '清算款', bank: '银行存款' };
  return () => codes.length === 0
    ? html`<${Empty} text=${t('当前身份不能查看账本')} />`
    : html`<${PageState} of=${read} rows=${3} slots=${{ default: ({ ledgers }) => {
        const lines = ledgers.flatMap(ledger => ledger.lines.map(line => ({ ...line, code: ledger.code })));
        const sums = lines.map(line => columns.reduce((sum, name) => sum + (fen(line[name]) ?? 0n), 0n));
        return lines.length === 0
          ? html`<${Empty} text=${t('尚无资金往来')} hint=${progress.account === 'MOVES' ? t('信息表开具并下达划转后显示') : t('本件不随同划转个人账户')} />`
          : html`<div><table class="table"><thead><tr><th>${t('账本')}</th><th>${t('划款编号')}</th>${columns.map(name => html`<th class="right" key=${name}>${t(heads[name])}</th>`)}<th>${t('合计')}</th></tr></thead>
            <tbody>${lines.map((line, i) => html`<tr key=${`${line.code}${line.remittance}`}><td><${RegionChip} code=${line.code} /></td><td class="number">${line.remittance}</td>${columns.map(name => html`<td class="right" key=${name}><${Money} value=${line[name]} sign /></td>`)}<td><${Light} ok=${sums[i] === 0n} yes="0.00" no=${t('不平')} /></td></tr>`)}</tbody></table>
            <p class="quiet" style=${{ marginTop: '8px' }}>${t('每一笔在每个账本内借贷相抵；在途资金两地符号相反，合计为零即已到账。')}</p></div>`;
      } }} />`;
});

const Messages = component('Messages', ['number'], props => {
  const read = useData(() => all('/operations/messages', { case: props.number }), { topics: ['cases'], gap: 3_000 });
  return () => html`<${PageState} of=${read} rows=${3} slots=${{ default: list => list.length === 0
    ? html`<${Empty} text=${t('尚未告知')} />`
    : html`<table class="table"><thead><tr><th>${t('时间')}</th><th>${t('告知')}</th><th>${t('内容')}</th></tr></thead><tbody>${list.map((one, i) => html`<tr key=${i}><td><${Moment} at=${one.at} /></td><td>${one.recipient === 'EMPLOYER' ? t('单位') : t('参保人')}</td><td>${one.text}</td></tr>`)}</tbody></table>` }} />`;
});

export default component('Case', [], () => {
  const route = useRoute();
  const number = route.params.number;
  const { filters, set } = useFilters({ tab: 'lanes' });
  const read = useData(signal => readCase(number, signal), { topics: ['cases', 'deadlines'], gap: 1_500 });
  const tab = computed(() => filters.value.tab);

  const sheets = found => (found.inView?.sheets?.length ? found.inView.sheets : found.outView?.sheets ?? []).map(sheetOf);

  function show(found) {
    const { progress } = found;
    const desks = found.inView || found.outView;
    const tabs = [
      ['lanes', t('经过与期限')],
      desks && ['desk', t('办理')],
      ['sheets', `${t('信息表')} ${sheets(found).length || ''}`],
      ['money', t('资金')],
      overlooks() && ['messages', t('告知')],
      overlooks() && ['journal', t('事件与签名')]
    ].filter(Boolean);
    const body = {
      lanes: () => html`<div class="columns"><section class="panel span-7"><h2>${t('办理经过')}</h2><div class="scroll"><${Lanes} of=${found} /></div></section>
        <section class="panel span-5"><h2>${t('期限')}</h2><div class="scroll"><${Limits} of=${found} /></div></section></div>`,
      desk: () => html`<section class="panel"><div class="panel-in">
        ${found.outView && html`<${OutDesk} view=${found.outView} region=${progress.sending} onDone=${read.load} />`}
        ${found.inView && html`<${InDesk} view=${found.inView} region=${progress.receiving} onDone=${read.load} />`}</div></section>`,
      sheets: () => html`<section class="panel"><div class="panel-in">${sheets(found).length ? html`<${Sheets} sheets=${sheets(found)} />` : html`<${Empty} text=${desks ? t('尚无信息表') : t('信息表只供两地经办机构查看')} />`}</div></section>`,
      money: () => html`<section class="panel"><div class="panel-in"><${CaseMoney} of=${found} /></div></section>`,
      messages: () => html`<section class="panel"><div class="panel-in"><${Messages} number=${number} /></div></section>`,
      journal: () => html`<section class="panel"><div class="panel-in"><${Journal} of=${found.progress} /></div></section>`
    };
    const here = tabs.some(([key]) => key === tab.value) ? tab.value : 'lanes';
    return html`
      <section class="panel"><div class="panel-in case-head">
        <div><${Copyable} text=${number} /> <${Status} code=${progress.status} words=${progress.statusWords} /> ${progress.onPaper && html`<${Mark} tone="warn">${t('纸质')}<//>`}</div>
        <dl class="facts">
          <div><dt>${t('转出 → 转入')}</dt><dd><${RegionChip} code=${progress.sending} /><span class="arrow">→</span><${RegionChip} code=${progress.receiving} /></dd></div>
          <div><dt>${t('险种')}</dt><dd>${t(SCHEMES[progress.fromScheme] ?? progress.fromScheme)} → ${t(SCHEMES[progress.toScheme] ?? progress.toScheme)}</dd></div>
          <div><dt>${t('渠道')}</dt><dd>${byCode(progress.channel, CHANNELS[progress.channel])}</dd></div>
          <div><dt>${t('个人账户')}</dt><dd>${byCode(progress.account, ACCOUNT_WISHES[progress.account])}${progress.amount != null ? html` <${Money} value=${progress.amount} />` : ''}</dd></div>
          <div><dt>${t('受理')}</dt><dd>${moment(progress.acceptedAt)}</dd></div>
          <div><dt>${t('承诺办结')}</dt><dd>${progress.promisedBy ?? '—'}</dd></div>
          <div><dt>${t('转移月数')}</dt><dd>${progress.months ?? '—'}</dd></div>
          <div><dt>${t('参保人')}</dt><dd class="number">${progress.person ?? '—'}</dd></div>
        </dl>
        ${(progress.waitingFor ?? []).map(one => html`<div class="note" key=${one.since}>${t('正在等候申请人')}：${one.reason} <span class="quiet">${one.since ? moment(one.since) : ''}</span></div>`)}
        ${progress.takenBack && html`<div class="note note-bad">${t('到账资金已冲正')} <${Money} value=${progress.takenBack.amount} /> <span class="quiet">${moment(progress.takenBack.takenBackAt)} · ${progress.takenBack.ground}</span></div>`}
        ${progress.accountWords && html`<div class="note">${progress.accountWords}</div>`}
        ${progress.reasons.length > 0 && html`<div class="note note-warn"><ul>${progress.reasons.map(reason => html`<li>${reason.message}<span class="quiet"> · ${reason.remedy}</span></li>`)}</ul></div>`}
      </div></section>
      <${antd.Segmented} class="tabs" value=${here} options=${tabs.map(([value, label]) => ({ value, label }))} onChange=${value => set({ tab: value })} />
      ${body[here]()}`;
  }

  return () => html`<div class="screen"><div class="bar"><h1>${t('办件详情')}</h1><a href="#/cases">${t('返回列表')}</a></div><${PageState} of=${read} rows=${12} slots=${{ default: show }} /></div>`;
});
