// Days and moments are Shanghai's, wherever the browser stands; China has one time and no summer time.
import { t } from './words.js';

const SHANGHAI = 8 * 3600 * 1000;

const shifted = instant => new Date(new Date(instant).getTime() + SHANGHAI).toISOString();

/** 2026-09-14 09:30 */
export const moment = instant => (instant ? shifted(instant).slice(0, 16).replace('T', ' ') : '—');

/** 2026-09-14 09:30:15 */
export const exactMoment = instant => (instant ? shifted(instant).slice(0, 19).replace('T', ' ') : '—');

/** 09-14 09:30 */
export const shortMoment = instant => (instant ? shifted(instant).slice(5, 16).replace('T', ' ') : '—');

export const timeOfDay = instant => (instant ? shifted(instant).slice(11, 19) : '—');

export const dayOf = instant => shifted(instant).slice(0, 10);

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export const weekday = day => t(WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]);

/** Cents of a text like "-1234.50": money is never a floating number. */
export function fen(yuan) {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(yuan ?? ''));
  if (!found) {
    return null;
  }
  const value = BigInt(found[2]) * 100n + BigInt((found[3] ?? '').padEnd(2, '0') || '0');
  return found[1] ? -value : value;
}

export function yuan(cents) {
  const value = BigInt(cents);
  const size = value < 0n ? -value : value;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0n ? '-' : ''}${whole}.${String(size % 100n).padStart(2, '0')}`;
}

export const count = number => (number == null ? '—' : Number(number).toLocaleString('en-US'));

export const percent = rate => (rate == null ? '—' : `${(Math.floor(rate * 1000) / 10).toFixed(1)}%`);

/** Seconds as people say them. */
export function span(seconds) {
  if (seconds == null) {
    return '—';
  }
  if (seconds < 90) {
    return t('{n} 秒', { n: Math.round(seconds) });
  }
  return seconds < 5400
    ? t('{n} 分钟', { n: Math.round(seconds / 60) })
    : t('{n} 小时', { n: Math.round(seconds / 360) / 10 });
}
