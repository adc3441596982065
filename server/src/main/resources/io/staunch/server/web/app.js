// The page: an overview of all targets and one page for each. Everything is drawn from /api/v1; text goes in as text,
// never as markup.
import { bytes, clock, count, duration, inUnit, rate, shortTime } from '/figures.js';

const KINDS = {
  leaking: { sign: '▲', word: 'leaking' },
  growing: { sign: '◆', word: 'growing' },
  unknown: { sign: '?', word: 'not known yet' },
  steady: { sign: '✓', word: 'steady' },
  unwatched: { sign: '–', word: 'not watched' },
};
const FINDINGS = ['implicated', 'inconclusive', 'cleared', 'not measured'];
const CHARTS_FIRST = ['live set', 'live set: upper bound', 'heap used', 'rss', 'native memory', 'metaspace', 'threads'];

const main = document.getElementById('main');
const summary = document.getElementById('summary');
const connection = document.getElementById('connection');
const warnings = document.getElementById('warnings');

let latest = null;
let shown = null;

function h(tag, attributes, ...children) {
  const svg = ['svg', 'polyline', 'line', 'title'].includes(tag);
  const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null));
  return node;
}

const kindOf = target => target.verdict?.kind ?? 'unwatched';

// What a target is, by its kind.
const what = ({ kind, pid, name, instance, runtime, dialect }) => {
  const where = pid !== undefined ? `pid ${pid}` : name.includes(instance) ? '' : instance;
  switch (kind) {
    case 'jvm': return [where, runtime && `Java ${runtime}`];
    case 'redis': return [where, runtime && `Redis ${runtime}`];
    case 'process': return [where, 'process'];
    default: return [where, 'from its metrics', dialect];
  }
};

function badge(kind) {
  return h('span', { class: `badge ${kind}` }, h('span', { 'aria-hidden': 'true' }, KINDS[kind].sign), ' ', KINDS[kind].word);
}

function timeLeft(verdict) {
  if (!verdict?.exhaustion) return null;
  const seconds = (Date.parse(verdict.exhaustion) - Date.now()) / 1000;
  const earliest = (Date.parse(verdict.exhaustionEarliest) - Date.now()) / 1000;
  return { expected: duration(seconds), earliest: duration(earliest) };
}

function say(targets) {
  const watched = targets.filter(target => target.verdict);
  const number = kind => watched.filter(target => kindOf(target) === kind).length;
  const leaking = number('leaking');
  const unknown = number('unknown');
  const things = watched.length === 1 ? '1 target' : `${watched.length} targets`;
  document.body.dataset.state = leaking ? 'trouble' : watched.length > unknown ? 'well' : 'empty';
  document.title = leaking ? `▲ ${leaking} · Staunch` : 'Staunch';
  if (!watched.length) summary.textContent = 'Nothing to watch yet: no JVM of this user runs here.';
  else if (leaking) summary.textContent = `${leaking === 1 ? 'One leak' : `${leaking} leaks`} among ${things}.`;
  else if (unknown === watched.length) summary.textContent = `No verdict yet on ${things}.`;
  else if (unknown) summary.textContent = `All is well so far: ${watched.length - unknown} of ${things} do not leak, ${unknown} not known yet.`;
  else summary.textContent = `All is well: ${things} watched, none leaks.`;
}

function spark(floor) {
  const width = 160;
  const height = 36;
  const points = floor?.points ?? [];
  if (points.length < 2) return h('span', { class: 'spark none' }, 'no figures yet');
  const from = points[0][0];
  const span = points[points.length - 1][0] - from || 1;
  const top = Math.max(...points.map(point => point[1])) * 1.1 || 1;
  const line = points.map(([at, value]) =>
    `${(((at - from) / span) * width).toFixed(1)},${(height - (value / top) * height).toFixed(1)}`).join(' ');
  return h('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' },
    h('title', {}, `${floor.series} over ${duration(span)}`), h('polyline', { points: line }));
}

function row(target) {
  const verdict = target.verdict;
  const last = target.floor?.points.at(-1)?.[1];
  const left = timeLeft(verdict);
  return h('a', { class: `row ${kindOf(target)}`, href: `#/t/${target.id}` },
    h('span', { class: 'who' },
      h('strong', {}, target.name),
      h('span', { class: 'quiet' }, [target.release, ...what(target)].filter(Boolean).join(' · '))),
    badge(kindOf(target)),
    spark(target.floor),
    h('span', { class: 'figure' }, last === undefined ? '' : inUnit(target.floor.unit, last),
      h('span', { class: 'quiet' }, target.floor?.series ?? '')),
    h('span', { class: 'figure' }, verdict?.ratePerHour ? `+${rate(verdict.unit, verdict.ratePerHour)}` : '',
      h('span', { class: 'quiet' }, left ? `${left.expected} left` : '')),
    h('span', { class: 'why' }, target.notWatched ?? verdict?.why ?? ''));
}

