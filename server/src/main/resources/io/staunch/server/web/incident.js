// One incident: what it is in one sentence, how long is left, what to do, and how one came to know.
import { chart, legendOf } from '/chart.js';
import { h } from '/dom.js';
import { capital, clock, duration, rate, rates, timeLeft, when } from '/figures.js';
import { badge, cost, culprit, fact, panel, suspects } from '/parts.js';
import { charts, composition } from '/target.js';

const SIGNS = { change: '◇', signal: '▲', evidence: '·', hypothesis: '?', cleared: '○', cause: '●', advice: '→', act: '■', effect: '✓', closed: '▪' };
const BESIDE = ['requests per second', 'latency', 'error rate', 'sessions', 'connections in use', 'redis used memory', 'rss', 'threads', 'live set', 'heap used'];

// `code` between backticks.
const marked = sentence => sentence.split('`').map((part, i) => i % 2 ? h('code', {}, part) : part);

// When the limit is reached at the ends of the rate's interval, from where the series stands.
function ends({ growth, history }) {
  const grown = history.find(series => series.series === growth.series);
  if (!grown?.limit || !(growth.rateLow > 0)) return {};
  const [at, value] = grown.points.at(-1);
  const end = perHour => new Date((at + ((grown.limit - value) / perHour) * 3600) * 1000).toISOString();
  return { exhaustionEarliest: end(growth.rateHigh), exhaustionLatest: end(growth.rateLow) };
}

function clockPart(one) {
  const growth = one.growth;
  if (one.status !== 'open') return fact('Lasted', one.lastedSeconds === undefined ? '–' : duration(one.lastedSeconds), one.recovered ? `ended ${clock(one.recovered)}, seen by the effect check` : 'its end was not seen');
  const left = timeLeft({ ...growth, ...ends(one) });
  return left ? fact('Time left', left.expected, left.range ?? `until ${clock(growth.exhaustion)}`, 'bad') : fact('Time left', 'no end in sight', 'no limit is known');
}

// What holds everything back, and how to let it go on.
function killSwitch({ thrown, by }, ask) {
  return h('p', { class: thrown ? 'refused' : 'quiet' }, thrown ? `All acts are switched off, by ${by}. ` : 'An act is done only within its guard rails. ',
    h('button', { class: 'small', onclick: () => ask(thrown) }, thrown ? 'Let acts go on' : 'Stop all acts'));
}

function acts(one, { acts: duty, ask, askSwitch }) {
  const open = one.status === 'open';
  const offered = open && !duty?.killSwitch.thrown ? (duty?.acts ?? []).filter(act => act.incident === one.id && !one.attempts.some(tried => tried.order === act.order)) : [];
  const advice = open && one.timeline.findLast(entry => entry.kind === 'advice');
  const tried = one.attempts.map(attempt => h('li', { class: attempt.effect?.replaceAll(' ', '-') ?? 'open' },
    h('strong', {}, capital(attempt.order)), ` · ${clock(attempt.at)}, agreed by ${attempt.agreedBy}. ${attempt.outcome} `,
    h('span', { class: 'effect' }, { helped: '✓ It ended the growth.', 'did not help': '✗ It did not end the growth.', 'too early': '… Too early to say whether it helped.' }[attempt.effect] ?? '… The effect is not known yet.')));
  return panel(open ? 'What to do' : 'What was done', 'acts',
    advice ? h('p', { class: 'advice' }, advice.sentence) : null,
    advice && advice.evidence.length ? h('ul', { class: 'refusals' }, advice.evidence.map(sentence => h('li', {}, sentence))) : null,
    offered.length ? h('p', { class: 'buttons' }, offered.map(remedy => h('button', { class: 'act', 'data-key': remedy.act + remedy.to, onclick: () => ask(one, remedy) }, capital(remedy.order)))) : null,
    open && duty ? killSwitch(duty.killSwitch, askSwitch) : null,
    tried.length ? h('ul', { class: 'tried' }, tried) : null,
    open ? h('p', {}, h('a', { href: `/playbook/${one.playbook}` }, 'The playbook for this kind of leak')) : null,
    !advice && !offered.length && !tried.length ? h('p', { class: 'quiet' }, one.culprit ? 'Nothing was done against it through Staunch.' : 'Nothing yet: the cause is being looked for.') : null);
}

