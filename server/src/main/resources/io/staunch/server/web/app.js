// The page: routes, live events and what the pages share. Everything is drawn from /api/v1.
import { h, show } from '/dom.js';
import { capital } from '/figures.js';
import { heap, heaps } from '/heap.js';
import { incident } from '/incident.js';
import { changed, listen } from '/live.js';
import { overview, summary } from '/overview.js';
import { target } from '/target.js';

const main = document.getElementById('main');
const says = document.getElementById('summary');
const connection = document.getElementById('connection');
const warnings = document.getElementById('warnings');
const notice = document.getElementById('notice');

const known = { targets: [], incidents: [], releases: [], acts: null, own: null, cost: null, warnings: new Map(), heard: false };
let detail = null;
let asked = 0;

const ROUTE = /^#\/([tih])(?:\/([\w.-]+))?(?:\/([\w.-]+))?$/;
const WHERE = { t: 'targets', i: 'incidents', h: 'heaps' };
const path = () => location.hash.match(ROUTE);
const json = address => fetch(address).then(answer => answer.ok ? answer.json() : answer.status === 404 ? { gone: true } : null).catch(() => null);

// Asking for them lays out the page as it stands: not before the first drawing, which has no use for them.
function sizes() {
  const inside = main.clientWidth - 2 * parseFloat(getComputedStyle(main).paddingLeft);
  const narrow = inside > 860 ? (inside - 14) / 2 : inside;
  const padded = wide => Math.max(240, Math.floor(wide - (innerWidth > 760 ? 34 : 26)));
  return { width: padded(inside), narrow: padded(narrow) };
}

function draw() {
  const { state, count, words } = summary(known.targets, known.incidents);
  document.body.dataset.state = state;
  document.title = count ? `▲ ${count} · Staunch` : 'Staunch';
  const to = path();
  says.textContent = to && known.heard ? words : '';
  const found = detail?.of === location.hash ? detail.found : null;
  if (!to) show(main, known.heard ? overview(known) : [h('p', { class: 'quiet' }, 'Looking for targets…')]);
  else if (!found) show(main, [h('p', { class: 'quiet' }, 'Loading…')]);
  else if (found.gone) show(main, [h('p', { class: 'crumb' }, h('a', { href: '#/' }, '← all targets')), h('h1', {}, { t: 'This target has ended.', i: 'No such incident.', h: 'No such heap dump.' }[to[1]])]);
  else if (to[1] === 'h') show(main, to[2] ? heap(found, found.older) : heaps(found));
  else show(main, (to[1] === 't' ? target : incident)(found, { ...known, ...sizes(), ask, askSwitch, copy }));
}

// The answer to an older question never replaces that to a newer one.
async function refresh() {
  const to = path();
  if (to) {
    const question = ++asked;
    const of = location.hash;
    // A heap's summary never changes.
    if (to[1] === 'h' && to[2] && detail?.of === of) return;
    const [found, older, releases] = await Promise.all([
      json(`/api/v1/${WHERE[to[1]]}${to[2] ? `/${to[2]}` : ''}`),
      to[3] ? json(`/api/v1/heaps/${to[3]}`) : null,
      to[1] === 't' ? json('/api/v1/releases') : null]);
    if (!found) return;
    const acts = found.acting ? await json('/api/v1/acts') : null;
    if (question !== asked) return;
    known.acts = acts;
    if (releases) known.releases = releases.releases ?? [];
    detail = { of, found: older ? { ...found, older } : found };
  }
  draw();
}

function route() {
  asked++;
  detail = null;
  main.replaceChildren();
  draw();
  refresh();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

// Whether what a detail shows may be different now; a heap's summary and an incident that is over never are.
function concerns(change, [, kind, id]) {
  if (kind === 't') return change.order || change.targets.some(target => target.id === id);
  return kind === 'h' ? !id : known.incidents.some(one => one.id === id && one.status === 'open');
}

function warn(name, lines) {
  if (!lines) return;
  known.warnings.set(name, lines);
  warnings.replaceChildren(...[...known.warnings.values()].flat().map(line => h('span', {}, line)));
}

const KEEP = {
  targets({ targets, own, cost }) { Object.assign(known, { targets, own, cost }); },
  // The second of a pair: after it all is known.
  incidents({ incidents }) {
    Object.assign(known, { incidents, heard: true });
    if (path()) refresh();
    else draw();
  },
  changes(change) {
    Object.assign(known, changed(known, change));
    if (path() && concerns(change, path())) refresh();
    else draw();
  },
};

function told(name, data) {
  connection.textContent = '';
  warn(name === 'changes' ? 'targets' : name, data.warnings);
  KEEP[name](data);
}

function tell(words) {
  notice.textContent = words;
  setTimeout(() => { if (notice.textContent === words) notice.textContent = ''; }, 8000);
}

async function copy(address, button) {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(await (await fetch(address)).text());
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'The browser does not let it be copied';
  }
  setTimeout(() => { button.textContent = words; }, 3000);
}

// Something is done only after it was read once more and confirmed.
function confirm(order, words, yes) {
  const dialog = document.getElementById('confirm');
  const agree = event => {
    event.preventDefault();
    dialog.close();
    yes();
  };
  dialog.replaceChildren(h('form', { method: 'dialog', onsubmit: agree },
    h('h2', { id: 'confirm-title' }, 'Do this now?'),
    h('p', { class: 'order' }, order),
    h('p', { class: 'quiet' }, words),
    h('p', { class: 'buttons' },
      h('button', { type: 'button', onclick: () => dialog.close() }, 'No, leave it'),
      h('button', { class: 'act' }, 'Yes, do it'))));
  dialog.showModal();
}

async function send(method, address, body, done) {
  const answer = await fetch(address, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).catch(() => null);
  const said = answer && await answer.json().catch(() => ({}));
  tell(answer?.ok ? done : `Not done: ${said?.error ?? 'the daemon did not answer'}`);
  refresh();
}

function ask(one, remedy) {
  confirm(`${capital(remedy.order)}.`,
    'The guard rails are asked once more before it is done, the audit log gets a line, and its effect is checked: if it does not end the growth, that is said, and the next act is looked for.',
    () => send('POST', `/api/v1/incidents/${one.id}/acts`, { act: remedy.act, to: remedy.to }, `Agreed: ${remedy.order}. Its effect will be checked.`));
}

function askSwitch(thrown) {
  confirm(thrown ? 'Let acts go on.' : 'Stop all acts.',
    thrown ? 'What the guard rails allow may be done again, by itself where the configuration says so.' : 'Nothing is rolled back, restarted or deployed by Staunch any more, for no service, until somebody lets acts go on.',
    () => send(thrown ? 'DELETE' : 'POST', '/api/v1/kill-switch', {}, thrown ? 'Acts may go on.' : 'All acts are stopped.'));
}

addEventListener('hashchange', route);
addEventListener('resize', draw);
addEventListener('keydown', event => {
  if (event.key === 'Escape' && path() && !event.defaultPrevented && !document.getElementById('confirm').open) location.hash = '#/';
});
listen(told, () => { connection.textContent = 'Connection lost, trying again…'; });
