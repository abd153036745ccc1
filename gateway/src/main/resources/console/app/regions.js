// 统筹区 names: the directory, read once and kept.
import { reactive, computed } from './html.js';
import { all } from './api.js';
import { actsFor, reads } from './may.js';
import { session } from './session.js';
import { t } from './words.js';

const state = reactive({ list: [], byCode: {}, loaded: false });
let loading;

export function loadRegions() {
  loading ??= all('/operations/regions', {}, 5000).then(list => {
    state.list = list;
    state.byCode = Object.fromEntries(list.map(region => [region.code, region]));
    state.loaded = true;
  });
  loading.catch(() => (loading = null));
  return loading;
}

const PROVINCES = {
  11: '北京', 12: '天津', 13: '河北', 14: '山西', 15: '内蒙古', 21: '辽宁', 22: '吉林', 23: '黑龙江', 31: '上海', 32: '江苏',
  33: '浙江', 34: '安徽', 35: '福建', 36: '江西', 37: '山东', 41: '河南', 42: '湖北', 43: '湖南', 44: '广东', 45: '广西',
  46: '海南', 50: '重庆', 51: '四川', 52: '贵州', 53: '云南', 54: '西藏', 61: '陕西', 62: '甘肃', 63: '青海', 64: '宁夏',
  65: '新疆', 66: '新疆兵团'
};

export const provinceName = code => t(PROVINCES[String(code ?? '').slice(0, 2)] ?? String(code));

/** Short: 长沙 for 长沙市. */
export function regionName(code) {
  if (!code) {
    return '—';
  }
  const name = state.byCode[code]?.name;
  if (!name) {
    return /0000$/.test(code) ? provinceName(code) : code;
  }
  return name.length > 2 ? name.replace(/(市|地区|盟)$/, '') : name;
}

export const region = code => state.byCode[code];
export const regions = computed(() => state.list);
export const onPlatform = computed(() => state.list.filter(one => one.onPlatform && !/0000$/.test(one.code)));

/** Those on the platform that one may work for, or read the money of. */
export const worked = computed(() => (session.user ? onPlatform.value.filter(one => actsFor(one.code)) : []));
export const readable = computed(() => (session.user ? onPlatform.value.filter(one => reads(one.code)) : []));

export const provinces = computed(() => {
  const codes = [...new Set(onPlatform.value.map(one => `${one.code.slice(0, 2)}0000`))].sort();
  return codes.map(code => ({ code, name: provinceName(code) }));
});
