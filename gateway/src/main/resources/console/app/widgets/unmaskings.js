// 查看台账: who has looked at whose full data, when and why.
import { html, component, computed } from '../html.js';
import { t } from '../words.js';
import { useFilters } from '../router.js';
import { session } from '../session.js';
import { readable } from '../regions.js';
import { exactMoment } from '../format.js';
import { usePages } from './list.js';
import { Grid } from './grid.js';
import { ProblemNote } from './state.js';
import { Copyable } from './cells.js';
import { ChooseRegion } from './choose.js';

const COLUMNS = () => [
  { key: 'at', title: t('业务时间'), width: 150, render: row => exactMoment(row.at) },
  { key: 'number', title: t('受理编号'), width: 178, render: row => html`<${Copyable} text=${row.number} to=${`#/cases/${row.number}`} />` },
  { key: 'subject', title: t('查看人'), width: 150 },
  { key: 'reason', title: t('理由'), width: 200, grow: 1 },
  { key: 'seenAt', title: t('系统时间'), width: 150, render: row => exactMoment(row.seenAt) }
];

export const Unmaskings = component('Unmaskings', [], () => {
  const { filters, set } = useFilters();
  const region = computed(() => session.user.region ?? filters.value.region ?? readable.value[0]?.code);
  const list = usePages(() => `/agency/${region.value}/unmaskings`, () => ({}), {});
  return () => html`<div class="stack stack-fill"><div class="bar">${!session.user.region && html`<${ChooseRegion} must among=${readable.value} value=${region.value} onPick=${code => set({ region: code })} />`}<span class="quiet">${t('台账只增不改')}</span></div>
    ${list.error.value && list.rows.value.length === 0 ? html`<${ProblemNote} problem=${list.error.value} retry=${list.load} />`
      : html`<${Grid} label=${t('查看台账')} columns=${COLUMNS()} rows=${list.rows.value} rowKey=${row => `${row.seenAt}${row.number}${row.subject}`} more=${list.more.value} loading=${list.loading.value} onMore=${list.next} empty=${t('没有人查看过完整信息')} />`}</div>`;
});
