// A list of any length: only what is in sight is drawn; arrows, Page and Home/End move, Enter opens.
import { html, component, ref, computed, watch, onMounted, onBeforeUnmount, nextTick } from '../html.js';
import { t } from '../words.js';
import { Empty } from './state.js';

const ROW = 32;
const BEYOND = 12;

/**
 * columns: [{key, title, width, align, grow, render(row)}]; rows; rowKey(row); more: another page follows; onMore, onOpen(row).
 * Fills the height that it is given.
 */
export const Grid = component(
  'Grid',
  ['columns', 'rows', 'rowKey', 'more', 'loading', 'label', 'empty', 'hint', 'selected', 'onMore', 'onOpen', 'rowClass'],
  props => {
    const box = ref(null);
    const top = ref(0);
    const height = ref(600);
    const active = ref(-1);
    let observer;

    const first = computed(() => Math.max(0, Math.floor(top.value / ROW) - BEYOND));
    const end = computed(() => Math.min(props.rows.length, Math.ceil((top.value + height.value) / ROW) + BEYOND));
    const template = computed(() => props.columns.map(column =>
      column.grow ? `minmax(${column.width ?? 80}px, ${column.grow}fr)` : `${column.width ?? 100}px`).join(' '));
    const least = computed(() => props.columns.reduce((sum, column) => sum + (column.width ?? 100), 0) + 8 * props.columns.length);

    function look() {
      const element = box.value;
      if (!element) {
        return;
      }
      top.value = element.scrollTop;
      height.value = element.clientHeight;
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (props.more && !props.loading && left < ROW * 30) {
        props.onMore?.();
      }
    }

    onMounted(() => {
      observer = new ResizeObserver(look);
      observer.observe(box.value);
      look();
    });
    onBeforeUnmount(() => observer?.disconnect());
    watch(() => [props.rows.length, props.more, props.loading], () => nextTick(look));
    watch(() => props.rows.length, length => {
      active.value = Math.min(active.value, length - 1);
    });

    function go(to) {
      active.value = Math.max(0, Math.min(props.rows.length - 1, to));
      const element = box.value;
      const at = active.value * ROW;
      const room = element.clientHeight - ROW;
      if (at < element.scrollTop) {
        element.scrollTop = at;
      } else if (at + ROW > element.scrollTop + room) {
        element.scrollTop = at + ROW - room;
      }
      look();
    }

    function press(event) {
      if (event.target !== box.value) {
        return;
      }
      const page = Math.max(1, Math.floor(height.value / ROW) - 2);
      const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
      if (event.key in moves) {
        go(active.value + moves[event.key]);
      } else if (event.key === 'Home') {
        go(0);
      } else if (event.key === 'End') {
        go(props.rows.length - 1);
      } else if (event.key === 'Enter' && active.value >= 0) {
        props.onOpen?.(props.rows[active.value]);
      } else {
        return;
      }
      event.preventDefault();
    }

    return () => html`<div class="grid" role="grid" tabindex="0" ref=${box} aria-label=${props.label} aria-rowcount=${props.more ? -1 : props.rows.length + 1}
        aria-activedescendant=${active.value >= 0 ? `row-${active.value}` : undefined} onScroll=${look} onKeydown=${press}>
      <div class="grid-in" style=${{ minWidth: `${least.value}px` }}>
        <div class="grid-head" role="row" style=${{ gridTemplateColumns: template.value }}>
          ${props.columns.map(column => html`<div role="columnheader" class=${['cell', column.align ? `cell-${column.align}` : '']} key=${column.key}>${column.title}</div>`)}
        </div>
        <div class="grid-body" role="rowgroup" style=${{ height: `${props.rows.length * ROW}px` }}>
          ${props.rows.slice(first.value, end.value).map((row, i) => {
            const index = first.value + i;
            const key = props.rowKey(row);
            return html`<div role="row" id=${`row-${index}`} key=${key} aria-rowindex=${index + 2} aria-selected=${props.selected === key}
                class=${['grid-row', props.rowClass?.(row), active.value === index ? 'grid-active' : '', props.selected === key ? 'grid-selected' : '', props.onOpen ? 'grid-opens' : '']}
                style=${{ transform: `translateY(${index * ROW}px)`, gridTemplateColumns: template.value }}
                onClick=${event => {
                  active.value = index;
                  if (!event.target.closest('a,button')) {
                    props.onOpen?.(row);
                  }
                }}>
              ${props.columns.map(column => html`<div role="gridcell" class=${['cell', column.align ? `cell-${column.align}` : '']} key=${column.key}>${column.render ? column.render(row) : row[column.key] ?? '—'}</div>`)}
            </div>`;
          })}
        </div>
        ${props.rows.length === 0 && !props.loading && html`<${Empty} text=${props.empty ?? t('没有符合条件的记录')} hint=${props.hint} />`}
        ${props.loading && html`<div class="grid-loading" role="status">${t('正在读取…')}</div>`}
      </div>
    </div>`;
  }
);
