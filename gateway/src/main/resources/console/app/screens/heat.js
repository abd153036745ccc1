// 时限热力图: region × stage × working days left; each cell leads to its list. A table, so that a keyboard reaches it.
import { html, component, computed, watch } from '../html.js';
import { byCode, t } from '../words.js';
import { get } from '../api.js';
import { useData } from '../live.js';
import { link, useFilters } from '../router.js';
import { isNational } from '../may.js';
import { session } from '../session.js';
import { provinceName, regionName } from '../regions.js';
import { KINDS, STEPS } from '../codes.js';
import { Choose, ChooseProvince } from '../widgets/choose.js';
import { Empty, PageState } from '../widgets/state.js';
import { count } from '../format.js';

/** Overdue, today, then every day up to ten, and what is later. */
const LATER = 'later';
const DAYS = ['-1', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', LATER];
const FEW = 12;

const headOf = day => (day === '-1' ? t('逾期') : day === '0' ? t('今日') : day === LATER ? t('更晚') : day);
const toneOf = day => (day === '-1' ? 'late' : day === '0' ? 'today' : day === '1' ? 'soon' : day === '2' || day === '3' ? 'near' : 'far');

/** Rows by region, the most pressing first, each with its stages. */
function table(cells) {
  const rows = new Map();
  for (const cell of cells) {
    const row = rows.get(cell.region) ?? { region: cell.region, days: {}, stages: new Map(), total: 0 };
    const stage = row.stages.get(cell.stage) ?? { stage: cell.stage, words: cell.stageWords, days: {}, total: 0 };
    const day = cell.daysLeft == null ? LATER : String(cell.daysLeft);
    for (const one of [row, stage]) {
      one.days[day] = (one.days[day] ?? 0) + cell.count;
      one.total += cell.count;
    }
    row.stages.set(cell.stage, stage);
    rows.set(cell.region, row);
  }
  const pressing = row => [row.days['-1'] ?? 0, row.days['0'] ?? 0, row.days['1'] ?? 0];
  const list = [...rows.values()].sort((a, b) => {
    const [x, y] = [pressing(a), pressing(b)];
    return y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || (a.region < b.region ? -1 : 1);
  });
  const steps = Object.keys(STEPS);
  list.forEach(row => (row.list = [...row.stages.values()].sort((a, b) => steps.indexOf(a.stage) - steps.indexOf(b.stage))));
  return { rows: list, most: Math.max(1, ...list.flatMap(row => Object.values(row.days))) };
}

/** On a logarithmic scale, so that one case is seen beside a thousand. */
const shade = (number, most) => 0.25 + 0.75 * (Math.log1p(number) / Math.log1p(most));

export default component('Heat', [], () => {
  const { filters, set } = useFilters();
  const query = computed(() => ({ province: filters.value.province, region: filters.value.region, kind: filters.value.kind }));
  const read = useData(signal => get('/operations/deadlines/summary', query.value, signal), { topics: ['deadlines', 'cases'], gap: 2_000 });
  watch(() => JSON.stringify(query.value), () => read.load());

  const cells = (one, region, stage, most) => DAYS.map(day => {
    const number = one.days[day] ?? 0;
    return html`<td key=${day}>${number === 0 ? '' : html`<a class=${`heat heat-${toneOf(day)}`} style=${{ '--shade': shade(number, most) }} href=${link('/deadlines', { region, stage, kind: query.value.kind, state: 'OPEN', daysLeft: day === LATER ? null : day })}
      aria-label=${`${regionName(region)} ${stage ? byCode(stage, stage) : ''} ${headOf(day)} ${number}`}>${count(number)}</a>`}</td>`;
  });

  function show(data) {
    const { rows, most } = table(data.cells);
    if (rows.length === 0) {
      return html`<section class="panel"><${Empty} text=${t('没有在办的期限')} /></section>`;
    }
    const open = filters.value.stages ? filters.value.stages === 'yes' : rows.length <= FEW;
    return html`<section class="panel scroll heat-box"><table class="heat-table"><thead><tr><th>${t('统筹区')}</th><th>${t('环节')}</th><th class="right">${t('合计')}</th>${DAYS.map(day => html`<th key=${day}>${headOf(day)}</th>`)}</tr></thead>
      <tbody>${rows.map(row => [
        html`<tr key=${row.region} class="heat-region"><th scope="row"><a href=${link('/deadlines', { region: row.region, state: 'OPEN' })}>${regionName(row.region)}</a></th><td class="heat-stage quiet">${provinceName(row.region)}</td><td class="right"><b>${count(row.total)}</b></td>${cells(row, row.region, null, most)}</tr>`,
        ...(open ? row.list.map(stage => html`<tr key=${`${row.region}${stage.stage}`}><th></th><td class="heat-stage">${byCode(stage.stage, stage.words)}</td><td class="right">${count(stage.total)}</td>${cells(stage, row.region, stage.stage, most)}</tr>`) : [])
      ])}</tbody></table></section>
      <p class="quiet heat-key">${t('列为剩余工作日；颜色越深件数越多，点击查看清单。业务日期 {d}', { d: data.today })}</p>`;
  }

  return () => html`<div class="screen">
    <div class="bar"><h1>${t('时限热力图')}</h1>
      ${isNational() || session.user.role === 'AUDITOR' ? html`<${ChooseProvince} value=${filters.value.province} onPick=${province => set({ province })} />` : null}
      <${Choose} width=${140} value=${filters.value.kind} onPick=${kind => set({ kind })} placeholder=${t('期限种类')} options=${Object.entries(KINDS).map(([code, words]) => [code, byCode(code, words)])} />
      <${antd.Segmented} value=${filters.value.stages ?? ''} options=${[{ value: '', label: t('自动') }, { value: 'no', label: t('只看统筹区') }, { value: 'yes', label: t('按环节展开') }]} onChange=${stages => set({ stages })} />
    </div>
    <${PageState} of=${read} rows=${8} slots=${{ default: show }} />
  </div>`;
});
