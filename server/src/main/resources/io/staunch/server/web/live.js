// What is known comes with the page; from then on live events tell what is different.
const AGAIN = 2000;

export function listen(told, lost) {
  const { overview, incidents, after } = JSON.parse(document.getElementById('known').textContent);
  told('targets', overview);
  told('incidents', incidents);
  // Who lost the connection may find a daemon that was started anew: it asks for everything again.
  const open = from => {
    const events = new EventSource(`/api/v1/events${from}`);
    for (const name of ['targets', 'incidents', 'changes']) events.addEventListener(name, event => told(name, JSON.parse(event.data)));
    events.onerror = () => {
      events.close();
      lost();
      setTimeout(open, AGAIN, '');
    };
  };
  open(`?after=${after}`);
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
