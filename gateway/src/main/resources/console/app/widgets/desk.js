// 经办台: what the receiving and the old region's people see of a case, and the steps that they may take.
import { html, component, ref, computed } from '../html.js';
import { byCode, t } from '../words.js';
import { get, post } from '../api.js';
import { isClerk, isStaff } from '../may.js';
import { DECLINE_REASONS, IN_STATES, OUT_STATES, OUT_WORK, RETURN_REASONS } from '../codes.js';
import { Mark, Masked, Money } from './cells.js';
import { Sheets, maskedName, sheetOf } from './sheet.js';
import { askText, attempt, confirm } from './ask.js';
import { exactMoment } from '../format.js';

export const inDesk = (region, number, signal) => get(`/agency/${region}/transfers-in/${number}`, {}, signal);
export const outDesk = (region, number, signal) => get(`/agency/${region}/transfers-out/${number}`, {}, signal);

/** Chooses coded reasons, several at once. */
const Reasons = component('Reasons', ['open', 'title', 'codes', 'prefix', 'ok', 'final', 'onDone', 'onCancel'], props => {
  const chosen = ref([]);
  const ends = ref(false);
  return () => html`<${antd.Modal} open=${props.open} title=${props.title} okText=${props.ok} cancelText=${t('取消')} okButtonProps=${{ disabled: chosen.value.length === 0, danger: true }}
      onOk=${() => {
        props.onDone(chosen.value, ends.value);
        chosen.value = [];
        ends.value = false;
      }} onCancel=${props.onCancel}>
    <${antd.CheckboxGroup} class="reasons" value=${chosen.value} onChange=${value => (chosen.value = value)} options=${Object.entries(props.codes).map(([value, words]) => ({ value, label: byCode(value, words) }))} />
    ${props.final && html`<p style=${{ marginTop: '10px' }}><${antd.Checkbox} checked=${ends.value} onChange=${event => (ends.value = event.target.checked)}>${t('终止办理：不再更正，业务以“未能转移”结束')}<//></p>`}
  <//>`;
});

/** Waiting for the applicant (补正): the region's limit stands still meanwhile (R4.6). */
const Pausing = component('Pausing', ['base', 'paused', 'onDone'], props => {
  async function pause() {
    const reason = await askText({ title: t('暂停计时'), body: t('等待申请人补正期间不计办理时限；理由会告知申请人。'), label: t('暂停的理由'), least: 2 });
    if (reason && (await attempt(() => post(`${props.base}/pause`, { reason }), t('已暂停计时')))) {
      props.onDone();
    }
  }
  async function resume() {
    if (await attempt(() => post(`${props.base}/resumption`), t('已恢复计时'))) {
      props.onDone();
    }
  }
  return () => props.paused
    ? html`<${antd.Button} onClick=${resume}>${t('恢复计时')}<//>`
    : html`<${antd.Button} onClick=${pause}>${t('暂停计时')}<//>`;
});

const isPaused = limits => (limits ?? []).some(limit => !limit.metAt && (limit.pausedSince || (limit.pauses ?? []).some(pause => !pause.until)));

