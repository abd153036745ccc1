// 日历: the year with its days off and its make-up days, notices with what they would change, and a calculator.
import { html, component, computed, ref, watch } from '../html.js';
import { byCode, language, t } from '../words.js';
import { all, get, post, newKey } from '../api.js';
import { useData } from '../live.js';
import { useFilters } from '../router.js';
import { actsFor, isOperator, overlooks } from '../may.js';
import { session } from '../session.js';
import { onPlatform, provinceName, regionName } from '../regions.js';
import { KINDS } from '../codes.js';
import { businessDay } from '../clock.js';
import { Empty, PageState } from '../widgets/state.js';
import { Copyable, Mark, RegionChip } from '../widgets/cells.js';
import { ChooseRegion } from '../widgets/choose.js';
import { WhyDate } from '../widgets/why.js';
import { attempt, confirm } from '../widgets/ask.js';
import { count } from '../format.js';

const pad = number => String(number).padStart(2, '0');

/** Twelve months at one look. */
const Year = component('Year', ['of'], props => () => {
  const { year, days, provisional } = props.of;
  const special = new Map(days.map(day => [day.date, day]));
  const today = businessDay();
  return html`<div class="year">${Array.from({ length: 12 }, (_, m) => {
    const first = new Date(Date.UTC(year, m, 1));
    const length = new Date(Date.UTC(year, m + 1, 0)).getUTCDate();
    const lead = (first.getUTCDay() + 6) % 7;
    return html`<section class="month" key=${m} aria-label=${`${year}-${pad(m + 1)}`}><h3>${language.value === 'en' ? first.toLocaleDateString('en', { month: 'long', timeZone: 'UTC' }) : `${m + 1} 月`}</h3><ol>
      ${['一', '二', '三', '四', '五', '六', '日'].map(name => html`<li class="month-week" key=${name} aria-hidden="true">${t(`周${name}`).slice(language.value === 'en' ? 0 : 1, language.value === 'en' ? 2 : 2)}</li>`)}
      ${Array.from({ length: lead }, (_x, i) => html`<li key=${`b${i}`} aria-hidden="true"></li>`)}
      ${Array.from({ length }, (_x, i) => {
        const date = `${year}-${pad(m + 1)}-${pad(i + 1)}`;
        const weekend = (lead + i) % 7 >= 5;
        const found = special.get(date);
        const off = found && !found.working;
        const tone = found ? (off ? 'day-off' : 'day-worked') : weekend ? 'day-weekend' : '';
        return html`<li key=${date} class=${['day', tone, date === today ? 'day-today' : '']} title=${`${date}${found ? ` ${found.name} ${off ? t('休') : t('班')}` : ''}`}>${i + 1}${found && html`<i>${off ? t('休') : t('班')}</i>`}</li>`;
      })}</ol></section>`;
  })}</div>${provisional && html`<p class="note note-warn">${t('{y} 年的放假安排尚未公布：只按法定固定假日推算，期限为暂定', { y: year })}</p>`}`;
});

const Calculator = component('Calculator', [], () => {
  const start = ref(businessDay());
  const days = ref(10);
  const region = ref(session.user.region ?? onPlatform.value[0]?.code);
  const found = ref(null);
  async function work() {
    if (start.value && days.value && region.value) {
      found.value = await attempt(() => get('/operations/deadline', { start: start.value, workingDays: days.value, region: region.value }));
    }
  }
  work();
  return () => html`<section class="panel"><h2>${t('期限计算')}</h2><div class="panel-in"><form class="bar" onSubmit=${event => {
    event.preventDefault();
    work();
  }}>
    <${antd.DatePicker} valueFormat="YYYY-MM-DD" allowClear=${false} style=${{ width: '124px' }} value=${start.value} aria-label=${t('起算日')} onChange=${value => (start.value = value)} />
    <${antd.InputNumber} min=${1} max=${500} style=${{ width: '74px' }} value=${days.value} aria-label=${t('工作日数')} onChange=${value => (days.value = value)} /><span>${t('个工作日')}</span>
    <${ChooseRegion} must value=${region.value} onPick=${code => (region.value = code)} />
    <${antd.Button} type="primary" htmlType="submit">${t('计算')}<//></form>
    ${found.value && html`<div style=${{ marginTop: '10px' }}><${WhyDate} of=${{ ...found.value, sentences: found.value.explanation }} /></div>`}</div></section>`;
});

