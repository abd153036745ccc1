// 为什么是这一天: every day between the start and the end, counted or not, and why.
import { html, component } from '../html.js';
import { t } from '../words.js';
import { dayOf, weekday } from '../format.js';

const KINDS = {
  START: ['起', '起始日，不计入'],
  COUNTED: ['', '工作日，计入'],
  COUNTED_MAKE_UP: ['班', '调休上班，计入'],
  SKIPPED_WEEKEND: ['', '周末，不计入'],
  SKIPPED_HOLIDAY: ['休', '节假日，不计入'],
  SKIPPED_PAUSE: ['停', '暂停期间，不计入']
};

const blank = day => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** of: {startedOn, dueOn, workingDays, provisional, days, sentences?} */
export const WhyDate = component('WhyDate', ['of'], props => () => {
  const { of } = props;
  const days = of.days ?? [];
  const sentences = of.sentences ?? of.explanation ?? [];
  const lead = days.length > 0 ? Array.from({ length: blank(days[0].date) }) : [];
  return html`<div class="why">
    <p class="why-sum">${t('自 {from} 起第 {n} 个工作日，至 {to} 24:00', { from: of.startedOn, n: of.workingDays, to: of.dueOn })}
      ${of.provisional && html`<span class="status status-warn">${t('暂定：涉及尚未公布的年度安排')}</span>`}</p>
    ${days.length > 0 &&
    html`<ol class="why-days" aria-label=${t('逐日说明')}>
      ${['周一', '周二', '周三', '周四', '周五', '周六', '周日'].map(name => html`<li class="why-week" aria-hidden="true" key=${name}>${t(name)}</li>`)}
      ${lead.map((_, i) => html`<li key=${`blank-${i}`} aria-hidden="true"></li>`)}
      ${days.map(day => {
        const [sign, words] = KINDS[day.kind] ?? ['', day.kind];
        const isEnd = day.date === of.dueOn;
        return html`<li key=${day.date} class=${['why-day', `why-${day.kind.toLowerCase()}`, isEnd ? 'why-end' : '']} title=${`${day.date} ${weekday(day.date)} ${t(words)}${day.name ? ` · ${day.name}` : ''}`}>
          <b>${Number(day.date.slice(8))}</b><span>${day.count > 0 && day.kind.startsWith('COUNTED') ? day.count : ''}</span><i>${isEnd ? t('止') : t(sign)}</i>
        </li>`;
      })}
    </ol>`}
    ${(of.pauses ?? []).length > 0 &&
    html`<ul class="why-text">${of.pauses.map(pause => html`<li>${t('暂停')} ${pause.from?.length > 10 ? dayOf(pause.from) : pause.from} → ${pause.until ? (pause.until.length > 10 ? dayOf(pause.until) : pause.until) : t('至今')}：${pause.reason}</li>`)}</ul>`}
    ${sentences.length > 0 && html`<details><summary>${t('逐句说明')}</summary><ol class="why-text">${sentences.map(one => html`<li>${one}</li>`)}</ol></details>`}
    ${(of.revisions ?? []).length > 0 &&
    html`<p class="quiet">${t('日历更新前的期限：')}${of.revisions.map(one => one.dueOn).join('、')}</p>`}
  </div>`;
});
