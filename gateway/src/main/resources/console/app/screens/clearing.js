// 季度清算: the centre's quarters with the balance table, and what a region owes and is owed.
import { html, component, computed, ref, watch } from '../html.js';
import { byCode, t } from '../words.js';
import { all, download, get, post } from '../api.js';
import { useData } from '../live.js';
import { useFilters } from '../router.js';
import { isClerk, isOperator, isReviewer, overlooks } from '../may.js';
import { session } from '../session.js';
import { provinces, regionName } from '../regions.js';
import { Empty, PageState } from '../widgets/state.js';
import { Figure, Light, Mark, Moment, Money, RegionChip } from '../widgets/cells.js';
import { ChooseProvince } from '../widgets/choose.js';
import { askText, attempt, confirm } from '../widgets/ask.js';
import { count, exactMoment, fen, yuan } from '../format.js';

const STATES = { RUNNING: ['本季进行中', 'grey'], WAITING: ['待生成', 'warn'], GENERATED: ['已生成', 'info'], PREPARED: ['已经办，待复核', 'warn'], CLOSED: ['已结账', 'info'], SETTLED: ['已清算', 'good'] };
const PAYMENTS = { PAID: ['已付', 'good'], DUE: ['应付', 'warn'], PREPARED: ['已经办，待复核', 'warn'], WAITING: ['待上解齐', 'grey'] };

const plain = cents => yuan(cents).replaceAll(',', '');

/** 清算平衡表: pairs as a matrix, its margins the regions' totals; out and in agree. */
const Matrix = component('Matrix', ['table'], props => () => {
  const { table } = props;
  const codes = [...new Set([...(table.rows ?? []).map(row => row.region), ...(table.pairs ?? []).flatMap(pair => [pair.debtor, pair.creditor])])].sort();
  const cell = (debtor, creditor) => (table.pairs ?? []).filter(pair => pair.debtor === debtor && pair.creditor === creditor).reduce((sum, pair) => sum + fen(pair.amount), 0n);
  const out = code => codes.reduce((sum, other) => sum + cell(code, other), 0n);
  const into = code => codes.reduce((sum, other) => sum + cell(other, code), 0n);
  const total = codes.reduce((sum, code) => sum + out(code), 0n);
  const balance = codes.reduce((sum, code) => sum + into(code) - out(code), 0n);
  return codes.length === 0 ? html`<${Empty} text=${t('本季没有往来')} />` : html`<div class="scroll"><table class="table"><thead><tr><th>${t('上解 ↓ 下拨 →')}</th>${codes.map(code => html`<th class="right" key=${code}>${regionName(code)}</th>`)}<th class="right">${t('上解合计')}</th><th class="right">${t('差额')}</th></tr></thead>
    <tbody>${codes.map(code => html`<tr key=${code}><td><${RegionChip} code=${code} /></td>${codes.map(other => html`<td class="right" key=${other}>${code === other ? html`<span class="quiet">—</span>` : cell(code, other) === 0n ? html`<span class="quiet">0.00</span>` : html`<${Money} value=${plain(cell(code, other))} />`}</td>`)}<td class="right"><b><${Money} value=${plain(out(code))} /></b></td><td class="right"><${Money} value=${plain(into(code) - out(code))} sign /></td></tr>`)}</tbody>
    <tfoot><tr><td>${t('下拨合计')}</td>${codes.map(code => html`<td class="right" key=${code}><${Money} value=${plain(into(code))} /></td>`)}<td class="right"><${Money} value=${plain(total)} /></td><td class="right"><${Light} ok=${balance === 0n} yes="Σ = 0.00" no=${yuan(balance)} /></td></tr></tfoot></table></div>`;
});

