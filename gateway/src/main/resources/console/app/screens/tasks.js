// 待办任务: what a region's people have to do, from all desks in one list; beside it the case on which to do it.
import { html, component, computed, ref, watch } from '../html.js';
import { byCode, t } from '../words.js';
import { all, post } from '../api.js';
import { useData } from '../live.js';
import { useFilters } from '../router.js';
import { isClerk, isStaff } from '../may.js';
import { session } from '../session.js';
import { regionName, worked } from '../regions.js';
import { IN_WORK, OUT_WORK } from '../codes.js';
import { Grid } from '../widgets/grid.js';
import { Empty, PageState, ProblemNote } from '../widgets/state.js';
import { Copyable, Mark, Moment } from '../widgets/cells.js';
import { ChooseRegion } from '../widgets/choose.js';
import { InDesk, OutDesk, inDesk, outDesk } from '../widgets/desk.js';
import { askText, attempt } from '../widgets/ask.js';
import { count } from '../format.js';

/** The four lists as one: {key, side, number, kind, words, at, of}. */
async function tasksOf(region, signal) {
  const asked = [
    all(`/agency/${region}/tasks`, {}, 1000).then(list => list.map(task => ({
      key: `in-${task.id}`, side: 'in', number: task.number, kind: task.kind, words: byCode(`IN_${task.kind}`, IN_WORK[task.kind] ?? task.kind), at: task.openedAt, of: task }))),
    all(`/agency/${region}/transfers-out/tasks`, {}, 1000).then(list => list.map(task => ({
      key: `out-${task.number}-${task.task}`, side: 'out', number: task.number, kind: task.task, words: byCode(`OUT_${task.task}`, OUT_WORK[task.task] ?? task.words), at: task.openedAt, of: task })))
  ];
  if (isStaff()) {
    asked.push(all(`/agency/${region}/participation/wishes`, { state: 'OPEN' }, 1000).then(list => list.map(wish => ({
      key: `wish-${wish.id}`, side: 'wish', number: wish.number, kind: wish.kind, words: `${t('联办')}：${byCode(`WISH_${wish.kind}`, wish.kindWords)}`, at: wish.wishedAt, of: wish }))));
  }
  const lists = await Promise.all(asked);
  signal.throwIfAborted();
  return { items: lists.flat().sort((a, b) => (a.at < b.at ? -1 : 1)) };
}

const SIDES = { in: ['转入', 'info'], out: ['转出', 'warn'], wish: ['联办', 'good'] };

/** What applicants have asked (R10.4), to be answered on record. */
const Reminders = component('Reminders', ['region', 'side', 'number', 'onDone'], props => {
  const out = props.side === 'out';
  const path = out ? `/agency/${props.region}/transfers-out/${props.number}/reminders` : `/transfers/${props.number}/reminders`;
  const read = useData(() => all(path), {});
  async function answer(one) {
    const text = await askText({ title: t('答复'), body: one.text, label: t('答复内容，申请人可以看到'), least: 2, most: 500 });
    const to = out ? `${path}/${one.id}/answer` : `/agency/${props.region}/reminders/${one.id}/answer`;
    if (text && (await attempt(() => post(to, { text }), t('已答复')))) {
      read.load();
      props.onDone();
    }
  }
  return () => html`<div class="desk"><div class="desk-head"><b>${t('催办与投诉')}</b></div><${PageState} of=${read} rows=${2} slots=${{
    default: list => list.map(one => html`<div class="note" key=${one.id}><p><${Mark} tone=${one.kind === 'COMPLAINT' ? 'bad' : 'warn'}>${one.kind === 'COMPLAINT' ? t('投诉') : t('催办')}<//> ${one.text} <span class="quiet"><${Moment} at=${one.askedAt} /></span></p>
      ${one.answer ? html`<p class="quiet">${t('答复')}：${one.answer}</p>` : isClerk() && (out || !one.region || one.region === props.region) ? html`<${antd.Button} size="small" onClick=${() => answer(one)}>${t('答复')}<//>` : html`<p class="quiet">${t('待答复')}</p>`}</div>`)
  }} /></div>`;
});

const Wish = component('Wish', ['of', 'region', 'onDone'], props => {
  async function refuse() {
    const reason = await askText({ title: t('不予办理联办事项'), label: t('理由，申请人可以看到'), least: 2 });
    if (reason && (await attempt(() => post(`/agency/${props.region}/participation/wishes/${props.of.id}/refuse`, { reason }), t('已记录')))) {
      props.onDone();
    }
  }
  return () => html`<section class="desk"><div class="desk-head"><b>${byCode(`WISH_${props.of.kind}`, props.of.kindWords)}</b><span class="bar-space"></span><${antd.Button} danger onClick=${refuse}>${t('不予办理')}<//></div>
    <dl class="facts"><div><dt>${t('姓名')}</dt><dd>${props.of.personName}</dd></div><div><dt>${t('证件号码')}</dt><dd class="number">${props.of.certificateMasked}</dd></div><div><dt>${t('险种')}</dt><dd>${props.of.scheme}</dd></div></dl>
    <p class="note">${t('在本地参保系统办理该事项后，申请自动继续，此待办随之消失。')}</p></section>`;
});

