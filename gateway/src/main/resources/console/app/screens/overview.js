// 总览: what has happened today, what is open where, what is late; every figure leads to its list.
import { html, component, computed } from '../html.js';
import { byCode, language, t } from '../words.js';
import { get } from '../api.js';
import { useData } from '../live.js';
import { link, useFilters, useRouter } from '../router.js';
import { count, percent, moment, yuan } from '../format.js';
import { isNational, isStaff, overlooks } from '../may.js';
import { session } from '../session.js';
import { regionName, readable } from '../regions.js';
import { businessDay } from '../clock.js';
import { PageState, Empty } from '../widgets/state.js';
import { Copyable, Figure, Light, RegionChip } from '../widgets/cells.js';
import { ChooseProvince, ChooseRegion } from '../widgets/choose.js';
import { Chart } from '../widgets/chart.js';
import { booksOf } from '../widgets/books.js';

const INK = '#5b6b7b';
const LINE = '#dde4ea';

function throughput(days) {
  return {
    grid: { left: 34, right: 10, top: 26, bottom: 22 },
    legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: INK, fontSize: 11 } },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: { type: 'category', data: days.map(one => one.day.slice(5)), axisLabel: { color: INK, fontSize: 10 }, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: INK, fontSize: 10 }, splitLine: { lineStyle: { color: LINE } } },
    series: [
      { name: t('受理'), type: 'bar', data: days.map(one => one.accepted), itemStyle: { color: '#8bb8e4' }, barMaxWidth: 12 },
      { name: t('办结'), type: 'line', data: days.map(one => one.completed), symbol: 'none', lineStyle: { color: '#2c7a4b', width: 2 }, itemStyle: { color: '#2c7a4b' } }
    ]
  };
}

function ring(rate) {
  const tone = rate == null ? '#9aa7b3' : rate >= 0.98 ? '#2f9e5b' : rate >= 0.9 ? '#d98a1a' : '#b3261e';
  return {
    series: [{
      type: 'gauge', startAngle: 90, endAngle: -270, radius: '96%', pointer: { show: false }, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { show: false },
      progress: { show: true, width: 11, itemStyle: { color: tone } }, axisLine: { lineStyle: { width: 11, color: [[1, '#eaeef2']] } },
      data: [{ value: rate == null ? 0 : rate * 100 }], detail: { formatter: () => percent(rate), fontSize: 18, fontWeight: 600, color: '#1b2733', offsetCenter: [0, 0] }
    }]
  };
}

const Flow = component('Flow', ['steps', 'scope'], props => () => html`<div class="flow" role="list">
  ${props.steps.map(one => html`<a role="listitem" key=${one.step} class=${one.count > 0 ? 'flow-busy' : ''} href=${link('/cases', { ...props.scope, step: one.step })} title=${byCode(one.step, one.words)}>
    <b>${count(one.count)}</b><span>${byCode(one.step, one.words)}</span></a>`)}
</div>`);

const Ageing = component('Ageing', ['of'], props => () => {
  const most = Math.max(1, ...props.of.map(one => one.count));
  let from = 0;
  return html`<ul class="bars">${props.of.map(one => {
    const label = one.upToDays == null ? t('{n} 天以上', { n: from }) : t('{a}–{b} 天', { a: from, b: one.upToDays });
    from = one.upToDays == null ? from : one.upToDays + 1;
    return html`<li key=${label}><span>${label}</span><i style=${{ width: `${(100 * one.count) / most}%` }}></i><b>${count(one.count)}</b></li>`;
  })}</ul>`;
});

