// What the live events tell: the whole overview at first, then what is different in it. Listening begins with this
// module, before the rest of the page is there; what comes meanwhile waits.
const waiting = [];
let take = event => waiting.push(event);
const events = new EventSource('/api/v1/events');
for (const name of ['targets', 'incidents', 'changes']) events.addEventListener(name, event => take(event));

export function listen(told, lost) {
  take = event => told(event.type, JSON.parse(event.data));
  waiting.splice(0).forEach(take);
  events.onerror = lost;
}

// Of a curve that went on, the points that stay and the new ones.
function goOn(curve, next) {
  if (next?.from === undefined) return next;
  const { from, points, ...heading } = next;
  return { ...heading, points: [...curve.points.filter(([at]) => at >= from && at < points[0][0]), ...points] };
}

function merge(known = {}, change) {
  const merged = { ...known, ...change };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete merged[name];
    else if (value.points) merged[name] = goOn(known[name], value);
  }
  return merged;
}

// The targets in their order; those that did not change stay the same objects.
export function changed({ targets, own, cost }, change) {
  const by = new Map(targets.map(target => [target.id, target]));
  for (const part of change.targets) by.set(part.id, merge(by.get(part.id), part));
  return {
    targets: (change.order ?? targets.map(target => target.id)).map(id => by.get(id)),
    own: change.own ? merge(own ?? {}, change.own) : own,
    cost: change.cost ?? cost,
  };
}
