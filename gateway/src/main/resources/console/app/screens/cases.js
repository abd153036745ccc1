// 办件列表: operators see the index of all regions; an agency's people the cases of their own two desks.
import { html, component, computed } from '../html.js';
import { byCode, t } from '../words.js';
import { download } from '../api.js';
import { useFilters, useRouter } from '../router.js';
import { usePages } from '../widgets/list.js';
import { isNational, isStaff } from '../may.js';
import { session } from '../session.js';
import { Grid } from '../widgets/grid.js';
import { ProblemNote } from '../widgets/state.js';
import { Copyable, Countdown, Mark, Moment, Money, RegionChip, Status } from '../widgets/cells.js';
import { Choose, ChooseProvince, ChooseRegion } from '../widgets/choose.js';
import { attempt } from '../widgets/ask.js';
import { regions } from '../regions.js';
import { STATUSES, IN_STATES, OUT_STATES, STEPS, KINDS, SCHEMES } from '../codes.js';
import { count } from '../format.js';

const way = row => html`<span><${RegionChip} code=${row.sending} /><span class="arrow">→</span><${RegionChip} code=${row.receiving} /></span>`;

/** The open limit that ends first. */
export function nearest(limits) {
  const open = (limits ?? []).filter(limit => !limit.metAt);
  return open.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
}

