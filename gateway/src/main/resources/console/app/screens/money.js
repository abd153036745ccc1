// 资金: that every ledger sums to zero, what is on the way and since when, and what stands on which kind of account.
import { html, component, computed, ref, watch, Fragment } from '../html.js';
import { byCode, t } from '../words.js';
import { get } from '../api.js';
import { useData } from '../live.js';
import { link } from '../router.js';
import { overlooks, reads } from '../may.js';
import { businessDay } from '../clock.js';
import { readable, region, regionName } from '../regions.js';
import { ACCOUNTS } from '../codes.js';
import { booksOf } from '../widgets/books.js';
import { usePages } from '../widgets/list.js';
import { Grid } from '../widgets/grid.js';
import { Empty, PageState } from '../widgets/state.js';
import { Copyable, Figure, Light, Money } from '../widgets/cells.js';
import { ChooseRegion } from '../widgets/choose.js';
import { count, dayOf, fen, yuan } from '../format.js';

const KINDS = ['PERSONAL', 'SUSPENSE', 'TRANSIT', 'CLEARING', 'BANK', 'FUND', 'PAID_OUT', 'PAID_UP', 'PAID_DOWN'];
const AGES = [[1, '当日'], [3, '2–3 日'], [5, '4–5 日'], [10, '6–10 日'], [Infinity, '10 日以上']];

