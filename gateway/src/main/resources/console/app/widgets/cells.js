// The small things that every screen says alike.
import { html, component, ref } from '../html.js';
import { byCode, t } from '../words.js';
import { count, exactMoment, fen, shortMoment, yuan } from '../format.js';
import { provinceName, region, regionName } from '../regions.js';

/** 统筹区 with its code on hovering. */
export const RegionChip = component('RegionChip', ['code', 'full'], props => () => {
  const known = region(props.code);
  const place = known ? `${known.provinceName ?? provinceName(props.code)} ${known.name} ${props.code}` : props.code;
  return html`<span class=${['chip', known && !known.onPlatform ? 'chip-off' : '']} title=${place}>${props.full ? known?.name ?? props.code : regionName(props.code)}</span>`;
});

/** 金额 in 元 with two decimals; 分 on hovering. */
export const Money = component('Money', ['value', 'sign'], props => () => {
  const cents = fen(props.value);
  if (cents == null) {
    return html`<span class="money quiet">—</span>`;
  }
  const text = yuan(cents);
  return html`<span class="money" title=${`${count(cents)} ${t('分')}`}>${props.sign && cents > 0n ? '+' : ''}${text}</span>`;
});

/** A number that people carry elsewhere. */
export const Copyable = component('Copyable', ['text', 'to'], props => {
  const done = ref(false);
  async function copy(event) {
    event.preventDefault();
    event.stopPropagation();
    await navigator.clipboard.writeText(props.text);
    done.value = true;
    setTimeout(() => (done.value = false), 1200);
  }
  return () => html`<span class="copyable">
    ${props.to ? html`<a href=${props.to} class="number">${props.text}</a>` : html`<span class="number">${props.text}</span>`}
    <button class="copy" type="button" title=${t('复制')} aria-label=${`${t('复制')} ${props.text}`} onClick=${copy}>${done.value ? '✓' : '⧉'}</button>
  </span>`;
});

/** 期限 in working days: how many are left, or since when it is overdue. */
export const Countdown = component('Countdown', ['row'], props => () => {
  const row = props.row;
  if (row.metAt) {
    return html`<span class=${['days', row.missedAt ? 'days-late-met' : 'days-met']} title=${exactMoment(row.metAt)}>${row.missedAt ? t('逾期办结') : t('已办')}</span>`;
  }
  if (row.cancelledAt) {
    return html`<span class="days days-met">${t('已取消')}</span>`;
  }
  if (row.escalatedAt) {
    return html`<span class="days days-escalated" title=${exactMoment(row.escalatedAt)}>${t('已升级')}</span>`;
  }
  if (row.missedAt || row.workingDaysLeft < 0) {
    return html`<span class="days days-late" title=${row.missedAt ? exactMoment(row.missedAt) : ''}>${t('逾期')}</span>`;
  }
  if (row.pausedSince) {
    return html`<span class="days days-paused" title=${row.pauseReason ?? ''}>${t('暂停')}</span>`;
  }
  const left = row.workingDaysLeft;
  if (left == null) {
    return html`<span class="days">${row.dueOn ? t('至 {d}', { d: row.dueOn.slice(5) }) : '—'}</span>`;
  }
  const urgency = left === 0 ? 'days-today' : left === 1 ? 'days-soon' : left <= 3 ? 'days-near' : '';
  const text = left === 0 ? t('今日到期') : t('剩 {n} 工作日', { n: left });
  return html`<span class=${['days', urgency]}>${text}${row.provisional ? html`<sup title=${t('日历未公布，期限为暂定')}>*</sup>` : ''}</span>`;
});

const TONES = {
  COMPLETED: 'good', REFUSED: 'grey', WITHDRAWN: 'grey', DECLINED: 'bad', INCOMPLETE: 'warn', MONEY_IN_TRANSIT: 'info',
  ACCEPTED: 'info', IN_PROGRESS: 'info', SUBMITTED: 'warn'
};

/** 办理状态, one of the public's words. */
export const Status = component('Status', ['code', 'words'], props => () =>
  html`<span class=${['status', `status-${TONES[props.code] ?? 'info'}`]}>${byCode(props.code, props.words)}</span>`);

export const Mark = component('Mark', ['tone'], (props, { slots }) => () =>
  html`<span class=${['status', `status-${props.tone ?? 'info'}`]}>${slots.default?.()}</span>`);

export const Moment = component('Moment', ['at'], props => () =>
  props.at ? html`<time datetime=${props.at} title=${exactMoment(props.at)}>${shortMoment(props.at)}</time>` : html`<span class="quiet">—</span>`);

/** One figure with its words; with `to` it leads to the list that it counts. */
export const Figure = component('Figure', ['label', 'value', 'tone', 'to', 'hint', 'money'], props => () => {
  const inner = html`<span class="figure-label">${props.label}</span>
    <span class=${['figure-value', props.tone && props.value ? `tone-${props.tone}` : '']}>${props.money ? html`<${Money} value=${props.value} />` : count(props.value)}</span>
    ${props.hint && html`<span class="figure-hint">${props.hint}</span>`}`;
  return props.to ? html`<a class="figure" href=${props.to}>${inner}</a>` : html`<div class="figure">${inner}</div>`;
});

/** 信号灯: a statement that holds, or does not. */
export const Light = component('Light', ['ok', 'yes', 'no', 'unknown'], props => () => {
  const tone = props.ok == null ? 'unknown' : props.ok ? 'yes' : 'no';
  return html`<span class=${['light', `light-${tone}`]} role="status"><i aria-hidden="true"></i>${props.ok == null ? props.unknown ?? t('未知') : props.ok ? props.yes : props.no}</span>`;
});

/** Names and certificates come masked; seeing them asks for a reason, and is recorded. */
export const Masked = component('Masked', ['value', 'clear', 'onReveal'], props => () => html`<span class="masked">
  <span class="number">${props.clear ?? props.value ?? '—'}</span>
  ${props.onReveal && !props.clear && html`<button class="link" type="button" onClick=${props.onReveal}>${t('查看')}</button>`}
</span>`);