const INDEX = () => [
  { key: 'number', title: t('受理编号'), width: 178, render: row => html`<${Copyable} text=${row.number} to=${`#/cases/${row.number}`} />` },
  { key: 'way', title: t('转出 → 转入'), width: 150, render: way },
  { key: 'kind', title: t('险种'), width: 92, render: row => `${t(SCHEMES[row.fromScheme] ?? row.fromScheme)} → ${t(SCHEMES[row.toScheme] ?? row.toScheme)}` },
  { key: 'status', title: t('状态'), width: 122, render: row => html`<${Status} code=${row.status} words=${row.statusWords} />` },
  { key: 'step', title: t('环节'), width: 130, grow: 1, render: row => byCode(row.step, STEPS[row.step]) },
  { key: 'holder', title: t('现在办理'), width: 84, render: row => (row.holder ? html`<${RegionChip} code=${row.holder} />` : '—') },
  { key: 'limit', title: t('最近期限'), width: 160, render: row => {
    const limit = nearest(row.deadlines);
    return limit ? html`<span><${Countdown} row=${limit} /> <span class="quiet">${byCode(limit.kind, KINDS[limit.kind])}</span></span>` : '—';
  } },
  { key: 'firstAt', title: t('提交'), width: 92, render: row => html`<${Moment} at=${row.firstAt} />` },
  { key: 'lastAt', title: t('最近变化'), width: 92, render: row => html`<${Moment} at=${row.lastAt} />` }
];

const IN = () => [
  INDEX()[0],
  { key: 'sending', title: t('转出地'), width: 100, render: row => html`<${RegionChip} code=${row.sending} />` },
  INDEX()[3],
  { key: 'state', title: t('内部状态'), width: 120, grow: 1, render: row => byCode(`IN_${row.state}`, IN_STATES[row.state] ?? row.state) },
  { key: 'holder', title: t('现在办理'), width: 100, render: row => (row.holder ? html`<${RegionChip} code=${row.holder} />` : '—') },
  { key: 'acceptedAt', title: t('受理'), width: 110, render: row => html`<${Moment} at=${row.acceptedAt} />` }
];

const OUT = () => [
  INDEX()[0],
  { key: 'receiving', title: t('转入地'), width: 100, render: row => html`<${RegionChip} code=${row.receiving} />` },
  { key: 'state', title: t('内部状态'), width: 120, grow: 1, render: row => html`<${Mark} tone=${OUT_STATES[row.state]?.[1]}>${byCode(`OUT_${row.state}`, OUT_STATES[row.state]?.[0] ?? row.state)}<//>` },
  { key: 'amount', title: t('金额（元）'), width: 120, align: 'right', render: row => html`<${Money} value=${row.amount} />` },
  { key: 'sheetVersion', title: t('信息表'), width: 70, align: 'center', render: row => (row.sheetVersion ? `v${row.sheetVersion}` : '—') },
  { key: 'acceptedAt', title: t('受理'), width: 110, render: row => html`<${Moment} at=${row.acceptedAt} />` },
  { key: 'changedAt', title: t('最近变化'), width: 110, render: row => html`<${Moment} at=${row.changedAt} />` }
];

export default component('Cases', [], () => {
  const router = useRouter();
  const { filters, set } = useFilters();
  const staff = isStaff();
  const side = computed(() => (staff ? filters.value.side ?? 'all' : 'all'));
  const indexed = computed(() => side.value === 'all');
  const own = session.user.region;

  const path = () => (indexed.value ? '/operations/cases' : `/agency/${own}/transfers-${side.value}`);
  const query = () => {
    const { region, sending, receiving, province, status, step, from, to, q, state } = filters.value;
    return indexed.value ? { region, sending, receiving, province, status, step, from, to, q } : { state };
  };
  const list = usePages(path, query, { topics: ['cases'] });
  // An agency's desk has no search by number: what is there is looked through.
  const rows = computed(() => {
    const { q } = filters.value;
    return !indexed.value && q ? list.rows.value.filter(row => row.number.includes(q)) : list.rows.value;
  });
  const columns = computed(() => (indexed.value ? INDEX() : side.value === 'in' ? IN() : OUT()));

  async function save() {
    const asked = query();
    await attempt(() => download('/operations/cases.csv', asked, `cases-${new Date().toISOString().slice(0, 10)}.csv`), t('已导出'));
  }

  const clear = () => set({ region: null, sending: null, receiving: null, province: null, status: null, step: null, from: null, to: null, q: null, state: null });

  const indexFilters = () => html`
    ${isNational() && html`<${ChooseProvince} value=${filters.value.province} onPick=${province => set({ province })} />`}
    <${ChooseRegion} among=${regions.value} value=${filters.value.sending} onPick=${sending => set({ sending })} placeholder=${t('转出地')} label=${t('转出地')} />
    <${ChooseRegion} among=${regions.value} value=${filters.value.receiving} onPick=${receiving => set({ receiving })} placeholder=${t('转入地')} label=${t('转入地')} />
    <${Choose} width=${124} value=${filters.value.status} onPick=${status => set({ status })} placeholder=${t('状态')} options=${Object.entries(STATUSES).map(([code, words]) => [code, byCode(code, words)])} />
    <${Choose} width=${140} value=${filters.value.step} onPick=${step => set({ step })} placeholder=${t('环节')} options=${Object.entries(STEPS).map(([code, words]) => [code, byCode(code, words)])} />
    <${antd.RangePicker} style=${{ width: '200px' }} valueFormat="YYYY-MM-DD" value=${filters.value.from && filters.value.to ? [filters.value.from, filters.value.to] : null}
      placeholder=${[t('提交自'), t('至')]} aria-label=${t('提交日期')} onChange=${days => set({ from: days?.[0], to: days?.[1] })} />`;

  const desks = () => html`<${antd.Segmented} value=${side.value} options=${[{ value: 'all', label: t('全部办件') }, { value: 'in', label: t('转入') }, { value: 'out', label: t('转出') }]} onChange=${value => set({ side: value, state: null })} />`;

  const deskFilters = () => html`
    <${Choose} width=${170} value=${filters.value.state} onPick=${state => set({ state })} placeholder=${t('内部状态')}
      options=${side.value === 'in' ? Object.entries(IN_STATES).map(([code, words]) => [code, byCode(`IN_${code}`, words)]) : Object.entries(OUT_STATES).map(([code, words]) => [code, byCode(`OUT_${code}`, words[0])])} />`;

  return () => html`<div class="screen screen-full">
    <div class="bar"><h1>${t('办件列表')}</h1>
      ${staff && desks()}${indexed.value ? indexFilters() : deskFilters()}
      <${antd.Input} style=${{ width: '110px' }} allowClear value=${filters.value.q ?? ''} placeholder=${t('编号开头')} aria-label=${t('编号开头')} onChange=${event => set({ q: event.target.value.trim().toUpperCase() })} />
      <button class="link" type="button" onClick=${clear}>${t('清除条件')}</button>
    </div>
    <section class="panel panel-fill" aria-label=${t('办件列表')}>
      ${list.error.value && rows.value.length === 0
        ? html`<${ProblemNote} problem=${list.error.value} retry=${list.load} />`
        : html`<${Grid} label=${t('办件列表')} columns=${columns.value} rows=${rows.value} rowKey=${row => row.number} more=${list.more.value} loading=${list.loading.value}
            onMore=${list.next} onOpen=${row => router.push(`/cases/${row.number}`)} rowClass=${row => (nearest(row.deadlines)?.missedAt ? 'row-late' : '')} hint=${t('改变上方条件，或清除条件后再看。')} />`}
      <div class="foot">${list.stale.value && html`<button class="link" type="button" onClick=${list.load}>${t('有更新，刷新列表')}</button>`}<span>${list.more.value ? t('已读取 {n} 件，向下滚动继续', { n: count(rows.value.length) }) : t('共 {n} 件', { n: count(rows.value.length) })}</span><span class="bar-space"></span>${indexed.value && html`<button class="link" type="button" onClick=${save}>${t('导出 CSV')}</button>`}</div>
    </section>
  </div>`;
});