function drawOverview() {
  if (shown?.id) shown.end();
  shown = { id: null, end() {} };
  main.replaceChildren(
    h('h1', { class: 'hidden' }, 'Targets'),
    h('section', { class: 'rows' }, (latest?.targets ?? []).map(row)));
}

function facts(title, content, key) {
  return content ? h('section', { class: 'panel', 'data-part': key }, h('h2', {}, title), content) : null;
}

function headline(target) {
  const verdict = target.verdict;
  const left = timeLeft(verdict);
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')),
    h('h1', {}, target.name, ' ', badge(kindOf(target))),
    h('p', { class: 'verdict' }, target.notWatched ?? verdict?.why ?? ''),
    verdict?.ratePerHour ? h('p', { class: 'big' }, `+${rate(verdict.unit, verdict.ratePerHour)}`,
      h('span', { class: 'quiet' }, ` (${rate(verdict.unit, verdict.rateLow)} to ${rate(verdict.unit, verdict.rateHigh)})`)) : null,
    left ? h('p', { class: 'big' }, `${left.expected} left`, h('span', { class: 'quiet' }, ` (not before ${left.earliest})`)) : null,
    target.check?.advice ? h('p', { class: 'advice' }, target.check.advice) : null,
    h('p', { class: 'quiet' }, [target.release && `release ${target.release}`, ...what(target), target.collector, target.watchedSeconds !== undefined && `watched for ${duration(target.watchedSeconds)}`]
      .filter(Boolean).join(' · ')),
  ];
}

function culprit(found) {
  if (!found) return null;
  return h('dl', {},
    h('dt', {}, 'piles up'),
    (found.accumulating ?? []).slice(0, 5).map(type => h('dd', {}, h('code', {}, type.type),
      h('span', { class: 'quiet' }, ` +${count(type.instancesPerHour)} and ${bytes(type.bytesPerHour)} an hour`))),
    found.holder ? [h('dt', {}, 'held by'), h('dd', {}, h('ol', { class: 'chain' },
      found.holder.map(step => h('li', {}, h('code', {}, step)))))] : null,
    found.allocatedAt ? [h('dt', {}, 'allocated at'), found.allocatedAt.slice(0, 6).map(frame => h('dd', {}, h('code', {}, frame)))] : null,
    found.library ? [h('dt', {}, 'owned by'), h('dd', {}, h('code', {}, found.library))] : null);
}

function suspects(list) {
  if (!list?.length) return null;
  const sorted = [...list].sort((a, b) => FINDINGS.indexOf(a.finding) - FINDINGS.indexOf(b.finding));
  return h('ul', { class: 'suspects' }, sorted.map(suspect => h('li', { class: suspect.finding.replace(' ', '-') },
    h('span', { class: 'finding' }, suspect.finding), h('strong', {}, suspect.suspect),
    h('span', { class: 'evidence' }, (suspect.evidence ?? []).join('; ')))));
}

function evidence(list) {
  if (!list?.length) return null;
  return h('ol', { class: 'timeline' }, list.slice(-30).reverse().map(seen =>
    h('li', {}, h('time', { datetime: seen.at }, clock(seen.at)), h('span', {}, seen.statement))));
}

function cost(figures) {
  return figures ? h('p', {}, `The target stood still for ${shortTime(figures.addedPauseMillis)} in all and spent ` +
    `${shortTime(figures.targetCpuMillis)} of processor time on being watched.`) : null;
}

