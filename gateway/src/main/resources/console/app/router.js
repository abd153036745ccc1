// Addresses: /console/#/cases?status=… — filters stand in the address, so that a list can be sent to a colleague.
import { computed } from './html.js';
import { isOperator, isNational, isStaff, watches } from './may.js';
import { settings } from './settings.js';

const { createRouter, createWebHashHistory, useRoute, useRouter } = VueRouter;

/** A screen is fetched when it is first opened; one of an edition that has gone brings the new edition. */
const lazily = load => () =>
  load().catch(e => {
    if (!sessionStorage.getItem('jiexu.console.reloaded')) {
      sessionStorage.setItem('jiexu.console.reloaded', '1');
      location.reload();
    }
    throw e;
  });

/** In the order of the menu; `key` with g goes there. */
export const SCREENS = [
  { path: '/overview', words: '总览', key: 'o', group: '态势', may: watches, load: () => import('./screens/overview.js') },
  { path: '/heat', words: '时限热力图', key: 'h', group: '态势', may: watches, load: () => import('./screens/heat.js') },
  { path: '/deadlines', words: '预警与逾期', key: 'd', group: '态势', may: watches, load: () => import('./screens/deadlines.js') },
  { path: '/tasks', words: '待办任务', key: 't', group: '办理', may: () => isStaff() || isOperator(), load: () => import('./screens/tasks.js') },
  { path: '/cases', words: '办件列表', key: 'c', group: '办理', may: () => true, load: () => import('./screens/cases.js') },
  { path: '/exceptions', words: '异常处置', key: 'e', group: '办理', may: () => true, load: () => import('./screens/exceptions.js') },
  { path: '/money', words: '资金', key: 'm', group: '资金', may: () => true, load: () => import('./screens/money.js') },
  { path: '/clearing', words: '季度清算', key: 'q', group: '资金', may: () => true, load: () => import('./screens/clearing.js') },
  { path: '/calendar', words: '日历', key: 'r', group: '设置', may: () => true, load: () => import('./screens/calendar.js') },
  { path: '/regions', words: '统筹区与密钥', key: 'p', group: '设置', may: () => true, load: () => import('./screens/regions.js') },
  { path: '/sandbox', words: '沙箱', key: 's', group: '设置', may: () => settings.movableClock && isNational(), load: () => import('./screens/sandbox.js') }
];

export const offered = () => SCREENS.filter(screen => screen.may());

const screen = load => lazily(() => load().then(module => module.default));

export function createPages() {
  // An agency's people begin with what they have to do.
  const home = isStaff() ? '/tasks' : offered()[0].path;
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: home },
      ...SCREENS.map(one => ({ path: one.path, component: screen(one.load), meta: one })),
      { path: '/cases/:number', component: screen(() => import('./screens/case.js')), meta: { path: '/cases', words: '办件详情' } },
      { path: '/:rest(.*)*', redirect: home }
    ]
  });
  router.beforeEach(to => (to.meta.may && !to.meta.may() ? home : true));
  router.afterEach(() => sessionStorage.removeItem('jiexu.console.reloaded'));
  return router;
}

/** The address's filters: read as an object, changed by `set`, without a trail in the history. */
export function useFilters(defaults = {}) {
  const route = useRoute();
  const router = useRouter();
  // Read once a screen is left, the address is another's.
  const path = route.path;
  let latest = { ...defaults, ...route.query };
  const filters = computed(() => {
    if (route.path === path) {
      latest = { ...defaults, ...route.query };
    }
    return latest;
  });
  const set = changes => {
    const query = Object.fromEntries(Object.entries({ ...route.query, ...changes }).filter(([, value]) => value != null && value !== ''));
    return router.replace({ path, query });
  };
  return { filters, set };
}

export { useRoute, useRouter };

/** An address within the console. */
export function link(path, query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value != null && value !== '');
  return `#${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}
