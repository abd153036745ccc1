// 统筹区与密钥: the directory of all regions, their agencies, and the keys with which the services of those on the platform sign.
import { html, component, computed, ref } from '../html.js';
import { byCode, t } from '../words.js';
import { all } from '../api.js';
import { useData } from '../live.js';
import { useFilters } from '../router.js';
import { provinceName, regionName, regions } from '../regions.js';
import { SERVICES } from '../codes.js';
import { Grid } from '../widgets/grid.js';
import { Empty, PageState } from '../widgets/state.js';
import { Light, Mark } from '../widgets/cells.js';
import { count, moment } from '../format.js';
import { businessNow } from '../clock.js';

const COLUMNS = () => [
  { key: 'code', title: t('代码'), width: 70, render: row => html`<span class="number">${row.code}</span>` },
  { key: 'name', title: t('统筹区'), width: 130, grow: 1 },
  { key: 'provinceName', title: t('省份'), width: 80, render: row => provinceName(row.code) },
  { key: 'onPlatform', title: t('接入'), width: 80, render: row => (row.onPlatform ? html`<${Mark} tone="good">${t('已接入')}<//>` : html`<span class="quiet">${t('纸质')}</span>`) },
  { key: 'agencies', title: t('经办机构'), width: 74, align: 'right', render: row => count(row.agencies.length) }
];

const Keys = component('Keys', ['code'], props => {
  const read = useData(() => all('/operations/keys', { region: props.code }), { topics: ['directory'], gap: 5_000 });
  const holds = key => key.validFrom <= businessNow() && (!key.validTo || key.validTo > businessNow());
  return () => html`<${PageState} of=${read} rows=${3} slots=${{ default: keys => keys.length === 0 ? html`<${Empty} text=${t('没有登记的密钥')} hint=${t('未接入平台的统筹区没有密钥')} />`
    : html`<div class="scroll"><table class="table"><thead><tr><th>${t('服务')}</th><th>${t('密钥')}</th><th>${t('自')}</th><th>${t('至')}</th><th>${t('情况')}</th></tr></thead><tbody>${keys.map(key => html`<tr key=${key.keyId}><td>${key.region ? `${regionName(key.region)} ` : ''}${t(SERVICES[key.service] ?? key.service)}</td><td class="number key-id" title=${`${key.keyId}\n${key.publicKey}`}>${key.keyId}</td><td>${moment(key.validFrom)}</td><td>${moment(key.validTo)}</td><td><${Light} ok=${holds(key)} yes=${t('有效')} no=${t('不在有效期')} /></td></tr>`)}</tbody></table></div>` }} />`;
});

export default component('Regions', [], () => {
  const { filters, set } = useFilters();
  const only = ref(true);
  const typed = ref('');
  const rows = computed(() => regions.value.filter(row => (!only.value || row.onPlatform) && `${row.code} ${row.name} ${provinceName(row.code)}`.includes(typed.value.trim())));
  const chosen = computed(() => regions.value.find(row => row.code === filters.value.code) ?? null);
  return () => html`<div class="screen screen-full"><div class="bar"><h1>${t('统筹区与密钥')}</h1>
      <${antd.Segmented} value=${only.value ? 'on' : 'all'} options=${[{ value: 'on', label: t('已接入') }, { value: 'all', label: t('全部') }]} onChange=${value => (only.value = value === 'on')} />
      <${antd.Input} style=${{ width: '180px' }} allowClear value=${typed.value} placeholder=${t('名称、代码或省份')} aria-label=${t('名称、代码或省份')} onChange=${event => (typed.value = event.target.value)} /></div>
    <div class="split"><section class="panel panel-fill"><${Grid} label=${t('统筹区')} columns=${COLUMNS()} rows=${rows.value} rowKey=${row => row.code} selected=${chosen.value?.code} onOpen=${row => set({ code: row.code })} /><div class="foot">${t('共 {n} 个', { n: rows.value.length })}</div></section>
      <section class="panel panel-fill"><div class="scroll">${chosen.value
        ? html`<div><div class="panel-head"><h2>${chosen.value.name}</h2><span class="number">${chosen.value.code}</span><span class="quiet">${byCode(`REGION_${chosen.value.kind}`, chosen.value.provinceName)}</span></div>
          ${chosen.value.agencies.length === 0 ? html`<${Empty} text=${t('没有登记经办机构')} />` : html`<table class="table"><thead><tr><th>${t('经办机构')}</th><th>${t('地址')}</th><th>${t('咨询电话')}</th><th>${t('监督电话')}</th><th>${t('邮编')}</th></tr></thead><tbody>${chosen.value.agencies.map(one => html`<tr key=${one.code}><td>${one.name} <span class="quiet number">${one.code}</span></td><td>${one.address ?? '—'}</td><td>${one.telephone ?? '—'}</td><td>${one.supervisionTelephone ?? '—'}</td><td>${one.postcode ?? '—'}</td></tr>`)}</tbody></table>`}
          <h3 class="sub">${t('签名密钥')}</h3><${Keys} code=${chosen.value.code} key=${chosen.value.code} /></div>`
        : html`<div><div class="panel-head"><h2>${t('全部签名密钥')}</h2><span class="quiet">${t('选一个统筹区查看其机构')}</span></div><${Keys} code=${null} /></div>`}</div></section></div></div>`;
});
