// Templates without a compiler: htm reads them, Vue's h() makes the nodes; nothing is evaluated as code.
import htm from '../lib/htm.js';

const { h, Fragment } = Vue;

/** Children of a component are its default slot; further slots are given as `slots`. */
function node(type, given, ...children) {
  // htm would hand out the same node twice for parts without values.
  this[0] = 3;
  if (typeof type === 'string') {
    return h(type, given, children);
  }
  if (type === Fragment) {
    return h(Fragment, given, children);
  }
  const { slots, ...props } = given ?? {};
  if (children.length === 0) {
    return h(type, props, slots);
  }
  return h(type, props, { default: () => children, ...slots });
}

export const html = htm.bind(node);
export const { ref, shallowRef, reactive, computed, watch, watchEffect, onMounted, onBeforeUnmount, nextTick } = Vue;
export const { defineComponent, defineAsyncComponent, provide, inject, toRaw } = Vue;
export { h, Fragment };

/** A component from its name, props and setup. */
export function component(name, props, setup, more = {}) {
  return defineComponent({ name, props, setup, ...more });
}