const LINES = () => [
  { key: 'remittance', title: t('划款编号'), width: 196, render: row => html`<${Copyable} text=${row.remittance} to=${`#/cases/${row.remittance.replace(/-\d+$/, '')}?tab=money`} />` },
  ...['personal', 'suspense', 'transit', 'clearing', 'bank'].map(name => ({
    key: name, title: byCode(name.toUpperCase(), ACCOUNTS[name.toUpperCase()]), width: 110, grow: 1, align: 'right', render: row => (fen(row[name]) === 0n ? html`<span class="quiet">0.00</span>` : html`<${Money} value=${row[name]} sign />`)
  }))
];

const MOST_LOOKED_UP = 40;
const daysSince = instant => Math.round((new Date(businessDay()) - new Date(dayOf(instant))) / 86_400_000);

/** Relationships that have moved while their money is still on the way; the amounts stand in the old regions' ledgers. */
async function inTransit(signal) {
  const page = await get('/operations/cases', { status: 'MONEY_IN_TRANSIT', limit: 200 }, signal);
  const known = page.items.slice(0, MOST_LOOKED_UP).filter(one => region(one.sending)?.onPlatform && reads(one.sending));
  const amounts = new Map(await Promise.all(known.map(async one => {
    const summary = await get(`/agency/${one.sending}/ledger/summary`, { after: one.number, limit: 5 }, signal);
    return [one.number, summary.remittances.items.filter(line => line.remittance.startsWith(one.number)).reduce((sum, line) => sum + (fen(line.transit) ?? 0n), 0n)];
  })));
  return page.items.map(one => ({ days: daysSince(one.lastAt), fen: amounts.get(one.number) ?? 0n }));
}

async function inSuspense(codes, signal) {
  const lists = await Promise.all(codes.map(code => get(`/agency/${code}/suspense`, { limit: 200 }, signal)));
  return lists.flatMap(list => list.items).map(item => ({ days: item.daysHere, fen: fen(item.amount) ?? 0n }));
}

const within = (list, i) => list.filter(one => one.days < AGES[i][0] && (i === 0 || one.days >= AGES[i - 1][0]));
const sumOf = list => list.reduce((sum, one) => sum + one.fen, 0n);

/** How long money has been on the way, or lain unbooked. */
const Ages = component('MoneyByAge', ['codes'], props => {
  const read = useData(async signal => {
    const [transit, suspense] = await Promise.all([overlooks() ? inTransit(signal) : null, inSuspense(props.codes, signal)]);
    return { transit, suspense };
  }, { topics: ['cases'], gap: 5_000 });
  const pair = (list, to) => list && html`<${Fragment}><td class="right">${to ? html`<a href=${to}>${count(list.length)}</a>` : count(list.length)}</td><td class="right money">${yuan(sumOf(list))}</td><//>`;
  return () => html`<${PageState} of=${read} rows=${4} slots=${{ default: ({ transit, suspense }) => html`<table class="table"><thead>
      <tr><th rowspan="2">${t('账龄')}</th>${transit && html`<th colspan="2" class="right">${t('关系已转入、在途')}</th>`}<th colspan="2" class="right">${t('已到账未入账')}</th></tr>
      <tr>${transit && html`<${Fragment}><th class="right">${t('件数')}</th><th class="right">${t('元')}</th><//>`}<th class="right">${t('笔数')}</th><th class="right">${t('元')}</th></tr></thead>
    <tbody>${AGES.map(([, words], i) => html`<tr key=${words}><td>${t(words)}</td>${pair(transit && within(transit, i))}${pair(within(suspense, i))}</tr>`)}</tbody>
    <tfoot><tr><td>${t('合计')}</td>${pair(transit, link('/cases', { status: 'MONEY_IN_TRANSIT' }))}${pair(suspense, '#/exceptions')}</tr></tfoot></table>` }} />`;
});

export default component('MoneyScreen', [], () => {
  const codes = computed(() => readable.value.map(one => one.code));
  const read = useData(async signal => ({ books: await booksOf(codes.value, signal) }), { topics: ['cases', 'clearing'], gap: 5_000 });
  const chosen = ref(codes.value[0] ?? null);
  const lines = usePages(() => `/agency/${chosen.value}/ledger/summary`, () => ({}), { topics: ['cases'], pick: answer => answer.remittances });
  watch(codes, list => {
    chosen.value ??= list[0];
  });

  function show({ books }) {
    const total = kind => books.reduce((sum, one) => sum + (fen(one.totals?.[kind]) ?? 0n), 0n);
    const sum = books.reduce((all, one) => all + one.fen, 0n);
    const off = books.filter(one => one.fen !== 0n);
    const several = books.length > 1;
    const kinds = KINDS.filter(kind => books.some(one => (fen(one.totals?.[kind]) ?? 0n) !== 0n));
    return html`
      <section class="panel"><div class="figures">
        <div class="figure figure-wide"><span class="figure-label">${t('全部账本合计')}</span><span class="figure-value"><${Light} ok=${off.length === 0} yes=${t('Σ = 0.00')} no=${`Σ ≠ 0：${yuan(sum)}`} /></span><span class="figure-hint">${t('{n} 本账，每本借贷相抵', { n: books.length })}</span></div>
        <${Figure} label=${t('个人账户')} value=${yuan(total('PERSONAL')).replaceAll(',', '')} money />
        ${several && html`<${Figure} label=${t('在途资金')} value=${yuan(total('TRANSIT')).replaceAll(',', '')} money hint=${t('已划出，尚未到账')} />`}
        <${Figure} label=${t('待处理款')} value=${yuan(total('SUSPENSE')).replaceAll(',', '')} money to="#/exceptions" hint=${t('已到账，尚未入账')} />
        ${several && html`<${Figure} label=${t('清算款')} value=${yuan(total('CLEARING')).replaceAll(',', '')} money to="#/clearing" hint=${t('各地相抵应为零')} />`}
      </div></section>
      <div class="columns">
        <section class="panel span-8"><h2>${t('各统筹区账本')}</h2><div class="scroll"><table class="table"><thead><tr><th>${t('统筹区')}</th>${kinds.map(kind => html`<th class="right" key=${kind}>${byCode(kind, ACCOUNTS[kind])}</th>`)}<th class="right">${t('冻结')}</th><th class="right">Σ</th></tr></thead>
          <tbody>${books.map(one => html`<tr key=${one.region}><td><button class="link" type="button" onClick=${() => (chosen.value = one.region)}>${regionName(one.region)}</button></td>${kinds.map(kind => html`<td class="right" key=${kind}><${Money} value=${one.totals?.[kind] ?? '0.00'} /></td>`)}<td class="right"><${Money} value=${one.held} /></td><td class="right"><${Light} ok=${one.fen === 0n} yes="0.00" no=${yuan(one.fen)} /></td></tr>`)}</tbody>
          ${several && html`<tfoot><tr><td>${t('合计')}</td>${kinds.map(kind => html`<td class="right" key=${kind}><${Money} value=${yuan(total(kind)).replaceAll(',', '')} /></td>`)}<td class="right"><${Money} value=${yuan(books.reduce((all, one) => all + (fen(one.held) ?? 0n), 0n)).replaceAll(',', '')} /></td><td class="right money">${yuan(sum)}</td></tr></tfoot>`}</table></div></section>
        <section class="panel span-4"><h2>${t('账龄')}</h2><${Ages} codes=${codes.value} /></section>
      </div>`;
  }

  return () => html`<div class="screen screen-full">
    <div class="bar"><h1>${t('资金')}</h1></div>
    ${codes.value.length === 0 ? html`<${Empty} text=${t('没有可以查看的账本')} />` : html`<${PageState} of=${read} rows=${6} slots=${{ default: show }} />`}
    ${chosen.value && html`<section class="panel panel-fill"><div class="panel-head"><h2>${t('划款明细')}</h2><${ChooseRegion} must among=${readable.value} value=${chosen.value} onPick=${code => (chosen.value = code)} /><span class="quiet">${t('一笔划款在该账本各类账户上的金额；在途为负即为收到')}</span></div>
      <${Grid} label=${t('划款明细')} columns=${LINES()} rows=${lines.rows.value} rowKey=${row => row.remittance} more=${lines.more.value} loading=${lines.loading.value} onMore=${lines.next} empty=${t('尚无划款')} />
      <div class="foot">${t('共 {n} 笔', { n: count(lines.rows.value.length) })}${lines.more.value ? '+' : ''}</div></section>`}
  </div>`;
});
