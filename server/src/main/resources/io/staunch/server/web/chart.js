// Drawings of series over time, as SVG: their colours follow the theme, their figures can be read with the pointer and
// with the arrow keys.
import { capital, clock, day, duration, hour, inUnit } from '/figures.js';
import { h } from '/dom.js';

const HEIGHT = 200;
const LEFT = 68;
const RIGHT = 10;
const TOP = 30;
const BOTTOM = 24;
const LEVELS = 4;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

const fixed = value => Math.round(value * 10) / 10;

// The next value that divides well into the levels.
function roundUp(unit, value) {
  if (value <= 0) return 1;
  if (unit === 'ratio' && value > 0.8 && value < 1.05) return 1;
  const base = unit === 'bytes' ? 2 : 10;
  const power = base ** Math.floor(Math.log(value) / Math.log(base));
  const steps = base === 2 ? [1, 1.25, 1.5, 1.75, 2] : [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10];
  return (steps.find(step => step * power >= value) ?? 1) * power;
}

function timeTicks(from, to, most) {
  const step = STEPS.find(each => (to - from) / each <= most) ?? STEPS.at(-1);
  const offset = new Date(from * 1000).getTimezoneOffset() * 60;
  const ticks = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) {
    ticks.push([at, (step < 60 ? clock : step < 86400 ? hour : day)(at * 1000)]);
  }
  return ticks;
}