function timeline(one) {
  const open = one.status === 'open';
  const entries = open ? [...one.timeline].reverse() : one.timeline;
  return panel(open ? 'Timeline, the latest first' : 'Timeline', 'timeline', h('ol', { class: 'timeline' }, entries.map(entry => h('li', { class: `is-${entry.kind}` },
    h('time', { datetime: entry.at }, clock(entry.at)),
    h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[entry.kind]),
    entry.evidence.length
      ? h('details', { 'data-key': entry.at + entry.sentence }, h('summary', {}, marked(entry.sentence)), h('ul', {}, entry.evidence.map(line => h('li', {}, marked(line)))))
      : h('span', {}, marked(entry.sentence))))));
}

function postmortem(one, copy) {
  const at = `/api/v1/incidents/${one.id}/postmortem`;
  return panel('Postmortem', 'postmortem',
    h('p', {}, one.status === 'open' ? 'Drawn from the record as it stands; it is finished when the incident is closed.' : 'Drawn from the record, ready to be published.'),
    h('p', { class: 'buttons' },
      h('button', { onclick: event => copy(`${at}?format=md`, event.currentTarget) }, 'Copy as Markdown'),
      h('a', { class: 'button', href: `${at}?format=html` }, 'Open as a page'),
      h('a', { class: 'button', href: `${at}?format=csv` }, 'Timeline as CSV')));
}

export function incident(one, shared) {
  const { width, narrow, copy } = shared;
  const { growth, history } = one;
  const marks = one.marks;
  const grown = history.find(series => series.series === growth.series);
  const lead = one.pilesUp && history.find(series => series.series === `heap by type: ${one.pilesUp}`);
  const verdict = one.status === 'open' ? { ...growth, kind: 'leaking' } : null;
  const beside = history.filter(series => BESIDE.includes(series.series) && series.points.some(point => point[1] > 0));
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')),
    h('p', { class: 'quiet' }, badge(one.status), ` ${one.id} · called ${when(one.detected)}`),
    h('h1', { class: 'sentence' }, one.sentence),
    h('div', { class: 'facts', 'data-key': 'facts' },
      clockPart(one),
      fact('Growth', `+${rate(growth.unit, growth.ratePerHour)}`, rates(growth)),
      fact('Cause', one.causeNamed ? (one.release ? `release ${one.release}` : 'named') : 'not known yet', one.causeNamed ? `named ${duration((Date.parse(one.causeNamed) - Date.parse(one.detected)) / 1000)} after the call` : 'being looked for'),
      one.impact?.usersHitPercent !== undefined ? fact('Users hit', `${one.impact.usersHitPercent.toFixed(1)} %`, one.impact.checkoutsLost === undefined ? '' : `${one.impact.checkoutsLost} checkouts lost`) : null),
    acts(one, shared),
    grown || lead ? panel(capital((grown ?? lead).series), 'grown', chart(grown ?? lead, { width, marks, verdict }), legendOf(marks)) : null,
    h('div', { class: 'parts', 'data-key': 'parts' },
      panel('What piles up, and who holds it', 'culprit', one.culprit ? culprit(one.culprit) : h('p', { class: 'quiet' }, 'Not known yet.')),
      panel('Suspects', 'suspects', suspects(one.suspects)),
      composition(history, 'library', narrow, marks),
      composition(history, 'type', narrow, marks),
      timeline(one),
      h('div', { class: 'column', 'data-key': 'column' }, postmortem(one, copy), panel('What watching cost', 'cost', cost(one.cost)))),
    beside.length ? h('section', { class: 'charts', 'data-key': 'charts', 'aria-label': 'Series beside it' }, h('h2', {}, 'Beside it'), charts(beside, { wide: narrow, marks, first: grown?.series })) : null,
  ];
}
