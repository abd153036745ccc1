// A message that can never be done: one operator says why, another approves; nothing of it is deleted.
import { html, component } from '../html.js';
import { t } from '../words.js';
import { post } from '../api.js';
import { isOperator } from '../may.js';
import { attempt, askText, confirm } from './ask.js';

export const Closing = component('Closing', ['path', 'closing', 'onDone'], props => {
  async function prepare() {
    const reason = await askText({ title: t('不再处理这条消息？'), body: t('原文保留，不再等待；须另一人复核。'), label: t('理由') });
    if (reason && (await attempt(() => post(`${props.path}/closing`, { reason }), t('已提出处置，等待另一人复核')))) {
      props.onDone();
    }
  }
  async function decide(what, title, danger) {
    if ((await confirm({ title, body: props.closing.reason, danger })) && (await attempt(() => post(`${props.path}/closing/${what}`, {}), t('已记录')))) {
      props.onDone();
    }
  }
  return () => !isOperator() ? html`<span class="quiet">${props.closing ? t('待复核') : ''}</span>` : props.closing
    ? html`<span class="deeds"><span class="quiet" title=${props.closing.reason}>${t('{w} 提出不再处理', { w: props.closing.preparedBy })}</span><button class="link" type="button" onClick=${() => decide('approval', t('同意不再处理这条消息？'), true)}>${t('复核')}</button><button class="link" type="button" onClick=${() => decide('refusal', t('撤销这项处置？'))}>${t('撤销')}</button></span>`
    : html`<button class="link" type="button" onClick=${prepare}>${t('不再处理')}</button>`;
});
