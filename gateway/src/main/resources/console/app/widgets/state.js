// What a page shows while it has nothing to show: a skeleton, why not, or that there is nothing.
import { html, component } from '../html.js';
import { t } from '../words.js';

/** A refusal or a failure, with what one can do about it. */
export const ProblemNote = component('ProblemNote', ['problem', 'retry'], props => () => {
  const { problem } = props;
  const status = problem.status ?? 0;
  const title = status === 403 ? t('当前身份无权查看此页') : status === 404 ? t('没有找到，或当前身份不能查看') : t('暂时无法显示');
  return html`<div class="state state-error" role="alert">
    <p class="state-title">${title}</p>
    <p>${problem.message}</p>
    ${(problem.reasons ?? []).length > 0 &&
    html`<ul>${problem.reasons.map(reason => html`<li>${reason.message}<span class="quiet"> · ${reason.remedy}</span></li>`)}</ul>`}
    ${(problem.errors ?? []).length > 0 && html`<ul>${problem.errors.map(e => html`<li><code>${e.field}</code> ${e.message}</li>`)}</ul>`}
    <p class="quiet">${t('代码')} <code>${problem.code ?? 'UNKNOWN'}</code></p>
    ${props.retry && status !== 403 && html`<${antd.Button} size="small" onClick=${props.retry}>${t('重试')}<//>`}
  </div>`;
});

export const Empty = component('Empty', ['text', 'hint'], (props, { slots }) => () => html`<div class="state state-empty">
  <svg viewBox="0 0 48 32" width="72" height="48" aria-hidden="true"><rect x="6" y="6" width="36" height="22" rx="3" /><path d="M6 16h11l2 4h10l2-4h11" /></svg>
  <p class="state-title">${props.text ?? t('没有内容')}</p>
  ${props.hint && html`<p class="quiet">${props.hint}</p>`}
  ${slots.default?.()}
</div>`);

/** of: what useData gives. The slot shows the data; an older answer stays while a newer one fails, with a mark. */
export const PageState = component('PageState', ['of', 'rows'], (props, { slots }) => () => {
  const { data, error, load } = props.of;
  if (data.value == null) {
    return error.value
      ? html`<${ProblemNote} problem=${error.value} retry=${load} />`
      : html`<div class="state-loading" role="status" aria-label=${t('正在读取')}><${antd.Skeleton} active title=${false} paragraph=${{ rows: props.rows ?? 6 }} /></div>`;
  }
  return html`<div class="state-shown">
    ${error.value &&
    html`<div class="stale" role="status">${t('未能更新，显示的是较早的数据：')}${error.value.message} <button class="link" onClick=${load}>${t('重试')}</button></div>`}
    ${slots.default?.(data.value)}
  </div>`;
});
