// Builds nodes, and brings what is shown in line with what was built anew: nodes stay where they are, so that the
// keyboard's place, open details and the scroll position survive every refresh.

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN = new Set(['svg', 'g', 'path', 'polyline', 'polygon', 'line', 'rect', 'circle', 'text', 'title']);

// Text goes in as text, never as markup. `title` is a drawing's.
export function h(tag, attributes, ...children) {
  const node = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) node[name] = value;
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

const HANDLERS = ['onclick', 'onpointermove', 'onpointerleave', 'onkeydown', 'onblur', 'onsubmit'];
const keyOf = node => node.dataset?.key;

// Makes the old node look like the new one. What has `data-own` belongs to whoever made it and is left alone; whether
// details are open is the reader's own affair.
function update(old, fresh) {
  if (old.dataset?.own !== undefined) return;
  if (old.isEqualNode(fresh) && !HANDLERS.some(name => fresh[name] || old[name])) return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === 'open' && old.tagName === 'DETAILS')) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name === 'open' && old.tagName === 'DETAILS') continue;
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const name of HANDLERS) if (old[name] !== fresh[name]) old[name] = fresh[name];
  show(old, [...fresh.childNodes]);
}

// What is only built if it is of something else than what is shown under its key.
export const later = (key, of, build) => ({ key, of, build });

const alike = (old, fresh) => old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);

// Shows these children in a place.
export function show(place, children) {
  const fresh = children.flat(Infinity).filter(child => child);
  const keyed = new Map([...place.childNodes].filter(keyOf).map(node => [keyOf(node), node]));
  const focused = document.activeElement;
  let at = place.firstChild;
  for (const one of fresh) {
    const shown = one.build && keyed.get(one.key);
    const next = !one.build ? one : shown && shown.of === one.of ? shown : one.build();
    const known = keyOf(next) ? keyed.get(keyOf(next)) : at;
    const stays = known && alike(known, next);
    if (one.build) (stays ? known : next).of = one.of;
    if (stays) {
      if (known !== at) place.insertBefore(known, at);
      else at = at.nextSibling;
      if (known.nodeType === Node.TEXT_NODE) {
        if (known.data !== next.data) known.data = next.data;
      } else if (known !== next) update(known, next);
    } else place.insertBefore(next, at);
  }
  while (at) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
  // What is moved to another place loses the keyboard.
  if (focused !== document.activeElement && place.contains(focused)) focused.focus({ preventScroll: true });
}
