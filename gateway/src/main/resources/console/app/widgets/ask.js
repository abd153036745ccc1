// Questions before something is done: one dialogue, the answer as a promise; and what was done, told.
import { html, h } from '../html.js';
import { t } from '../words.js';

/** Asks to confirm; `body` says what will happen. Resolves to true, or false. */
export function confirm({ title, body, danger, ok }) {
  return new Promise(resolve => {
    antd.Modal.confirm({
      title,
      content: typeof body === 'string' || !body ? body : () => body,
      icon: null,
      okText: ok ?? t('确定'),
      cancelText: t('取消'),
      okButtonProps: { danger: Boolean(danger) },
      autoFocusButton: danger ? 'cancel' : 'ok',
      onOk: () => resolve(true),
      onCancel: () => resolve(false)
    });
  });
}

/** Asks for a text of some length. Resolves to the text, or null. */
export function askText({ title, body, label, least = 1, most = 200, value = '' }) {
  const { ref } = Vue;
  const text = ref(value);
  return new Promise(resolve => {
    const dialogue = antd.Modal.confirm({
      title,
      icon: null,
      okText: t('确定'),
      cancelText: t('取消'),
      width: 460,
      content: () => html`<div>
        ${body && html`<p>${body}</p>`}
        <${antd.Input.TextArea} autofocus rows=${3} maxlength=${most} aria-label=${label} placeholder=${label} value=${text.value}
          onChange=${event => {
            text.value = event.target.value;
            dialogue.update({ okButtonProps: { disabled: text.value.trim().length < least } });
          }} />
      </div>`,
      okButtonProps: { disabled: value.trim().length < least },
      onOk: () => resolve(text.value.trim()),
      onCancel: () => resolve(null)
    });
  });
}

export function tell(text) {
  antd.message.success(text, 3);
}

export function tellProblem(problem) {
  antd.notification.error({
    message: problem.message,
    description: () => h('div', [
      ...(problem.reasons ?? []).map(one => h('p', `${one.message}；${one.remedy}`)),
      ...(problem.errors ?? []).map(one => h('p', `${one.field}：${one.message}`)),
      h('code', { class: 'quiet' }, problem.code ?? '')
    ]),
    duration: 8
  });
}

/** Does it, tells how it went, and says whether it was done. */
export async function attempt(deed, done) {
  try {
    const answer = await deed();
    if (done) {
      tell(done);
    }
    return answer ?? true;
  } catch (e) {
    tellProblem(e);
    return null;
  }
}