// Places for times and values, and the grid behind them.
function frame(unit, from, to, top, width) {
  const x = at => fixed(LEFT + ((at - from) / (to - from || 1)) * (width - LEFT - RIGHT));
  const y = value => fixed(HEIGHT - BOTTOM - (Math.min(value, top) / top) * (HEIGHT - TOP - BOTTOM));
  const grid = [];
  for (let level = 0; level <= LEVELS; level++) {
    const value = (top * level) / LEVELS;
    grid.push(h('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
      h('text', { class: 'tick', x: LEFT - 8, y: y(value) + 4, 'text-anchor': 'end' }, inUnit(unit, value)));
  }
  for (const [at, label] of timeTicks(from, to, Math.max(2, Math.floor((width - LEFT) / 84)))) {
    if (x(at) > LEFT + 14 && x(at) < width - 22) grid.push(h('text', { class: 'tick', x: x(at), y: HEIGHT - 6, 'text-anchor': 'middle' }, label));
  }
  return { x, y, grid };
}

// What happened: a line each with its number above; where two would cover each other, the later moves to the right.
function flags(marks, x, from, to) {
  let free = 0;
  return marks.map((mark, i) => {
    const at = Date.parse(mark.at) / 1000;
    if (at < from || at > to) return null;
    const place = Math.max(x(at), free);
    free = place + 17;
    return h('g', { class: `mark ${mark.kind}` },
      h('title', {}, `${clock(mark.at)} ${mark.what}`),
      h('line', { x1: x(at), x2: x(at), y1: TOP - 4, y2: HEIGHT - BOTTOM }),
      h('line', { x1: x(at), x2: place, y1: TOP - 4, y2: TOP - 8 }),
      h('circle', { cx: place, cy: TOP - 15, r: 8 }),
      h('text', { x: place, y: TOP - 11, 'text-anchor': 'middle' }, String(i + 1)));
  });
}

export function legendOf(marks) {
  return marks.length ? h('ol', { class: 'marks' }, marks.map((mark, i) => h('li', { class: mark.kind },
    h('span', { class: 'number' }, String(i + 1)), h('time', { datetime: mark.at }, clock(mark.at)), ' ', mark.what))) : null;
}

const line = (points, x, y) => points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ');

// Between two processes of a service nothing is drawn: parts with gaps far longer than usual between them.
function lives(points) {
  const gaps = points.slice(1).map(([at], i) => at - points[i][0]);
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  const parts = [[points[0]]];
  gaps.forEach((gap, i) => {
    if (gap > 12 * usual) parts.push([]);
    parts.at(-1).push(points[i + 1]);
  });
  return parts;
}

// A straight line through the middle of what was seen since the growth began, and the range of its slopes, on towards
// the end that is expected.
function trend(verdict, points, to) {
  const since = Date.parse(verdict.since) / 1000;
  const seen = points.filter(([at]) => at >= since);
  if (seen.length < 3) return null;
  const mean = column => seen.reduce((sum, point) => sum + point[column], 0) / seen.length;
  const at = mean(0);
  const value = mean(1);
  const on = (slope, time) => Math.max(0, value + (slope / 3600) * (time - at));
  return { since, to, on, slopes: [verdict.ratePerHour, verdict.rateLow, verdict.rateHigh] };
}

function trendShapes(found, x, y) {
  if (!found) return [];
  const { since, to, on, slopes: [middle, low, high] } = found;
  const corner = (slope, time) => `${x(time)},${y(on(slope, time))}`;
  return [
    h('polygon', { class: 'interval', points: [corner(low, since), corner(low, to), corner(high, to), corner(high, since)].join(' ') }),
    h('polyline', { class: 'trend', points: `${corner(middle, since)} ${corner(middle, to)}` }),
  ];
}

// How far ahead a forecast is drawn: at most half of what was seen.
function horizon(verdict, from, to) {
  if (!verdict?.exhaustion) return to;
  return Math.min(Math.max(to, Date.parse(verdict.exhaustion) / 1000), to + (to - from) / 2);
}

// One series. `verdict` draws its trend; `window` has the times that several charts share.
export function chart(series, { width, marks = [], verdict, window: shared }) {
  const { unit, points } = series;
  const [from, last] = shared ?? [points[0][0], points.at(-1)[0]];
  const judged = verdict?.kind === 'leaking' ? verdict : null;
  const to = judged ? horizon(judged, from, last) : last;
  const highest = Math.max(...points.map(point => point[1]));
  const found = judged && trend(judged, points, to);
  const reach = Math.max(highest, found ? found.on(found.slopes[0], to) : 0) * 1.04;
  const limited = series.limit > 0 && series.limit < reach * 2.5;
  const top = roundUp(unit, limited ? Math.max(reach, series.limit * 1.02) : reach);
  const { x, y, grid } = frame(unit, from, to, top, width);
  const says = `${capital(series.series)}: ${inUnit(unit, points[0][1])} at ${clock(points[0][0] * 1000)}, ${inUnit(unit, points.at(-1)[1])} at ${clock(points.at(-1)[0] * 1000)}, at most ${inUnit(unit, highest)}`;
  const svg = h('svg', { class: 'plot', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': says },
    grid,
    limited ? h('line', { class: 'limit', x1: LEFT, x2: width - RIGHT, y1: y(series.limit), y2: y(series.limit) }) : null,
    limited ? h('text', { class: 'limit', x: LEFT + 4, y: y(series.limit) + 14 }, `limit ${inUnit(unit, series.limit)}`) : null,
    trendShapes(found, x, y),
    to > last ? h('line', { class: 'now', x1: x(last), x2: x(last), y1: TOP - 4, y2: HEIGHT - BOTTOM }) : null,
    flags(marks, x, from, to),
    lives(points).map(part => h('polyline', { class: 'course', points: line(part, x, y) })));
  return read(series.series, svg, points, x, y, value => inUnit(unit, value));
}

// Parts that make a whole over time, one above the other, the biggest at the bottom.
export function stack(title, parts, { width, marks = [], colour = i => `c${i}` }) {
  const times = [...new Set(parts.flatMap(part => part.points.map(point => point[0])))].sort((a, b) => a - b);
  const columns = parts.map(part => {
    const known = new Map(part.points);
    return times.map(at => known.get(at) ?? 0);
  });
  const totals = times.map((_, i) => columns.reduce((sum, column) => sum + column[i], 0));
  const [from, to] = [times[0], times.at(-1)];
  const { x, y, grid } = frame('bytes', from, to, roundUp('bytes', Math.max(...totals) * 1.02), width);
  const below = times.map(() => 0);
  const areas = columns.map((column, i) => {
    const lower = times.map((at, t) => `${x(at)},${y(below[t])}`).reverse();
    column.forEach((value, t) => { below[t] += value; });
    const upper = times.map((at, t) => `${x(at)},${y(below[t])}`);
    return h('polygon', { class: `area ${colour(i)}`, points: [...upper, ...lower].join(' ') });
  });
  const svg = h('svg', { class: 'plot', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': `${title}: ${inUnit('bytes', totals.at(-1))} at the end` },
    grid, areas, flags(marks, x, from, to));
  const whole = times.map((at, i) => [at, totals[i]]);
  return read(title, svg, whole, x, y, value => `${inUnit('bytes', value)} in all`);
}

// A curve without axes, for a row of a list.
export function spark(series) {
  const points = series?.points ?? [];
  if (points.length < 2) return h('span', { class: 'spark none' }, 'no figures yet');
  const [wide, high] = [160, 40];
  const from = points[0][0];
  const span = points.at(-1)[0] - from || 1;
  const most = Math.max(...points.map(point => point[1]), 1e-9);
  const limited = series.limit > 0 && series.limit < most * 2.5;
  const top = limited ? Math.max(most, series.limit) * 1.05 : most * 1.15;
  const y = value => fixed(high - 1 - (value / top) * (high - 2));
  const course = points.map(([at, value]) => `${fixed(((at - from) / span) * wide)},${y(value)}`).join(' ');
  return h('svg', { class: 'spark', viewBox: `0 0 ${wide} ${high}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${series.series} over ${duration(span)}` },
    limited ? h('line', { class: 'limit', x1: 0, x2: wide, y1: y(series.limit), y2: y(series.limit) }) : null,
    h('polyline', { points: course }));
}

// Reading a drawing: a line at the nearest point and its figures, by pointer or arrow keys.
function read(key, svg, points, x, y, words) {
  const cursor = h('span', { class: 'cursor', 'data-own': '' });
  const readout = h('output', { class: 'readout', 'data-own': '' });
  let place = points.length - 1;
  const point = at => {
    place = Math.max(0, Math.min(points.length - 1, at));
    const [time, value] = points[place];
    const box = plot.firstElementChild;
    const scale = box.clientWidth / box.viewBox.baseVal.width || 1;
    const [own, out] = [plot.querySelector('.cursor'), plot.querySelector('.readout')];
    own.style.left = `${x(time) * scale}px`;
    out.textContent = `${clock(time * 1000)}  ${words(value)}`;
    out.style.left = `${Math.max(0, Math.min(x(time) * scale + 8, box.clientWidth - 170))}px`;
    plot.dataset.reading = '';
  };
  const end = () => { delete plot.dataset.reading; };
  let plot = h('div', {
    class: 'reads', tabindex: 0, role: 'group', 'aria-label': `${capital(key)}; arrow keys read the figures`, 'data-key': `plot ${key}`,
    onpointermove: event => {
      plot = event.currentTarget;
      const box = plot.firstElementChild;
      const at = (event.clientX - box.getBoundingClientRect().left) / (box.clientWidth / box.viewBox.baseVal.width);
      let nearest = 0;
      points.forEach(([time], i) => { if (Math.abs(x(time) - at) < Math.abs(x(points[nearest][0]) - at)) nearest = i; });
      point(nearest);
    },
    onpointerleave: end,
    onblur: end,
    onkeydown: event => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
      if (!step) return;
      event.preventDefault();
      plot = event.currentTarget;
      point(place + step);
    },
  }, svg, cursor, readout);
  return plot;
}