/** view: the receiving desk's; onDone: something was done. */
export const InDesk = component('InDesk', ['view', 'region', 'onDone'], props => {
  const returning = ref(false);
  const revealed = ref(null);
  const busy = ref(false);
  const number = computed(() => props.view.progress.number);
  const base = computed(() => `/agency/${props.region}/transfers-in/${number.value}`);
  const latest = computed(() => props.view.sheets.at(-1));

  async function act(deed, done) {
    busy.value = true;
    const answer = await attempt(deed, done);
    busy.value = false;
    if (answer) {
      props.onDone();
    }
  }
  async function accept() {
    const ok = await confirm({ title: t('核对无误，登记信息表第 {n} 版？', { n: latest.value.version }), body: t('登记后关系即转入本地，转入地的办理时限至此完成。') });
    if (ok) {
      act(() => post(`${base.value}/confirmation`, { version: latest.value.version }), t('已登记'));
    }
  }
  function giveBack(reasons, final) {
    returning.value = false;
    act(() => post(`${base.value}/return`, { version: latest.value.version, reasons, final }), final ? t('已终止办理') : t('已退回转出地'));
  }
  async function reveal() {
    const reason = await askText({ title: t('查看完整的个人信息'), body: t('查看会记入台账，供复核和审计人员查阅。'), label: t('查看的理由（不少于五个字）'), least: 5 });
    if (reason) {
      revealed.value = await attempt(() => post(`${base.value}/unmask`, { reason }));
    }
  }

  return () => {
    const { view } = props;
    const { state } = view.progress;
    const mayReveal = isClerk() || !isStaff();
    return html`<section class="desk">
      <div class="desk-head"><b>${t('转入地')}</b> <${Mark} tone="info">${byCode(`IN_${state}`, IN_STATES[state] ?? state)}<//>
        <span class="bar-space"></span>
        ${isClerk() && state === 'RECEIVED' && html`<${antd.Button} type="primary" loading=${busy.value} onClick=${accept}>${t('核对无误，登记')}<//><${antd.Button} danger onClick=${() => (returning.value = true)}>${t('退回')}<//>`}
        ${isClerk() && ['ACCEPTED', 'RECEIVED', 'RETURNED', 'BOOKED'].includes(state) && html`<${Pausing} base=${base.value} paused=${(view.progress.waitingFor ?? []).some(one => !one.region || one.region === props.region)} onDone=${props.onDone} />`}
      </div>
      <dl class="facts">
        <div><dt>${t('姓名')}</dt><dd>${revealed.value?.name ?? maskedName(view.name)}</dd></div>
        <div><dt>${t('证件号码')}</dt><dd><${Masked} value=${view.certificate} clear=${revealed.value?.certificateNumber ?? revealed.value?.certificate} onReveal=${mayReveal ? reveal : null} /></dd></div>
        <div><dt>${t('身份核验')}</dt><dd>${byCode(view.proof.identification, { FACE: '实名实人', WINDOW_DOCUMENT: '窗口证件', EMPLOYER_CERTIFICATE: '单位证书', REGISTRATION: '参保登记' }[view.proof.identification])} <span class="quiet">${exactMoment(view.proof.identifiedAt)}</span></dd></div>
        <div><dt>${t('同意的告知书')}</dt><dd>${view.proof.agreementVersion} <span class="quiet">${exactMoment(view.proof.agreedAt)}</span></dd></div>
      </dl>
      ${view.faults.length > 0 && html`<div class="note note-warn"><b>${t('系统校验发现')}</b><ul>${view.faults.map(fault => html`<li>${fault.message}<span class="quiet"> · ${fault.remedy}</span></li>`)}</ul></div>`}
      ${view.sheets.length > 0 ? html`<${Sheets} sheets=${view.sheets.map(sheetOf)} clear=${Boolean(revealed.value)} />` : html`<p class="quiet">${t('尚未收到信息表')}</p>`}
      <${Reasons} open=${returning.value} title=${t('退回信息表')} codes=${RETURN_REASONS} ok=${t('退回')} final=${true} onDone=${giveBack} onCancel=${() => (returning.value = false)} />
    </section>`;
  };
});

/** view: the old region's. */
export const OutDesk = component('OutDesk', ['view', 'region', 'onDone'], props => {
  const declining = ref(false);
  const busy = ref(false);
  const base = computed(() => `/agency/${props.region}/transfers-out/${props.view.summary.number}`);
  const has = task => props.view.tasks.some(one => one.task === task);

  async function act(deed, done) {
    busy.value = true;
    const answer = await attempt(deed, done);
    busy.value = false;
    if (answer) {
      props.onDone();
    }
  }
  async function step(path, question, body, done) {
    if (await confirm({ title: question, body })) {
      act(() => post(`${base.value}/${path}`), done);
    }
  }
  function decline(reasons) {
    declining.value = false;
    act(() => post(`${base.value}/decline`, { reasons }), t('已不予办理'));
  }

  return () => {
    const { view } = props;
    const { summary } = view;
    const [words, tone] = OUT_STATES[summary.state] ?? [summary.state, 'info'];
    const works = isStaff();
    return html`<section class="desk">
      <div class="desk-head"><b>${t('转出地')}</b> <${Mark} tone=${tone}>${byCode(`OUT_${summary.state}`, words)}<//>
        <span class="bar-space"></span>
        ${works && summary.state === 'HELD' && html`<${antd.Button} type="primary" loading=${busy.value} onClick=${() => step('issue', t('开具信息表并划转？'), t('信息表加盖电子印章后发往转入地，同时下达划转；此后不能撤回。'), t('已开具'))}>${t('开具信息表')}<//>`}
        ${works && summary.state === 'RETURNED' && html`<${antd.Button} type="primary" loading=${busy.value} onClick=${() => step('correction', t('更正并重新开具？'), t('以登记的最新记录开具新版本；此前各版保留。'), t('已开具新版本'))}>${t('更正开具')}<//>`}
        ${works && summary.state === 'HOLD_REFUSED' && html`<${antd.Button} type="primary" loading=${busy.value} onClick=${() => step('hold-retry', t('重新冻结余额？'), '', t('已重新冻结'))}>${t('重新冻结')}<//>`}
        ${works && has('REMIT_AGAIN') && html`<${antd.Button} type="primary" loading=${busy.value} onClick=${() => step('remittance', t('重新划转退回的款项？'), '', t('已重新划转'))}>${t('重新划转')}<//>`}
        ${works && has('LOOK_AT_RESUMPTION') && html`<${antd.Button} loading=${busy.value} onClick=${() => step('resumption-seen', t('已核实恢复参保？'), '', t('已记录'))}>${t('已核实')}<//>`}
        ${works && ['HELD', 'HOLD_REFUSED', 'RETURNED'].includes(summary.state) && html`<${antd.Button} danger onClick=${() => (declining.value = true)}>${t('不予办理')}<//>`}
        ${isClerk() && ['HELD', 'HOLD_REFUSED', 'RETURNED'].includes(summary.state) && html`<${Pausing} base=${base.value} paused=${isPaused(view.deadlines)} onDone=${props.onDone} />`}
      </div>
      ${view.tasks.length > 0 && html`<div class="note note-warn">${view.tasks.map(task => html`<span key=${task.task}>${t('待办')}：${byCode(`OUT_${task.task}`, OUT_WORK[task.task] ?? task.words)} <span class="quiet">${exactMoment(task.openedAt)}</span> </span>`)}</div>`}
      <dl class="facts">
        <div><dt>${t('冻结金额（元）')}</dt><dd><${Money} value=${summary.amount} /></dd></div>
        <div><dt>${t('受理')}</dt><dd>${exactMoment(summary.acceptedAt)}</dd></div>
        <div><dt>${t('划款编号')}</dt><dd class="number">${summary.remittance ?? '—'}</dd></div>
        <div><dt>${t('最近变化')}</dt><dd>${exactMoment(summary.changedAt)}</dd></div>
      </dl>
      ${summary.reasons.length > 0 && html`<div class="note note-bad"><ul>${summary.reasons.map(reason => html`<li>${reason.message}<span class="quiet"> · ${reason.remedy}</span></li>`)}</ul></div>`}
      ${summary.sheetError && html`<div class="note note-bad">${t('信息表未能生成：')}${summary.sheetError}</div>`}
      ${view.returnedMoney.length > 0 && html`<div class="note">${view.returnedMoney.map(money => html`<p key=${money.remittance}>${t('款项退回')} <span class="number">${money.remittance}</span> <${Money} value=${money.amount} /> · ${money.reason}</p>`)}</div>`}
      ${view.sheets.length > 0 && html`<${Sheets} sheets=${view.sheets.map(sheetOf)} />`}
      <${Reasons} open=${declining.value} title=${t('不予办理')} codes=${DECLINE_REASONS} ok=${t('不予办理')} onDone=${decline} onCancel=${() => (declining.value = false)} />
    </section>`;
  };
});

