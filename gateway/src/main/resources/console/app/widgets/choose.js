// Selects that every filter uses.
import { html, component, computed } from '../html.js';
import { t } from '../words.js';
import { onPlatform, regionName, provinces } from '../regions.js';

const fits = (typed, option) => `${option.label} ${option.value}`.toLowerCase().includes(typed.toLowerCase());

export const ChooseRegion = component('ChooseRegion', ['value', 'onPick', 'among', 'placeholder', 'must', 'label'], props => {
  const options = computed(() => (props.among ?? onPlatform.value).map(one => ({ value: one.code, label: `${regionName(one.code)}  ${one.code}` })));
  return () => html`<${antd.Select} class="choose" value=${props.value || undefined} options=${options.value} allowClear=${!props.must} showSearch
    filterOption=${fits} aria-label=${props.label ?? t('统筹区')} placeholder=${props.placeholder ?? t('统筹区')} onChange=${value => props.onPick(value ?? null)} />`;
});

export const ChooseProvince = component('ChooseProvince', ['value', 'onPick', 'must'], props => () => html`<${antd.Select} class="choose" value=${props.value || undefined}
  options=${provinces.value.map(one => ({ value: one.code, label: one.name }))} allowClear=${!props.must} aria-label=${t('省份')} placeholder=${t('省份')} onChange=${value => props.onPick(value ?? null)} />`);

/** options: [[value, words]] */
export const Choose = component('Choose', ['value', 'options', 'onPick', 'placeholder', 'must', 'width'], props => () => html`<${antd.Select} class="choose"
  style=${props.width ? { width: `${props.width}px` } : undefined} value=${props.value || undefined} options=${props.options.map(([value, label]) => ({ value, label }))}
  allowClear=${!props.must} aria-label=${props.placeholder} placeholder=${props.placeholder} onChange=${value => props.onPick(value ?? null)} />`);