const Payments = component('Payments', ['province', 'quarter', 'closed', 'onDone'], props => {
  const path = () => `/operations/clearing/${props.province}/quarters/${props.quarter}`;
  const read = useData(() => all(`${path()}/payments`), { topics: ['clearing'], gap: 3_000 });
  /** Two persons, each from the paper: the reviewer's entry must be the same. */
  async function pay(one, approval) {
    const reference = await askText({ title: t('下拨给{r} {y} 元', { r: regionName(one.region), y: one.amount }), body: approval ? t('请按支付凭证再录一遍，与经办人所录一致方为完成。') : t('录入后由另一人复核。'), label: t('支付凭证号'), least: 1, most: 64 });
    if (reference && (await attempt(() => post(`${path()}/payments-down${approval ? '/approval' : ''}`, { region: one.region, reference, amount: one.amount }), approval ? t('已下拨') : t('已经办')))) {
      read.load();
      props.onDone();
    }
  }
  return () => html`<${PageState} of=${read} rows=${3} slots=${{ default: list => html`<table class="table"><thead><tr><th>${t('方向')}</th><th>${t('统筹区')}</th><th class="right">${t('笔数')}</th><th class="right">${t('金额（元）')}</th><th>${t('到期日')}</th><th>${t('情况')}</th><th></th></tr></thead>
    <tbody>${list.map(one => html`<tr key=${`${one.direction}${one.region}`}><td>${one.direction === 'UP' ? t('上解') : t('下拨')}</td><td><${RegionChip} code=${one.region} /></td><td class="right">${count(one.debts)}</td><td class="right"><${Money} value=${one.amount} /></td><td class="number">${one.dueOn ?? '—'}</td>
      <td><${Mark} tone=${PAYMENTS[one.state]?.[1]}>${byCode(`PAYMENT_${one.state}`, PAYMENTS[one.state]?.[0] ?? one.state)}<//> <span class="quiet">${one.reference ?? ''} ${one.paidAt ? exactMoment(one.paidAt) : ''}</span></td>
      <td>${isOperator() && props.closed && one.direction === 'DOWN' && one.state === 'DUE' && html`<button class="link" type="button" onClick=${() => pay(one, false)}>${t('下拨')}</button>`}
        ${isOperator() && one.direction === 'DOWN' && one.state === 'PREPARED' && (one.step?.preparedBy === session.user.name ? html`<span class="quiet">${t('须另一人批准')}</span>` : html`<button class="link" type="button" onClick=${() => pay(one, true)}>${t('复核下拨')}</button>`)}</td></tr>`)}</tbody></table>` }} />`;
});

