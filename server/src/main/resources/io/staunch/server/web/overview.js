// Every target, the worst first, and the incidents.
import { spark } from '/chart.js';
import { h, later, show } from '/dom.js';
import { duration, inUnit, rate, rates, shortTime, timeLeft, when } from '/figures.js';
import { badge, kindOf, traits } from '/parts.js';

function row(target) {
  const verdict = target.verdict;
  const last = target.floor?.points.at(-1)?.[1];
  const left = timeLeft(verdict);
  const kind = kindOf(target);
  return h('a', { class: `row ${kind}`, href: `#/t/${target.id}`, 'data-key': target.id },
    h('span', { class: 'who' },
      h('strong', {}, target.service ?? target.name),
      h('span', { class: 'quiet' }, [target.release, ...traits(target)].filter(Boolean).join(' · '))),
    badge(kind),
    spark(target.floor),
    h('span', { class: 'figure' }, last === undefined ? '–' : inUnit(target.floor.unit, last),
      h('span', { class: 'quiet' }, target.floor?.series ?? '')),
    h('span', { class: verdict?.ratePerHour ? 'figure' : 'figure none' }, verdict?.ratePerHour ? `+${rate(verdict.unit, verdict.ratePerHour)}` : '–',
      h('span', { class: 'quiet' }, verdict?.ratePerHour ? rates(verdict) : 'no growth')),
    h('span', { class: left ? 'figure left' : 'figure none' }, left ? `${left.expected} left` : '–',
      h('span', { class: 'quiet' }, left ? left.range : 'no end in sight')),
    h('span', { class: 'why' }, target.notWatched ?? verdict?.why ?? ''));
}

function incident(one) {
  const left = one.status === 'open' && timeLeft(one.growth);
  return h('a', { class: `row incident ${one.status.replace(' ', '-')}`, href: `#/i/${one.id}`, 'data-key': one.id },
    badge(one.status),
    h('strong', {}, one.sentence),
    h('span', { class: 'quiet' }, left ? `${left.expected} left · ` : '', h('time', { datetime: one.detected }, `called ${when(one.detected)}`),
      one.lastedSeconds === undefined ? '' : `, lasted ${duration(one.lastedSeconds)}`));
}

export function summary(targets, incidents) {
  const watched = targets.filter(target => target.verdict);
  const number = kind => watched.filter(target => kindOf(target) === kind).length;
  const leaking = number('leaking');
  const unknown = number('unknown');
  const open = incidents.filter(one => one.status === 'open').length;
  const things = watched.length === 1 ? '1 target' : `${watched.length} targets`;
  if (leaking || open) {
    const leaks = leaking ? `${leaking === 1 ? 'One leak' : `${leaking} leaks`} among ${things}` : 'No target leaks now';
    return { state: 'trouble', count: leaking || open, words: open ? `${leaks}; ${open === 1 ? 'one incident is' : `${open} incidents are`} open.` : `${leaks}.` };
  }
  if (!watched.length) return { state: 'empty', words: 'Nothing to watch yet: no JVM of this user runs here.' };
  if (unknown === watched.length) return { state: 'empty', words: `No verdict yet on ${things}: the first takes some minutes.` };
  if (unknown) return { state: 'well', words: `All is well so far: ${watched.length - unknown} of ${things} do not leak, ${unknown} not known yet.` };
  return { state: 'well', words: `All is well: ${things} watched, none leaks.` };
}

// What the daemon itself takes, and what watching takes of all targets together.
function ownCost(own, cost) {
  if (!own) return null;
  const share = own.cpuShare === undefined ? null : h('span', {}, `${(100 * own.cpuShare).toFixed(1)} %`, h('span', { class: 'quiet' }, 'of one processor, lately'));
  return h('section', { class: 'panel own', 'data-key': 'own', 'aria-label': 'What Staunch itself takes' },
    h('h2', {}, 'What Staunch itself takes'),
    h('p', { class: 'figures' },
      h('span', {}, inUnit('bytes', own.residentBytes), h('span', { class: 'quiet' }, 'of memory')),
      spark(own.resident),
      share,
      h('span', {}, duration(own.runningSeconds), h('span', { class: 'quiet' }, 'running'))),
    cost ? h('p', { class: 'quiet' }, 'For being watched, all targets together stood still for ', shortTime(cost.addedPauseMillis), ' and spent ', shortTime(cost.targetCpuMillis), ' of processor time.') : null);
}

// There may be hundreds: a row is only built again when its target changed, or when it tells how long is left.
const rows = h('section', { class: 'rows', 'data-key': 'targets', 'data-own': '', 'aria-label': 'Targets' });

// As many as a screen has; whoever comes sees these before the rest is built.
const AT_FIRST = 12;
let latest = [];

function showRows(targets) {
  show(rows, [h('h2', {}, 'Targets'), targets.map(target => later(target.id, target.verdict?.exhaustion ? {} : target, () => row(target)))]);
}

function targetRows(targets) {
  latest = targets;
  const soon = !rows.hasChildNodes() && targets.length > AT_FIRST;
  showRows(soon ? targets.slice(0, AT_FIRST) : targets);
  if (soon) requestAnimationFrame(() => setTimeout(() => showRows(latest)));
  return rows;
}

export function overview({ targets, incidents, own, cost }) {
  const { state, words } = summary(targets, incidents);
  const open = incidents.filter(one => one.status === 'open');
  const past = incidents.filter(one => one.status !== 'open').slice(0, 20);
  return [
    h('h1', { class: `state ${state}`, 'data-key': 'state' },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, { trouble: '▲', well: '✓', empty: '…' }[state]), words),
    open.length ? h('section', { 'data-key': 'open', 'aria-label': 'Open incidents' }, open.map(incident)) : null,
    targets.length ? targetRows(targets) : null,
    past.length ? h('section', { 'data-key': 'past', 'aria-label': 'Past incidents' }, h('h2', {}, 'Past incidents'), past.map(incident)) : null,
    ownCost(own, cost),
  ];
}