const Pairs = component('Pairs', ['of'], props => () => {
  const most = Math.max(1, ...props.of.map(one => one.open + one.completed));
  return props.of.length === 0
    ? html`<${Empty} />`
    : html`<table class="table"><thead><tr><th>${t('转出 → 转入')}</th><th class="right">${t('在办')}</th><th class="right">${t('办结')}</th><th style=${{ width: '30%' }}></th></tr></thead><tbody>
      ${props.of.map(one => html`<tr key=${`${one.sending}${one.receiving}`}>
        <td><a href=${link('/cases', { sending: one.sending, receiving: one.receiving })}>${regionName(one.sending)}<span class="arrow">→</span>${regionName(one.receiving)}</a></td>
        <td class="right">${count(one.open)}</td><td class="right">${count(one.completed)}</td>
        <td class="bars"><i style=${{ width: `${(100 * (one.open + one.completed)) / most}%` }}></i></td></tr>`)}
    </tbody></table>`;
});

/** Σ = 0 of the ledgers that one may read; a second question, so that the figures need not wait for it. */
const MoneyLight = component('MoneyLight', [], () => {
  const read = useData(signal => booksOf(readable.value.map(one => one.code), signal), { topics: ['cases', 'clearing'], gap: 15_000 });
  return () => {
    const books = read.data.value;
    const off = books?.filter(one => one.fen !== 0n) ?? [];
    const transit = books?.reduce((sum, one) => sum + one.transit, 0n);
    return html`<a class="figure" href="#/money"><span class="figure-label">${t('账本合计')}</span>
      <span class="figure-value" style=${{ fontSize: '15px', lineHeight: '27px' }}><${Light} ok=${books ? off.length === 0 : null} yes="Σ 0.00" no=${t('{n} 本不平', { n: off.length })} /></span>
      <span class="figure-hint">${books ? t('在途 {y} 元', { y: yuan(transit < 0n ? -transit : transit) }) : t('正在读取')}</span></a>`;
  };
});