const Quarter = component('Quarter', ['province', 'quarter', 'onDone'], props => {
  const path = () => `/operations/clearing/${props.province}/quarters/${props.quarter}`;
  const read = useData(async signal => {
    const view = await get(path(), {}, signal);
    const table = view.table ? await get(`${path()}/table.json`, {}, signal) : null;
    const missing = view.table ? [] : await all(`${path()}/missing`);
    return { view, table, missing };
  }, { topics: ['clearing'], gap: 3_000 });
  const proof = ref(null);
  async function act(what, question, done) {
    if (await confirm({ title: question, body: t('经办与结账须由两人办理。') }) && (await attempt(() => post(`${path()}/${what}`), done))) {
      read.load();
      props.onDone();
    }
  }
  async function prove() {
    proof.value = await attempt(() => post(`${path()}/proof`));
    read.load();
  }
  const show = ({ view, table, missing }) => {
    const [words, tone] = STATES[view.state] ?? [view.state, 'info'];
    const made = view.table;
    return html`
      <section class="panel"><div class="panel-head"><h2>${props.quarter}</h2><${Mark} tone=${tone}>${byCode(`QUARTER_${view.state}`, words)}<//><span class="bar-space"></span>
        ${made && isOperator() && html`<${antd.Button} onClick=${prove}>${t('立即核算')}<//>`}${made && html`<${antd.Button} onClick=${() => attempt(() => download(`${path()}/table.csv`, {}, `clearing-${props.province}-${props.quarter}.csv`))}>${t('平衡表 CSV')}<//><${antd.Button} onClick=${() => attempt(() => download(`${path()}/table.json`, {}, `clearing-${props.province}-${props.quarter}.json`))}>JSON<//>`}
        ${isOperator() && view.state === 'GENERATED' && html`<${antd.Button} type="primary" onClick=${() => act('preparation', t('经办本季结账？'), t('已经办'))}>${t('经办结账')}<//>`}
        ${isOperator() && view.state === 'PREPARED' && made.closing?.preparedBy !== session.user.name && html`<${antd.Button} type="primary" onClick=${() => act('approval', t('复核并结账？结账后平衡表不再改变。'), t('已结账'))}>${t('复核结账')}<//>`}</div>
        ${made ? html`<div class="figures"><${Figure} label=${t('往来笔数')} value=${made.debts} /><${Figure} label=${t('往来金额（元）')} value=${made.total} money /><${Figure} label=${t('尚未上解')} value=${made.notPaidUp} tone="warn" hint=${`${t('期限')} ${made.payUpBy}`} /><${Figure} label=${t('尚未下拨')} value=${made.notPaidDown} tone="warn" hint=${made.payDownBy ? `${t('期限')} ${made.payDownBy}` : t('待上解齐')} />
            <div class="figure"><span class="figure-label">${t('由明细重算')}</span><span class="figure-value" style=${{ fontSize: '15px' }}><${Light} ok=${proof.value?.agrees ?? made.proven} yes=${t('相符')} no=${t('不符')} unknown=${t('尚未核算')} /></span><span class="figure-hint number" title=${made.digest}>SM3 ${made.digest.slice(0, 16)}…</span></div></div>`
          : html`<div class="panel-in"><p>${view.generateOn ? t('{d} 起生成平衡表', { d: view.generateOn }) : t('本季结束后生成')}；${missing.length ? t('还缺 {n} 个统筹区的确认', { n: missing.length }) : t('各地数据已齐')}</p>
            ${missing.length > 0 && html`<table class="table"><thead><tr><th>${t('统筹区')}</th><th>${t('原因')}</th><th class="right">${t('申报')}</th><th class="right">${t('中心持有')}</th></tr></thead><tbody>${missing.map(one => html`<tr key=${one.region}><td><${RegionChip} code=${one.region} /></td><td>${one.reason === 'DIFFERS' ? t('与中心持有不符') : t('尚未申报')}</td><td class="right">${count(one.statedDebts)} · <${Money} value=${one.statedAmount} /></td><td class="right">${count(one.heldDebts)} · <${Money} value=${one.heldAmount} /></td></tr>`)}</tbody></table>`}</div>`}
      </section>
      ${table && html`<section class="panel"><h2>${t('清算平衡表')}<span class="quiet">${t('收支两条线，不轧差')}</span></h2><${Matrix} table=${table} /></section>
      <section class="panel"><h2>${t('上解与下拨')}</h2><${Payments} province=${props.province} quarter=${props.quarter} closed=${['CLOSED', 'SETTLED'].includes(view.state)} onDone=${read.load} /></section>`}`;
  };
  return () => html`<${PageState} of=${read} rows=${8} slots=${{ default: show }} />`;
});

const Centre = component('Centre', [], () => {
  const { filters, set } = useFilters();
  const province = computed(() => session.user.province ?? filters.value.province ?? provinces.value.find(one => one.code === '430000')?.code ?? provinces.value[0]?.code);
  const read = useData(() => all(`/operations/clearing/${province.value}/quarters`), { topics: ['clearing'], gap: 3_000 });
  watch(province, () => {
    read.data.value = null;
    read.load();
  });
  const quarter = computed(() => filters.value.quarter ?? read.data.value?.find(one => one.table)?.quarter ?? read.data.value?.[0]?.quarter);
  return () => html`<div class="screen"><div class="bar"><h1>${t('季度清算')}</h1>${!session.user.province && html`<${ChooseProvince} must value=${province.value} onPick=${code => set({ province: code, quarter: null })} />`}
    <${PageState} of=${read} rows=${1} slots=${{ default: list => list.length === 0 ? html`<span class="quiet">${t('还没有可清算的季度')}</span>` : html`<${antd.Segmented} value=${quarter.value} options=${list.slice(0, 8).map(one => ({ value: one.quarter, label: `${one.quarter} ${byCode(`QUARTER_${one.state}`, STATES[one.state]?.[0] ?? one.state)}` }))} onChange=${value => set({ quarter: value })} />` }} /></div>
    ${quarter.value && html`<${Quarter} province=${province.value} quarter=${quarter.value} key=${`${province.value}${quarter.value}`} onDone=${read.load} />`}</div>`;
});

/** What one region owes and is owed. */
const Bills = component('Bills', [], () => {
  const region = session.user.region;
  const read = useData(async signal => {
    const page = await get(`/agency/${region}/clearing/quarters`, { limit: 12 }, signal);
    return Promise.all(page.items.map(async bill => ({ ...bill, payment: bill.upAt ? null : (await get(`/agency/${region}/clearing/quarters/${bill.quarter}`, {}, signal)).payment })));
  }, { topics: ['clearing'], gap: 3_000 });
  async function pay(bill, approval) {
    const reference = await askText({ title: t('上解 {q}：{y} 元', { q: bill.quarter, y: bill.outAmount }), body: approval ? t('请按支付凭证再录一遍，与经办人所录一致方为完成。') : t('录入后由另一人复核。'), label: t('支付凭证号'), least: 1, most: 64 });
    if (reference && (await attempt(() => post(`/agency/${region}/clearing/quarters/${bill.quarter}/payment-up${approval ? '/approval' : ''}`, { reference, amount: bill.outAmount }), approval ? t('已上解') : t('已经办')))) {
      read.load();
    }
  }
  return () => html`<div class="screen"><div class="bar"><h1>${t('季度清算')}</h1><b>${regionName(region)}</b></div><section class="panel"><${PageState} of=${read} rows=${4} slots=${{ default: list => list.length === 0 ? html`<${Empty} text=${t('还没有可清算的季度')} hint=${t('省内即时转移的垫付款按季清算')} />`
    : html`<table class="table"><thead><tr><th>${t('季度')}</th><th class="right">${t('应上解笔数')}</th><th class="right">${t('应上解（元）')}</th><th class="right">${t('应下拨笔数')}</th><th class="right">${t('应下拨（元）')}</th><th>${t('上解期限')}</th><th>${t('上解')}</th><th>${t('下拨')}</th><th></th></tr></thead><tbody>${list.map(bill => html`<tr key=${bill.quarter}><td>${bill.quarter}</td><td class="right">${count(bill.outDebts)}</td><td class="right"><${Money} value=${bill.outAmount} /></td><td class="right">${count(bill.inDebts)}</td><td class="right"><${Money} value=${bill.inAmount} /></td><td class="number">${bill.payUpBy}</td>
      <td>${bill.upAt ? html`<${Moment} at=${bill.upAt} /> <span class="number">${bill.upReference}</span>` : bill.payment ? t('已经办，待复核') : t('未付')}</td><td>${bill.downAt ? html`<${Moment} at=${bill.downAt} />` : '—'}</td><td>${isClerk() && !bill.upAt && !bill.payment && fen(bill.outAmount) > 0n && html`<button class="link" type="button" onClick=${() => pay(bill, false)}>${t('登记上解')}</button>`}${isReviewer() && bill.payment && !bill.upAt && html`<button class="link" type="button" onClick=${() => pay(bill, true)}>${t('复核上解')}</button>`}</td></tr>`)}</tbody></table>` }} /></section></div>`;
});

export default component('Clearing', [], () => () => (overlooks() ? html`<${Centre} />` : html`<${Bills} />`));