// A canvas knows no custom properties: what the theme makes of one.
function colour(name) {
  const probe = h('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const POWERS_OF_TWO = Array.from({ length: 50 }, (_, power) => 2 ** power);
const HEIGHT = 180;

function chart(series, width) {
  const unit = series.unit;
  const high = Math.max(...series.points.map(point => point[1]));
  const withLimit = series.limit > 0 && series.limit < high * 4;
  const shown = (_, value) => value === null || value === undefined ? '' : inUnit(unit, value);
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
  const lines = [{ value: (_, at) => at ? clock(at * 1000) : '' },
    { label: series.series, stroke: colour('--steady'), width: 1.5, points: { show: false }, value: shown }];
  if (withLimit) lines.push({ label: 'limit', stroke: colour('--leaking'), dash: [6, 4], points: { show: false }, value: shown });
  return {
    options: {
      width, height: HEIGHT, series: lines,
      scales: { y: { range: (_, low, up) => [0, up * 1.05 || 1] } },
      axes: [
        { ...axis, space: 70, values: (_, ticks) => ticks.map(tick => clock(tick * 1000)) },
        { ...axis, size: 76, incrs: unit === 'bytes' ? POWERS_OF_TWO : undefined, values: (_, ticks) => ticks.map(tick => inUnit(unit, tick)) },
      ],
    },
    data: columns(series, withLimit),
  };
}

function columns(series, withLimit) {
  const data = [series.points.map(point => point[0]), series.points.map(point => point[1])];
  if (withLimit) data.push(series.points.map(() => series.limit));
  return data;
}

const inside = box => Math.max(200, box.clientWidth - 32);

class TargetPage {
  constructor(id) {
    this.id = id;
    this.plots = new Map();
    this.head = h('div', { class: 'head' });
    this.parts = h('div', { class: 'parts' });
    this.charts = h('section', { class: 'charts', 'aria-label': 'series' });
    main.replaceChildren(this.head, this.parts, this.charts);
    this.sizes = new ResizeObserver(entries => entries.forEach(({ target }) => {
      const plot = this.plots.get(target.dataset.series)?.plot;
      if (plot && plot.width !== inside(target)) plot.setSize({ width: inside(target), height: HEIGHT });
    }));
    this.refresh();
  }

  async refresh() {
    const answer = await fetch(`/api/v1/targets/${this.id}`).catch(() => null);
    if (shown !== this || !answer) return;
    if (answer.status === 404) {
      this.head.replaceChildren(h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')),
        h('p', { class: 'verdict' }, 'This target has ended.'));
      return;
    }
    this.draw(await answer.json());
  }

  draw(target) {
    this.head.replaceChildren(...headline(target).filter(Boolean));
    const check = target.check ?? {};
    this.parts.replaceChildren(...[
      facts('Culprit', culprit(check.culprit), 'culprit'),
      facts('Suspects', suspects(check.suspects), 'suspects'),
      facts('What was seen', evidence(check.evidence), 'evidence'),
      facts('What watching cost', cost(check.cost), 'cost'),
    ].filter(Boolean));
    const place = name => CHARTS_FIRST.includes(name) ? CHARTS_FIRST.indexOf(name) : CHARTS_FIRST.length;
    for (const series of [...(target.history ?? [])].sort((a, b) => place(a.series) - place(b.series))) this.plot(series);
  }

  plot(series) {
    if (series.points.length < 2) return;
    const known = this.plots.get(series.series);
    if (known) {
      known.plot.setData(columns(series, known.plot.series.length > 2));
      return;
    }
    const box = h('figure', { 'data-series': series.series }, h('figcaption', {}, series.series));
    this.charts.append(box);
    this.sizes.observe(box);
    const { options, data } = chart(series, inside(box));
    this.plots.set(series.series, { plot: new uPlot(options, data, box), box });
  }

  end() {
    this.sizes.disconnect();
    this.plots.forEach(({ plot }) => plot.destroy());
  }
}

function route() {
  const match = location.hash.match(/^#\/t\/([\w-]+)$/);
  if (!match) {
    drawOverview();
    return;
  }
  if (shown?.id === match[1]) return;
  shown?.end();
  shown = new TargetPage(match[1]);
  scrollTo(0, 0);
}

function listen() {
  const events = new EventSource('/api/v1/events');
  events.addEventListener('targets', event => {
    latest = JSON.parse(event.data);
    connection.textContent = '';
    say(latest.targets);
    warnings.replaceChildren(...(latest.warnings ?? []).map(line => h('span', {}, line)));
    if (shown?.id) shown.refresh();
    else keepFocus(drawOverview);
  });
  events.onerror = () => { connection.textContent = 'Connection lost, trying again…'; };
}

// Redrawing must not take the keyboard's place away.
function keepFocus(draw) {
  const place = document.activeElement?.getAttribute?.('href');
  draw();
  if (place?.startsWith('#/t/')) document.querySelector(`a[href="${place}"]`)?.focus({ preventScroll: true });
}

addEventListener('hashchange', route);
addEventListener('keydown', event => { if (event.key === 'Escape' && shown?.id) location.hash = '#/'; });
shown = null;
route();
listen();