export default component('Overview', [], () => {
  const { filters, set } = useFilters();
  const router = useRouter();
  const scope = computed(() => ({ region: filters.value.region, province: filters.value.province }));
  const read = useData(signal => get('/operations/overview', scope.value, signal), { topics: ['cases', 'deadlines'], gap: 2_000 });
  Vue.watch(scope, (now, before) => JSON.stringify(now) !== JSON.stringify(before) && read.load());
  const wall = () => document.documentElement.requestFullscreen?.();

  function show(data) {
    const { today, deadlines, oldest, onTime, calendar } = data;
    const days = data.throughput;
    const at = scope.value;
    return html`
      <section class="panel" aria-label=${t('今日')}><div class="figures">
        <${Figure} label=${t('今日提交')} value=${today.submitted} to=${link('/cases', { ...at, from: businessDay(), to: businessDay() })} />
        <${Figure} label=${t('今日受理')} value=${today.accepted} />
        <${Figure} label=${t('今日办结')} value=${today.completed} tone="good" />
        <${Figure} label=${t('今日不受理')} value=${today.refused} />
        <${Figure} label=${t('今日撤回')} value=${today.withdrawn} />
        <${Figure} label=${t('今日未转')} value=${today.declined} />
        <${Figure} label=${t('在办')} value=${data.open} tone="blue" to=${link('/cases', at)} />
        <${Figure} label=${t('已逾期')} value=${deadlines.overdue} tone="bad" to=${link('/deadlines', { ...at, daysLeft: '-1' })} hint=${t('其中升级 {n}', { n: deadlines.escalated })} />
        <${Figure} label=${t('今日到期')} value=${deadlines.dueToday} tone="warn" to=${link('/deadlines', { ...at, daysLeft: '0' })} />
        <${Figure} label=${t('临近期限')} value=${deadlines.atRisk} tone="warn" to=${link('/deadlines', { ...at, state: 'AT_RISK' })} hint=${t('承诺期限前 3、1 日')} />
        <${Figure} label=${t('暂停计时')} value=${deadlines.paused} to=${link('/deadlines', { ...at, state: 'PAUSED' })} hint=${t('暂定 {n}', { n: deadlines.provisional })} />
        ${overlooks() && html`<${MoneyLight} />`}
      </div></section>
      <section class="panel"><h2>${t('办理环节')}<span class="quiet">${t('在办件所处环节，点击查看清单')}</span></h2><${Flow} steps=${data.flow} scope=${at} /></section>
      <div class="columns">
        <section class="panel span-6"><h2>${t('近三十日')}</h2><div class="panel-in"><${Chart} height=${210} label=${t('近三十日每日受理和办结数')} option=${() => throughput(days)} /></div></section>
        <section class="panel span-3"><h2>${t('按时办结率')}<span class="quiet">${onTime.quarter}</span></h2><div class="panel-in">
          <${Chart} height=${150} label=${`${t('按时办结率')} ${percent(onTime.rate)}`} option=${() => ring(onTime.rate)} />
          <dl class="facts" style=${{ marginTop: '10px', gridTemplateColumns: '1fr 1fr' }}><div><dt>${t('按时')}</dt><dd>${count(onTime.met)}</dd></div><div><dt>${t('逾期')}</dt><dd class=${onTime.missed ? 'tone-bad' : ''}>${count(onTime.missed)}</dd></div></dl>
        </div></section>
        <section class="panel span-3"><h2>${t('在办时长')}</h2><div class="panel-in"><${Ageing} of=${data.ageing} />
          ${oldest && html`<p class="quiet" style=${{ marginTop: '10px' }}>${t('最久的一件')}</p><p><${Copyable} text=${oldest.number} to=${`#/cases/${oldest.number}`} /></p>
            <p class="quiet">${byCode(oldest.step, oldest.stepWords)} · ${t('自 {d} 起 {n} 个工作日', { d: moment(oldest.since).slice(0, 10), n: oldest.workingDays })}</p>`}
        </div></section>
        <section class="panel span-6"><h2>${t('流向')}<span class="quiet">${t('件数最多的地区对')}</span></h2><${Pairs} of=${data.matrix} /></section>
        <section class="panel span-3"><h2>${t('办理状态')}</h2><div class="panel-in"><ul class="bars">
          ${data.byStatus.map(one => html`<li key=${one.status}><a href=${link('/cases', { ...at, status: one.status })}>${byCode(one.status, one.words)}</a><i style=${{ width: `${(100 * one.count) / Math.max(1, ...data.byStatus.map(s => s.count))}%` }}></i><b>${count(one.count)}</b></li>`)}
        </ul></div></section>
        <section class="panel span-3"><h2>${t('日历')}</h2><div class="panel-in">
          <p>${t('国务院放假安排已知至 {y} 年', { y: calendar.knownThroughYear })}</p>
          ${calendar.provisionalOpen > 0
            ? html`<p class="note note-warn" style=${{ marginTop: '8px' }}>${t('{n} 个在办期限涉及未公布的年度，为暂定', { n: count(calendar.provisionalOpen) })} · <a href=${link('/deadlines', { ...at, state: 'PROVISIONAL' })}>${t('查看')}</a></p>`
            : html`<p class="quiet" style=${{ marginTop: '8px' }}>${t('没有暂定的期限')}</p>`}
          <p style=${{ marginTop: '8px' }}><a href="#/calendar">${t('期限计算与放假安排')}</a></p>
        </div></section>
      </div>`;
  }

  return () => html`<div class="screen">
    <div class="bar"><h1>${t('总览')}</h1>
      ${isNational() || session.user.role === 'AUDITOR' ? html`<${ChooseProvince} value=${filters.value.province} onPick=${province => set({ province, region: null })} />` : null}
      ${!isStaff() && html`<${ChooseRegion} value=${filters.value.region} onPick=${region => set({ region, province: null })} />`}
      ${filters.value.region && html`<${RegionChip} code=${filters.value.region} full />`}
      <span class="bar-space"></span>
      <${antd.Button} onClick=${wall} title=${t('按 Esc 退出')}>${t('全屏')}<//>
      <${antd.Button} onClick=${() => router.push({ path: '/deadlines', query: { state: 'AT_RISK' } })}>${t('预警与逾期')}<//>
    </div>
    <${PageState} of=${read} rows=${10} slots=${{ default: show }} key=${language.value} />
  </div>`;
});
