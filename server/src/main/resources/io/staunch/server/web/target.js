// One target: its verdict, its series with what happened marked in them, what its heap is made of.
import { chart, legendOf, stack } from '/chart.js';
import { h } from '/dom.js';
import { capital, clock, duration, inUnit, library, rate, rates, short, timeLeft } from '/figures.js';
import { badge, cost, culprit, fact, kindOf, panel, suspects, traits } from '/parts.js';

const FIRST = ['live set', 'live set: upper bound', 'heap used', 'redis used memory', 'sessions', 'connections in use', 'rss', 'native memory', 'metaspace', 'threads'];
const LOAD = ['requests per second', 'latency', 'error rate', 'cpu', 'processor time'];
const quantity = series => series.series.split(': ')[0];
const place = series => { const at = FIRST.indexOf(series.series); return at < 0 ? FIRST.length : at; };

// Releases of its service, and what was observed that is no mere reading.
function marksOf(target, releases) {
  const of = releases.filter(one => one.service === target.service).map(one => ({ at: one.at, kind: 'change', what: `release ${one.version}` }));
  const began = target.started ? [{ at: target.started, kind: 'change', what: `started${target.release ? `, release ${target.release}` : ''}` }] : [];
  const seen = (target.check?.evidence ?? []).map(each => ({ at: each.at, kind: 'found', what: each.statement.length > 90 ? `${each.statement.slice(0, 88)}…` : each.statement }));
  const verdict = target.verdict?.since ? [{ at: target.verdict.since, kind: 'found', what: 'the growth began' }] : [];
  return [...of, ...began, ...seen.slice(-6), ...verdict].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

// The parts of the heap, the biggest first, what has no series of its own last.
export function composition(history, by, wide, marks) {
  const prefix = `heap by ${by}: `;
  const rank = part => part.series.endsWith('all else') ? -1 : Math.max(...part.points.map(point => point[1]));
  const parts = history.filter(each => each.series.startsWith(prefix) && each.points.length).sort((a, b) => rank(b) - rank(a));
  if (!parts.length) return null;
  const label = part => part.series.slice(prefix.length);
  // The JDK's share is grey: what stands out is what somebody can mend.
  const grey = part => ['the JDK', 'all else'].includes(label(part));
  // There are seven colours: for those that rose most.
  const rise = part => Math.max(...part.points.map(point => point[1])) - part.points[0][1];
  const risen = parts.filter(part => !grey(part)).sort((a, b) => rise(b) - rise(a)).slice(0, 7);
  const coloured = parts.filter(part => risen.includes(part));
  const colour = i => `c${risen.includes(parts[i]) ? coloured.indexOf(parts[i]) : 7}`;
  return panel(`What the live heap is made of, by ${by === 'library' ? 'owning library' : 'type'}`, `by-${by}`,
    stack(`heap by ${by}`, parts, { width: wide, marks, colour }),
    h('table', { class: 'legend' }, h('tbody', {}, parts.map((part, i) => h('tr', {},
      h('td', {}, h('span', { class: `swatch ${colour(i)}`, 'aria-hidden': 'true' }), by === 'library' ? h('span', { title: label(part) }, library(label(part))) : h('code', { title: label(part) }, short(label(part)))),
      h('td', { class: 'number' }, inUnit('bytes', part.points.at(-1)[1])),
      h('td', { class: 'number quiet' }, change(part)))))));
}

function change(part) {
  const grown = part.points.at(-1)[1] - part.points[0][1];
  return Math.abs(grown) < 1024 ? 'as before' : `${grown > 0 ? '+' : '−'}${inUnit('bytes', Math.abs(grown))}`;
}

// Charts of one time scale, the load beside them.
export function charts(history, { wide, marks, verdict, first }) {
  const plotted = history.filter(series => series.points.length > 1 && !series.series.startsWith('heap by') && series.points.some(point => point[1] > 0));
  const times = plotted.flatMap(series => [series.points[0][0], series.points.at(-1)[0]]);
  const shared = [Math.min(...times), Math.max(...times)];
  const draw = series => h('figure', { 'data-key': series.series }, h('figcaption', {}, capital(series.series)),
    chart(series, { width: wide, marks, window: series.series === first ? undefined : shared, verdict: series.series === first ? verdict : null }));
  return plotted.filter(series => series.series !== first)
    .sort((a, b) => LOAD.includes(quantity(b)) - LOAD.includes(quantity(a)) || place(a) - place(b) || a.series.localeCompare(b.series)).map(draw);
}

export function target(one, { incidents, releases, width, narrow }) {
  const verdict = one.verdict;
  const kind = kindOf(one);
  const left = timeLeft(verdict);
  const check = one.check ?? {};
  const history = one.history ?? [];
  const marks = marksOf(one, releases);
  const grown = history.find(series => series.series === verdict?.series && series.points.length > 1) ?? history.find(series => series.series === one.floor?.series && series.points.length > 1);
  const incident = incidents.find(each => each.status === 'open' && each.service === one.service);
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')),
    h('h1', {}, one.service ?? one.name, ' ', badge(kind)),
    h('p', { class: 'verdict' }, one.notWatched ?? verdict?.why ?? ''),
    incident ? h('p', { class: 'advice' }, h('a', { href: `#/i/${incident.id}` }, incident.sentence, ' Open the incident →')) : null,
    verdict ? h('div', { class: 'facts', 'data-key': 'facts' },
      fact('Time left', left ? left.expected : 'no end in sight', left?.range ?? '', left ? 'bad' : ''),
      fact('Growth', verdict.ratePerHour ? `+${rate(verdict.unit, verdict.ratePerHour)}` : 'none', verdict.ratePerHour ? rates(verdict) : `${verdict.series ?? ''}`),
      fact('Since', verdict.since ? clock(verdict.since) : '–', verdict.confidence ? `confidence ${(100 * verdict.confidence).toFixed(1)} %` : `watched for ${duration(one.watchedSeconds ?? 0)}`)) : null,
    check.advice ? h('p', { class: 'advice' }, check.advice) : null,
    h('p', { class: 'quiet' }, [one.release && `release ${one.release}`, ...traits(one), one.collector,
      one.watchedSeconds !== undefined && `watched for ${duration(one.watchedSeconds)}`].filter(Boolean).join(' · ')),
    grown ? panel(`${capital(grown.series)} and where it is going`, 'grown', chart(grown, { width, marks, verdict }), legendOf(marks)) : null,
    h('div', { class: 'parts', 'data-key': 'parts' },
      composition(history, 'library', narrow, marks),
      composition(history, 'type', narrow, marks),
      panel('What piles up, and who holds it', 'culprit', culprit(check.culprit)),
      panel('Suspects', 'suspects', suspects(check.suspects)),
      panel('What watching cost', 'cost', cost(check.cost))),
    h('section', { class: 'charts', 'data-key': 'charts', 'aria-label': 'Series' }, h('h2', {}, 'All series'), charts(history, { wide: narrow, marks, first: grown?.series })),
  ];
}
