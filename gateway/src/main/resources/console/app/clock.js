// 业务时间: the sandbox's moves by hand; elsewhere it is the machine's.
import { reactive } from './html.js';
import { dayOf } from './format.js';

export const business = reactive({ now: null });

export const businessNow = () => business.now ?? new Date().toISOString();
export const businessDay = () => dayOf(businessNow());
