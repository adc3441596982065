// What heap dumps of the watch showed: what retains what, paths to the roots, and what grew between two of them.
import { h } from '/dom.js';
import { bytes, clock, count, library, when } from '/figures.js';
import { icicle, libraries, ownerOf } from '/icicle.js';
import { name, panel } from '/parts.js';

export function heaps({ heaps: list }) {
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')),
    h('h1', {}, 'Heap dumps'),
    h('p', { class: 'quiet' }, 'What each showed: types, sizes and paths, never contents. The dumps themselves are deleted at once.'),
    list.length ? h('section', { 'data-key': 'heaps' }, list.map((one, i) => {
      const before = list.slice(i + 1).find(other => other.service === one.service);
      return h('div', { class: 'row dump' }, h('a', { href: `#/h/${one.id}` }, h('strong', {}, `${one.service}, ${one.target}`)),
        h('span', {}, when(one.at)), h('span', { class: 'figure' }, bytes(one.reachableBytes)),
        before ? h('a', { href: `#/h/${one.id}/${before.id}` }, `what grew since ${clock(before.at)}`) : h('span'));
    })) : h('p', {}, 'None yet: a dump is taken only where the configuration allows it.'),
  ];
}

// The same place in another tree: by the labels on the way to it.
function pair(node, older) {
  node.before = older?.r ?? 0;
  const known = new Map((older?.k ?? []).map(child => [child.n, child]));
  (node.k ?? []).forEach(child => pair(child, known.get(child.n)));
}

// Types by the growth of their instances' own bytes.
function growth(root, older) {
  const sums = new Map();
  const visit = (node, sign) => {
    const sum = sums.get(node.n) ?? { type: node.n, count: 0, bytes: 0 };
    sums.set(node.n, { type: node.n, count: sum.count + sign * node.c, bytes: sum.bytes + sign * node.s });
    (node.k ?? []).forEach(child => visit(child, sign));
  };
  visit(root, 1);
  visit(older, -1);
  sums.delete('everything');
  return [...sums.values()].filter(sum => sum.bytes > 0).sort((a, b) => b.bytes - a.bytes).slice(0, 12);
}

const signed = value => `${value < 0 ? '−' : '+'}${bytes(Math.abs(value))}`;

// Static until it is left: boxes are walked by hand, nothing of it changes.
function map(one, older) {
  const { retained: root, owners } = one;
  if (older) pair(root, older.retained);
  const of = new Map(libraries(root, owners).map(([owner], i) => [owner, i]));
  const byGrowth = node => node.before === 0 || node.r > node.before * 1.1 ? 'grown' : node.r < node.before * 0.9 ? 'shrunk' : '';
  const byOwner = node => { const at = of.get(ownerOf(node.n, owners)); return at === undefined ? '' : `c${at}`; };
  const say = node => node.up
    ? `${count(node.c)} ${node.c === 1 ? 'object retains' : 'objects retain'} ${bytes(node.r)}, ${((100 * node.r) / root.r).toFixed(1)} % of the heap${older ? `, ${signed(node.r - node.before)} since` : ''}; ${bytes(node.s)} are their own`
    : `All that is reachable is ${bytes(node.r)}${older ? `, ${signed(node.r - node.before)} since` : ''}`;
  const place = h('div', { class: 'icicle' });
  const way = h('p', { class: 'crumbs' });
  const told = h('p', { class: 'told', 'aria-live': 'polite' });
  requestAnimationFrame(() => icicle(place, root, {
    colour: older ? byGrowth : byOwner,
    say,
    tell: node => told.replaceChildren(name(node.n), h('br'), h('span', { class: 'quiet' }, node.up ? `${ownerOf(node.n, owners)} · ` : ''), say(node)),
    crumbs: (line, go) => way.replaceChildren(...line.slice(0, -1).map(node => h('button', { type: 'button', onclick: () => go(node) }, `${node.n.split('.').pop()} ›`))),
  }));
  const legend = older
    ? [['grown', '▲ more than before'], ['', 'about as before'], ['shrunk', '▼ less than before']]
    : [...[...of].map(([owner, i]) => [`c${i}`, owner === 'the application, or not known' ? owner : library(owner)]), ['', 'the JDK']];
  return h('section', { class: 'panel', 'data-key': `map ${location.hash}`, 'data-own': '', 'aria-label': 'What retains what' },
    h('h2', {}, 'What retains what'),
    h('p', { class: 'quiet' }, 'Each row is held by the one above; the width is what would be free without it. Press a box to go into it; arrow keys walk, Escape comes out.'),
    h('p', { class: 'key' }, legend.map(([kind, words]) => h('span', {}, h('span', { class: `swatch ${kind || 'jdk'}`, 'aria-hidden': 'true' }), words))),
    way, place, told);
}

export function heap(one, older) {
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/h' }, '← all heap dumps')),
    h('h1', {}, older ? `${one.service}: what grew from ${clock(older.at)} to ${clock(one.at)}` : `${one.service}: what its heap held at ${clock(one.at)}`),
    h('p', { class: 'quiet' }, `${one.target} · ${when(one.at)} · ${bytes(one.reachableBytes)} reachable`),
    map(one, older),
    older ? panel('What grew, by type', 'grew', h('table', { class: 'legend' }, h('tbody', {}, growth(one.retained, older.retained).map(sum => h('tr', {},
      h('td', {}, name(sum.type)), h('td', { class: 'number' }, signed(sum.bytes)), h('td', { class: 'number quiet' }, `${sum.count >= 0 ? '+' : '−'}${count(Math.abs(sum.count))}`)))))) : null,
    panel('Where it piles up: the path to a root', 'piles', one.piles.map((pile, i) => h('details', { 'data-key': `pile ${i}`, open: i === 0 },
      h('summary', {}, name(pile.type), h('span', { class: 'quiet' }, ` ${count(pile.instances)} retain ${bytes(pile.retained)}`)),
      h('ol', { class: 'chain' }, pile.holder.map((step, at) => h('li', { class: at ? '' : 'root' }, name(step))), h('li', { class: 'lead' }, name(pile.type))),
      h('p', {}, 'Owned by ', name(pile.library ?? 'the application, or not known'))))),
  ];
}