const NOTICE_STATES = { PREPARED: ['待批准', 'warn'], APPROVED: ['已发布', 'good'], PUBLISHED: ['已发布', 'good'], REFUSED: ['未批准', 'grey'] };

/** For whom one may enter days: the nation, or one's province and its regions. */
const scopes = () => [
  session.user.province ? { value: session.user.province, label: provinceName(session.user.province) } : { value: '*', label: t('全国') },
  ...onPlatform.value.filter(one => actsFor(one.code)).map(one => ({ value: one.code, label: regionName(one.code) }))
];

/** A notice of the State Council, or a region's own days: what it changes is seen before anybody approves it. */
const Notices = component('Notices', [], () => {
  const { filters, set } = useFilters();
  const read = useData(() => all('/operations/calendar/notices'), { topics: ['deadlines', 'directory'], gap: 3_000 });
  const entering = ref(false);
  const number = ref('');
  const region = ref(session.user.province ?? '*');
  const text = ref('');
  const chosen = computed(() => filters.value.notice);
  const changes = useData(() => (chosen.value ? all(`/operations/calendar/notices/${chosen.value}/changes`) : []), {});
  watch(chosen, () => {
    changes.data.value = null;
    changes.load();
  });
  async function file(event) {
    text.value = await event.target.files[0].text();
  }
  async function prepare() {
    const made = await attempt(() => post('/operations/calendar/notices', text.value, { type: 'text/csv', query: { notice: number.value, region: region.value }, key: newKey() }), t('已录入，待另一人批准'));
    if (made) {
      entering.value = false;
      read.load();
      set({ notice: made.id });
    }
  }
  async function decide(notice, what) {
    const ok = await confirm({ title: what === 'approval' ? t('批准并发布这一日历？') : t('不批准？'), body: t('{n} 个在办期限将随之改变。', { n: notice.changes }), danger: what !== 'approval' });
    if (ok && (await attempt(() => post(`/operations/calendar/notices/${notice.id}/${what}`), t('已记录')))) {
      read.load();
    }
  }
  const show = list => html`<div>${list.length === 0 ? html`<${Empty} text=${t('没有录入过放假通知')} />` : html`<table class="table"><thead><tr><th>${t('文号')}</th><th>${t('范围')}</th><th>${t('年度')}</th><th class="right">${t('改变的期限')}</th><th>${t('情况')}</th><th></th></tr></thead><tbody>
    ${list.map(notice => html`<tr key=${notice.id} class=${notice.id === chosen.value ? 'differs' : ''}><td>${notice.notice}</td><td>${notice.region === '*' ? t('全国') : html`<${RegionChip} code=${notice.region} />`}</td><td>${(notice.years ?? []).join('、')}</td><td class="right"><button class="link" type="button" onClick=${() => set({ notice: notice.id })}>${count(notice.changes)}</button></td>
      <td><${Mark} tone=${NOTICE_STATES[notice.state]?.[1]}>${byCode(`NOTICE_${notice.state}`, NOTICE_STATES[notice.state]?.[0] ?? notice.state)}<//></td>
      <td class="deeds">${isOperator() && notice.state === 'PREPARED' && (notice.preparedBy !== session.user.name ? html`<button class="link" type="button" onClick=${() => decide(notice, 'approval')}>${t('批准')}</button><button class="link" type="button" onClick=${() => decide(notice, 'refusal')}>${t('不批准')}</button>` : html`<span class="quiet">${t('须另一人批准')}</span>`)}</td></tr>`)}</tbody></table>`}
    ${chosen.value && html`<h3 class="sub">${t('将改变的在办期限')}</h3><${PageState} of=${changes} rows=${3} slots=${{ default: rows => rows.length === 0 ? html`<p class="quiet panel-in">${t('没有在办期限因此改变')}</p>` : html`<div class="scroll" style=${{ maxHeight: '240px' }}><table class="table"><thead><tr><th>${t('受理编号')}</th><th>${t('期限')}</th><th>${t('责任地')}</th><th>${t('原到期日')}</th><th>${t('新到期日')}</th></tr></thead><tbody>${rows.map((row, i) => html`<tr key=${i}><td><${Copyable} text=${row.number} to=${`#/cases/${row.number}`} /></td><td>${byCode(row.kind, KINDS[row.kind])}</td><td><${RegionChip} code=${row.region} /></td><td class="number">${row.dueOn}</td><td class="number"><b>${row.newDueOn}</b></td></tr>`)}</tbody></table></div>` }} />`}</div>`;
  return () => html`<section class="panel"><div class="panel-head"><h2>${t('放假通知')}</h2><span class="bar-space"></span>${isOperator() && html`<${antd.Button} onClick=${() => (entering.value = true)}>${t('录入通知')}<//>`}</div><${PageState} of=${read} rows=${3} slots=${{ default: show }} />
    <${antd.Modal} open=${entering.value} title=${t('录入放假通知')} width=${640} okText=${t('录入并预览影响')} cancelText=${t('取消')} okButtonProps=${{ disabled: !number.value.trim() || !text.value.trim() }} onOk=${prepare} onCancel=${() => (entering.value = false)}>
      <div class="fields"><label>${t('文号')}<${antd.Input} value=${number.value} placeholder="国办发明电〔2026〕x号" onChange=${event => (number.value = event.target.value)} /></label>
        <label>${t('适用范围')}<${antd.Select} value=${region.value} showSearch optionFilterProp="label" options=${scopes()} onChange=${value => (region.value = value)} /></label>
        <label>${t('日期,名称,类别（CSV）')} <input type="file" accept=".csv,text/csv" onChange=${file} /><${antd.Input.TextArea} rows=${8} value=${text.value} placeholder=${'date,name,kind\n2027-01-01,元旦,HOLIDAY'} onChange=${event => (text.value = event.target.value)} /></label></div>
    <//></section>`;
});

