// 信息表: its versions side by side, what differs marked.
import { html, component, computed } from '../html.js';
import { t } from '../words.js';
import { Money, Mark } from './cells.js';
import { exactMoment } from '../format.js';

const SHEET_SCHEMES = { EMPLOYEE: '职工医保', RESIDENT: '居民医保', OTHER: '其他', 1: '职工医保', 2: '居民医保', 3: '其他', '①': '职工医保', '②': '居民医保', '③': '其他' };

/** One form for what the two desks tell. */
export function sheetOf(told) {
  const content = told.content ?? told;
  const foot = content.foot ?? content;
  const certificate = content.head?.certificate ?? content.certificate;
  return {
    version: told.version,
    issuedAt: told.issuedAt,
    digest: told.digest,
    sealKeyId: told.sealKeyId,
    name: content.head?.name ?? content.name,
    certificate: typeof certificate === 'string' ? certificate : maskedNumber(certificate?.number),
    rows: content.rows,
    months: told.months ?? content.rows.reduce((sum, row) => sum + row.months, 0),
    amount: foot.amount,
    capitals: foot.amountInCapitals,
    agency: foot.agency,
    clerk: foot.clerk,
    telephone: foot.telephone
  };
}

const maskedNumber = number => (number ? `${number.slice(0, 3)}***********${number.slice(-4)}` : '—');
const rowText = row => JSON.stringify([row.from, row.to, row.scheme, row.months, row.agencyName, row.agencyRegion, row.remark]);

/** 辛*川: the first and, of three or more, the last character. */
export const maskedName = name => {
  const all = [...(name ?? '')];
  return all.map((character, i) => (i === 0 || (i === all.length - 1 && i > 1) ? character : '*')).join('');
};

const One = component('Sheet', ['of', 'before', 'clear'], props => {
  const old = computed(() => new Set((props.before?.rows ?? []).map(rowText)));
  const other = (name, value) => (props.before && props.before[name] !== value ? 'differs' : '');
  return () => {
    const { of } = props;
    return html`<article class="sheet">
      <header><b>${t('第 {n} 版', { n: of.version })}</b><span class="quiet">${exactMoment(of.issuedAt)}</span></header>
      <dl class="facts">
        <div><dt>${t('姓名')}</dt><dd class=${other('name', of.name)}>${props.clear ? of.name : maskedName(of.name)}</dd></div>
        <div><dt>${t('证件号码')}</dt><dd class="number">${of.certificate}</dd></div>
        <div><dt>${t('合计月数')}</dt><dd class=${other('months', of.months)}>${of.months}</dd></div>
        <div><dt>${t('个人账户金额（元）')}</dt><dd class=${other('amount', of.amount)}><${Money} value=${of.amount} /></dd></div>
      </dl>
      <div class="scroll"><table class="table"><thead><tr><th>${t('序号')}</th><th>${t('起止')}</th><th>${t('险种')}</th><th class="right">${t('月数')}</th><th>${t('经办机构')}</th><th>${t('备注')}</th></tr></thead>
        <tbody>${of.rows.map(row => html`<tr key=${row.no} class=${props.before && !old.value.has(rowText(row)) ? 'differs' : ''}>
          <td>${row.no}</td><td class="number">${row.from} – ${row.to}</td><td>${t(SHEET_SCHEMES[row.scheme] ?? row.scheme)}</td><td class="right">${row.months}</td>
          <td>${row.agencyName} <span class="quiet">${row.agencyRegion}</span></td><td>${row.remark ?? ''}</td></tr>`)}</tbody></table></div>
      <footer class="quiet"><span>${of.capitals}</span> · ${of.agency} · ${of.clerk} ${of.telephone}<br /><span class="number" title=${t('SM3 摘要')}>SM3 ${String(of.digest).slice(0, 24)}…</span> · <span class="number">${of.sealKeyId}</span></footer>
    </article>`;
  };
});

/** sheets: in the order of their versions. */
export const Sheets = component('Sheets', ['sheets', 'clear'], props => () => html`<div class="sheets">
  ${props.sheets.map((sheet, i) => html`<${One} of=${sheet} before=${props.sheets[i - 1]} clear=${props.clear} key=${sheet.version} />`)}
  ${props.sheets.length > 1 && html`<p class="quiet"><${Mark} tone="warn">${t('着色')}<//> ${t('与前一版不同之处')}</p>`}
</div>`);
