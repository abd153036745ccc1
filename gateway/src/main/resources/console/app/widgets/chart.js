// ECharts, fetched only by the screens that draw. Tips are drawn on the canvas: no text becomes markup.
import { html, component, ref, watch, onMounted, onBeforeUnmount, nextTick } from '../html.js';
import { language } from '../words.js';

let loading;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('../../lib/echarts.js', import.meta.url).href;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error('echarts'));
    document.head.append(script);
  });
  return loading;
}

/** option: a function, so that it follows the data; onPick(params) when a part is clicked. */
export const Chart = component('Chart', ['option', 'height', 'label', 'onPick'], props => {
  const box = ref(null);
  let chart;
  let observer;
  let gone = false;

  function draw() {
    chart?.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...props.option() }, { notMerge: true });
  }

  onMounted(async () => {
    const echarts = await library();
    if (gone) {
      return;
    }
    await nextTick();
    chart = echarts.init(box.value, null, { renderer: 'canvas' });
    if (props.onPick) {
      chart.on('click', props.onPick);
    }
    observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.value);
    draw();
  });
  watch([() => props.option, language], () => draw());
  onBeforeUnmount(() => {
    gone = true;
    observer?.disconnect();
    chart?.dispose();
  });
  return () => html`<div class="chart" ref=${box} role="img" aria-label=${props.label} style=${{ height: `${props.height ?? 220}px` }}></div>`;
});
