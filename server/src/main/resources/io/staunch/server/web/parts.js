// What several pages show: badges, the holder's chain, the board of suspects.
import { h } from '/dom.js';
import { bytes, capital, count, shortTime } from '/figures.js';

const KINDS = {
  leaking: ['▲', 'leaking'],
  growing: ['◆', 'growing'],
  unknown: ['?', 'not known yet'],
  steady: ['✓', 'steady'],
  unwatched: ['–', 'not watched'],
  open: ['▲', 'open'],
  recovered: ['✓', 'recovered'],
  'not recovered': ['!', 'not recovered'],
  withdrawn: ['–', 'withdrawn: no leak'],
};
const FINDINGS = { implicated: '●', inconclusive: '◐', cleared: '○', 'not measured': '–' };

export const kindOf = target => target.verdict?.kind ?? 'unwatched';

// What a target is, by its kind, and which one.
export function traits({ kind, pid, name, instance, runtime, dialect }) {
  const where = pid !== undefined ? `pid ${pid}` : name.includes(instance) ? '' : instance;
  switch (kind) {
    case 'jvm': return [where, runtime && `Java ${runtime}`];
    case 'redis': return [where, runtime && `Redis ${runtime}`];
    case 'process': return [where, 'process'];
    default: return [where, 'from its metrics', dialect];
  }
}

export function badge(kind) {
  const [sign, word] = KINDS[kind];
  return h('span', { class: `badge ${kind.replace(' ', '-')}` }, h('span', { 'aria-hidden': 'true' }, sign), ' ', word);
}

export function panel(title, key, ...content) {
  return content.some(part => part) ? h('section', { class: `panel ${key}`, 'data-key': key, 'aria-label': title }, h('h2', {}, title), content) : null;
}

// A figure that is to be seen from afar.
export function fact(label, value, more, kind) {
  return h('div', { class: `fact ${kind ?? ''}` }, h('span', { class: 'label' }, label), h('span', { class: 'value' }, value), h('span', { class: 'quiet' }, more ?? ''));
}

// A name that may be broken where it has a dot, and nowhere else.
export const name = text => h('code', {}, text.split(/(?<=[./@$])/).flatMap((part, i) => i ? [h('wbr'), part] : [part]));

export function culprit(found) {
  if (!found) return null;
  const first = found.accumulating?.[0];
  return [
    h('ol', { class: 'chain', 'aria-label': 'Who holds it, from the root' },
      (found.holder ?? []).map((step, i) => h('li', { class: i === 0 ? 'root' : '' }, name(step))),
      (found.accumulating ?? []).slice(0, 4).map(type => h('li', { class: type === first ? 'lead' : 'also' }, name(type.type),
        h('span', { class: 'quiet' }, ` +${count(type.instancesPerHour / 60)} and ${bytes(type.bytesPerHour / 60)} a minute`)))),
    h('dl', {},
      found.library ? [h('dt', {}, 'Owned by'), h('dd', {}, name(found.library))] : null,
      found.release ? [h('dt', {}, 'Came with'), h('dd', {}, `release ${found.release}`)] : null,
      found.advisory ? [h('dt', {}, 'Known as'), h('dd', {}, found.advisory.id, found.advisory.fixedIn ? `, fixed in ${found.advisory.fixedIn}` : '', ` (${found.advisory.reference})`)] : null,
      h('dt', {}, 'Allocated at'),
      found.allocatedAt ? h('dd', {}, h('ol', { class: 'stack' }, found.allocatedAt.slice(0, 8).map(frame => h('li', {}, name(frame)))))
        : h('dd', { class: 'quiet' }, 'not measured')),
  ];
}

export function suspects(list) {
  if (!list?.length) return null;
  return Object.keys(FINDINGS).map(finding => {
    const these = list.filter(suspect => suspect.finding === finding);
    return these.length ? h('div', { class: `board ${finding.replace(' ', '-')}`, 'data-key': finding },
      h('h3', {}, h('span', { 'aria-hidden': 'true' }, FINDINGS[finding]), ` ${capital(finding)} (${these.length})`),
      these.map(suspect => suspect.evidence?.length
        ? h('details', { 'data-key': suspect.id, open: finding === 'implicated' }, h('summary', {}, suspect.suspect),
          h('ul', {}, suspect.evidence.map(sentence => h('li', {}, capital(sentence)))))
        : h('p', { class: 'bare' }, suspect.suspect))) : null;
  });
}

export function cost(figures) {
  return figures ? h('p', {}, 'Being watched made it stand still for ', h('strong', {}, shortTime(figures.addedPauseMillis)),
    ' in all and took ', h('strong', {}, shortTime(figures.targetCpuMillis)), ' of its processor time.') : null;
}

