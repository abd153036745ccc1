// 预警与逾期: the limits themselves, each with who has it and what it waits for; the most pressing first.
import { html, component, computed, ref } from '../html.js';
import { byCode, t } from '../words.js';
import { get } from '../api.js';
import { link, useFilters, useRouter } from '../router.js';
import { usePages } from '../widgets/list.js';
import { isNational, isStaff } from '../may.js';
import { session } from '../session.js';
import { KINDS } from '../codes.js';
import { Grid } from '../widgets/grid.js';
import { ProblemNote } from '../widgets/state.js';
import { Copyable, Countdown, Mark, RegionChip } from '../widgets/cells.js';
import { Choose, ChooseProvince, ChooseRegion } from '../widgets/choose.js';
import { WhyDate } from '../widgets/why.js';
import { attempt } from '../widgets/ask.js';
import { count, moment } from '../format.js';

const STATES = { AT_RISK: '临近期限', MISSED: '已逾期', ESCALATED: '已升级', PAUSED: '暂停计时', PROVISIONAL: '暂定', OPEN: '全部在办' };
const DAYS = ['-1', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];
const daysWords = days => (days === '-1' ? t('逾期') : days === '0' ? t('今日到期') : t('剩 {n} 工作日', { n: days }));

const COLUMNS = why => [
  { key: 'left', title: t('剩余'), width: 98, render: row => html`<${Countdown} row=${row} />` },
  { key: 'number', title: t('受理编号'), width: 172, render: row => html`<${Copyable} text=${row.number} to=${`#/cases/${row.number}`} />` },
  { key: 'kind', title: t('期限'), width: 84, render: row => byCode(row.kind, KINDS[row.kind] ?? row.kindWords) },
  { key: 'region', title: t('责任地'), width: 72, render: row => html`<${RegionChip} code=${row.region} />` },
  { key: 'dueOn', title: t('到期日'), width: 140, render: row => html`<span class="number">${row.dueOn}</span>${row.promisedOn && row.promisedOn !== row.dueOn ? html` <span class="quiet" title=${`${t('承诺')} ${row.promisedOn}`}>${t('承诺')} ${row.promisedOn.slice(5)}</span>` : ''}` },
  { key: 'waitingOn', title: t('正在等待'), width: 170, grow: 1, render: row => html`<span title=${row.pauseReason ?? ''}>${row.waitingOn ?? byCode(row.step, row.stepWords)}${row.pauseReason ? ` · ${row.pauseReason}` : ''}</span>` },
  { key: 'since', title: t('预警 / 逾期 / 升级'), width: 140, render: row => html`<span class="quiet">${[row.warnedAt, row.missedAt, row.escalatedAt].map(at => (at ? moment(at).slice(5, 10) : '—')).join(' / ')}</span>` },
  { key: 'startedOn', title: t('起算'), width: 78, render: row => html`<span class="number">${row.startedOn ?? '—'}</span>` },
  { key: 'why', title: '', width: 96, render: row => row.startedOn && row.workingDays ? html`<button class="link" type="button" onClick=${() => why(row)}>${t('为什么是这一天')}</button>` : '' }
];

export default component('Deadlines', [], () => {
  const router = useRouter();
  const { filters, set } = useFilters();
  const state = computed(() => filters.value.state ?? (filters.value.daysLeft == null && filters.value.stage == null ? 'AT_RISK' : 'OPEN'));
  const query = () => {
    const { region, province, kind, stage, daysLeft } = filters.value;
    return { region, province, kind, stage, daysLeft, state: state.value };
  };
  const list = usePages(() => '/operations/deadlines', query, { topics: ['deadlines', 'cases'] });
  const shown = ref(null);

  async function why(row) {
    const found = await attempt(() => get('/operations/deadline', { start: row.startedOn, workingDays: row.workingDays, region: row.region }));
    if (found) {
      shown.value = { row, of: { ...found, sentences: found.explanation } };
    }
  }

  return () => html`<div class="screen screen-full">
    <div class="bar"><h1>${t('预警与逾期')}</h1>
      <${antd.Segmented} value=${state.value} options=${Object.entries(STATES).map(([value, words]) => ({ value, label: t(words) }))} onChange=${value => set({ state: value, daysLeft: null })} />
      ${isNational() || session.user.role === 'AUDITOR' ? html`<${ChooseProvince} value=${filters.value.province} onPick=${province => set({ province })} />` : null}
      ${!isStaff() && html`<${ChooseRegion} value=${filters.value.region} onPick=${region => set({ region })} />`}
      <${Choose} width=${130} value=${filters.value.kind} onPick=${kind => set({ kind })} placeholder=${t('期限种类')} options=${Object.entries(KINDS).map(([code, words]) => [code, byCode(code, words)])} />
      <${Choose} width=${110} value=${filters.value.daysLeft} onPick=${daysLeft => set({ daysLeft, state: daysLeft == null ? state.value : 'OPEN' })} placeholder=${t('剩余')} options=${DAYS.map(days => [days, daysWords(days)])} />
      ${filters.value.stage && html`<${Mark}>${t('环节')} ${byCode(filters.value.stage, filters.value.stage)} <button class="link" type="button" aria-label=${t('清除条件')} onClick=${() => set({ stage: null })}>×</button><//>`}
      <span class="bar-space"></span><a href=${link('/heat', { province: filters.value.province })}>${t('时限热力图')}</a>
    </div>
    <section class="panel panel-fill" aria-label=${t('预警与逾期')}>
      ${list.error.value && list.rows.value.length === 0 ? html`<${ProblemNote} problem=${list.error.value} retry=${list.load} />`
        : html`<${Grid} label=${t('预警与逾期')} columns=${COLUMNS(why)} rows=${list.rows.value} rowKey=${row => `${row.number}-${row.kind}-${row.region}-${row.dueOn}`} more=${list.more.value} loading=${list.loading.value} onMore=${list.next}
            onOpen=${row => router.push(`/cases/${row.number}`)} rowClass=${row => (row.missedAt && !row.metAt ? 'row-late' : '')} empty=${state.value === 'MISSED' ? t('没有逾期') : t('没有符合条件的期限')} />`}
      <div class="foot">${list.stale.value && html`<button class="link" type="button" onClick=${list.load}>${t('有更新，刷新列表')}</button>`}${list.more.value ? t('已读取 {n} 件，向下滚动继续', { n: count(list.rows.value.length) }) : t('共 {n} 件', { n: count(list.rows.value.length) })}</div>
    </section>
    <${antd.Drawer} open=${Boolean(shown.value)} width=${420} title=${shown.value ? `${shown.value.row.number} · ${byCode(shown.value.row.kind, KINDS[shown.value.row.kind])}` : ''} onClose=${() => (shown.value = null)}>
      ${shown.value && html`<div>${shown.value.of.dueOn !== shown.value.row.dueOn && html`<p class="note note-warn">${t('这一期限因暂停或重算而不同，以办件详情中的逐日说明为准：到期 {d}', { d: shown.value.row.dueOn })}</p>`}<${WhyDate} of=${shown.value.of} /></div>`}
    <//>
  </div>`;
});
