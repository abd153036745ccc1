// 中文为主: every text is written in Chinese where it is used; English is looked up by it.
import { ref } from './html.js';
import { ENGLISH } from './words-en.js';

const KEPT = 'jiexu.console.language';

export const language = ref(localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh');

/** The text in the chosen language, with {names} filled in. */
export function t(chinese, values) {
  const text = language.value === 'en' ? ENGLISH[chinese] ?? chinese : chinese;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

/** Words that a service sends in Chinese, by their code where English is wanted. */
export function byCode(code, chinese) {
  return language.value === 'en' ? ENGLISH[`#${code}`] ?? chinese ?? code : chinese ?? code;
}

/** Chosen by somebody: kept for the next time. */
export function choose(wanted) {
  localStorage.setItem(KEPT, wanted);
  speak(wanted);
}

export function speak(wanted) {
  language.value = wanted;
  document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN';
  document.title = t('接续 · 运营控制台');
}
