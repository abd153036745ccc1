// 事件与签名: what every service has said of a case, each with its seal; anybody may have it checked now.
import { html, component, reactive } from '../html.js';
import { t } from '../words.js';
import { all, post } from '../api.js';
import { useData } from '../live.js';
import { region as listed, regionName } from '../regions.js';
import { SERVICES } from '../codes.js';
import { exactMoment } from '../format.js';
import { Empty, PageState } from './state.js';
import { Light } from './cells.js';
import { attempt } from './ask.js';

const REGISTRY = '000000';

/** The services that have something to say of a case. */
function speakers({ sending, receiving }) {
  const hosted = code => listed(code)?.onPlatform;
  const places = [['transfer-in', receiving], ['transfer-out', sending], ['settlement', receiving], ['settlement', sending], ['registry', REGISTRY]];
  return places.filter(([service, code]) => service === 'registry' || hosted(code))
    .filter(([service, code], i, list) => list.findIndex(([s, c]) => s === service && c === code) === i);
}

export const Journal = component('Journal', ['of'], props => {
  const proofs = reactive({});
  const read = useData(async () => {
    const lists = await Promise.all(speakers(props.of).map(async ([service, code]) => {
      const events = await all(`/operations/services/${service}/${code}/journal/${props.of.number}`);
      return events.map(event => ({ ...event, service, code }));
    }));
    return { events: lists.flat().sort((a, b) => (a.time < b.time ? -1 : 1)) };
  }, { topics: ['cases'], gap: 5_000 });

  async function verify(event) {
    proofs[event.id] = { busy: true };
    const proof = await attempt(() => post(`/operations/services/${event.service}/${event.code}/journal/events/${event.id}/verify`));
    proofs[event.id] = proof ?? {};
  }
  const verifyAll = events => events.reduce((before, event) => before.then(() => verify(event)), Promise.resolve());

  const show = ({ events }) => events.length === 0
    ? html`<${Empty} text=${t('尚无事件')} />`
    : html`<div><div class="bar"><span class="quiet">${t('共 {n} 个已签名事件，按发生时间', { n: events.length })}</span><span class="bar-space"></span><${antd.Button} onClick=${() => verifyAll(events)}>${t('全部立即验证')}<//></div>
      <table class="table"><thead><tr><th>${t('时间')}</th><th>${t('签名方')}</th><th>${t('事件')}</th><th>${t('发往')}</th><th>${t('密钥')}</th><th>${t('验证')}</th></tr></thead><tbody>
      ${events.map(event => {
        const proof = proofs[event.id];
        return html`<tr key=${`${event.service}${event.code}${event.id}`}><td class="number">${exactMoment(event.time)}</td>
          <td>${event.code === REGISTRY ? '' : regionName(event.code)} ${t(SERVICES[event.service])}</td>
          <td><details><summary><code>${event.type}</code></summary><pre class="raw">${text(event.dataMasked)}</pre><p class="quiet">SM3 <span class="number">${event.sm3}</span><br />${event.id}${event.sequence != null ? ` · #${event.sequence}` : ''}</p></details></td>
          <td>${event.to && event.to !== '*' ? regionName(event.to) : html`<span class="quiet">${t('全体')}</span>`}</td><td class="number key-id" title=${event.keyId}>${event.keyId}</td>
          <td>${proof?.valid != null
            ? html`<span title=${proof.reason ?? ''}><${Light} ok=${proof.valid} yes=${t('有效')} no=${t('无效')} /><br /><span class="quiet">${proof.signer ?? ''}${proof.at ? ` · ${exactMoment(proof.at)}` : ''}${proof.reason ? ` · ${proof.reason}` : ''}</span></span>`
            : html`<button class="link" type="button" disabled=${proof?.busy} onClick=${() => verify(event)}>${proof?.busy ? t('正在验证…') : t('立即验证')}</button>`}</td></tr>`;
      })}</tbody></table></div>`;

  return () => html`<${PageState} of=${read} rows=${6} slots=${{ default: show }} />`;
});

function text(data) {
  try {
    return JSON.stringify(typeof data === 'string' ? JSON.parse(data) : data, null, 2);
  } catch {
    return String(data);
  }
}