export default component('CalendarScreen', [], () => {
  const { filters, set } = useFilters();
  const year = computed(() => Number(filters.value.year ?? businessDay().slice(0, 4)));
  const read = useData(signal => get('/operations/calendar', { year: year.value }, signal), { topics: ['directory'], gap: 3_000 });
  watch(year, () => read.load());
  return () => html`<div class="screen"><div class="bar"><h1>${t('日历')}</h1>
      <${antd.Button} aria-label=${t('上一年')} onClick=${() => set({ year: year.value - 1 })}>‹<//><b>${year.value}</b><${antd.Button} aria-label=${t('下一年')} onClick=${() => set({ year: year.value + 1 })}>›<//>
      ${read.data.value && html`<span class="quiet">${read.data.value.notice ?? t('尚无国务院通知')} · ${t('已知至 {y} 年', { y: read.data.value.knownThroughYear })}</span>`}<span class="bar-space"></span><span class="day day-off day-key">${t('休')}</span><span class="day day-worked day-key">${t('班')}</span></div>
    <div class="columns"><section class="panel span-7"><div class="panel-in"><${PageState} of=${read} rows=${12} slots=${{ default: of => html`<${Year} of=${of} />` }} /></div></section>
      <div class="span-5 stack"><${Calculator} />${overlooks() && html`<${Notices} />`}</div></div></div>`;
});