const COLUMNS = () => [
  { key: 'side', title: '', width: 44, render: row => html`<${Mark} tone=${SIDES[row.side][1]}>${t(SIDES[row.side][0])}<//>` },
  { key: 'words', title: t('待办'), width: 120, grow: 1 },
  { key: 'number', title: t('受理编号'), width: 160, render: row => html`<span class="number">${row.number}</span>` },
  { key: 'at', title: t('产生'), width: 84, render: row => html`<${Moment} at=${row.at} />` }
];

export default component('Tasks', [], () => {
  const { filters, set } = useFilters();
  const region = computed(() => (isStaff() ? session.user.region : filters.value.region ?? worked.value[0]?.code));
  const read = useData(signal => tasksOf(region.value, signal), { topics: ['cases'], gap: 3_000 });
  const kind = ref(null);
  const rows = computed(() => (read.data.value?.items ?? []).filter(row => !kind.value || row.words === kind.value));
  const kinds = computed(() => [...new Set((read.data.value?.items ?? []).map(row => row.words))]);
  const chosen = computed(() => rows.value.find(row => row.key === filters.value.task) ?? null);

  const desk = useData(async signal => {
    const task = chosen.value;
    if (!task || task.side === 'wish') {
      return {};
    }
    return { task, view: await (task.side === 'in' ? inDesk : outDesk)(region.value, task.number, signal) };
  }, { topics: ['cases'], gap: 3_000 });
  watch(() => chosen.value?.key, () => {
    desk.data.value = null;
    desk.load();
  });
  watch(region, () => {
    read.data.value = null;
    read.load();
  });

  const done = () => {
    read.load();
    desk.load();
  };

  function panel() {
    const task = chosen.value;
    if (!task) {
      return html`<${Empty} text=${rows.value.length ? t('请选一项待办') : t('没有待办')} hint=${rows.value.length ? t('用 ↑ ↓ 移动，按 Enter 打开') : t('新的待办会自动出现在这里')} />`;
    }
    return html`<div class="panel-head"><${Copyable} text=${task.number} to=${`#/cases/${task.number}`} /><span>${task.words}</span><span class="bar-space"></span><a href=${`#/cases/${task.number}`}>${t('打开办件')}</a></div>
      <div class="panel-in scroll">
        ${task.side === 'wish'
          ? html`<${Wish} of=${task.of} region=${region.value} onDone=${done} key=${task.key} />`
          : html`<${PageState} of=${desk} slots=${{ default: found => found.task?.key === task.key && (task.side === 'in'
              ? html`<${InDesk} view=${found.view} region=${region.value} onDone=${done} key=${task.key} />`
              : html`<${OutDesk} view=${found.view} region=${region.value} onDone=${done} key=${task.key} />`) }} />`}
        ${task.kind === 'ANSWER_REMINDER' && html`<${Reminders} region=${region.value} side=${task.side} number=${task.number} onDone=${done} key=${task.key} />`}
        ${task.kind === 'SUSPENDED_MONEY' && html`<p class="note note-warn">${t('款项与信息表不符，请在异常处置中匹配或退回。')} <a href="#/exceptions">${t('异常处置')}</a></p>`}
      </div>`;
  }

  return () => html`<div class="screen screen-full">
    <div class="bar"><h1>${t('待办任务')}</h1>
      ${isStaff() ? html`<b>${regionName(region.value)}</b>` : html`<${ChooseRegion} must among=${worked.value} value=${region.value} onPick=${code => set({ region: code, task: null })} />`}
      ${kinds.value.length > 1 && html`<${antd.Segmented} value=${kind.value ?? ''} onChange=${value => (kind.value = value || null)} options=${[{ value: '', label: `${t('全部')} ${count(read.data.value?.items.length)}` }, ...kinds.value.map(words => ({ value: words, label: words }))]} />`}
    </div>
    <div class="split">
      <section class="panel panel-fill" aria-label=${t('待办任务')}>
        ${read.error.value && !read.data.value ? html`<${ProblemNote} problem=${read.error.value} retry=${read.load} />`
          : html`<${Grid} label=${t('待办任务')} columns=${COLUMNS()} rows=${rows.value} rowKey=${row => row.key} loading=${read.loading.value && !read.data.value} selected=${chosen.value?.key}
              onOpen=${row => set({ task: row.key })} empty=${t('没有待办')} hint=${t('新的待办会自动出现在这里')} />`}
        <div class="foot">${t('共 {n} 项', { n: count(rows.value.length) })}</div>
      </section>
      <section class="panel panel-fill" aria-label=${t('办理')}>${panel()}</section>
    </div>
  </div>`;
});
