// What retains what, as rows: each is held by the one above, as wide as what would be free without it. Pressing a box goes
// into it; arrow keys walk, Escape comes out. Stands alone: pages that load nothing carry it within.

const ROW = 25;
const ROWS = 14;
const COLOURS = 7;
const JDK = /^(?:everything$|(?:class )?(?:java|jdk|sun|javax|com\.sun)\.|(?:boolean|byte|char|short|int|long|float|double)\[)/;

export const ownerOf = (label, owners) => JDK.test(label) ? 'the JDK' : owners[label] ?? 'the application, or not known';

// The owning libraries by what they retain at the highest place, each with its colour's number; the JDK has none.
export function libraries(root, owners) {
  const sums = new Map();
  const visit = (node, above) => {
    const owner = ownerOf(node.n, owners);
    if (!above.has(owner)) sums.set(owner, (sums.get(owner) ?? 0) + node.r);
    const within = new Set(above).add(owner);
    (node.k ?? []).forEach(child => visit(child, within));
  };
  visit(root, new Set());
  sums.delete('the JDK');
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, COLOURS);
}

const shorten = name => name.replace(/(?:[a-z_]\w*\.)+(?=[A-Z])/g, '');

// Draws into a place. `colour(node)` gives a box's class, `say(node)` its words; `tell(node)` hears what is looked at,
// `crumbs(line, go)` the way to where it is.
export function icicle(place, root, { colour, say, tell, crumbs }) {
  const link = (node, up) => { node.up = up; (node.k ?? []).forEach(child => link(child, node)); };
  link(root, null);
  let focus = root;
  let boxes = new Map();

  const go = node => { focus = node; draw(true); };
  const beside = (node, step) => {
    const all = (node !== focus && node.up ? node.up.k : [node]).filter(each => boxes.has(each));
    return all[all.indexOf(node) + step];
  };

  function move(event, node) {
    const goal = {
      ArrowDown: () => (node.k ?? []).find(each => boxes.has(each)),
      ArrowUp: () => node !== focus && node.up,
      ArrowRight: () => beside(node, 1),
      ArrowLeft: () => beside(node, -1),
    }[event.key];
    if (goal) {
      event.preventDefault();
      boxes.get(goal())?.focus();
    } else if (event.key === 'Escape' && focus.up) {
      event.stopPropagation();
      go(focus.up);
    }
  }

  function box(node, x, wide, row) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `box ${colour(node)}`;
    Object.assign(button.style, { left: `${x}px`, width: `${wide}px`, top: `${row * ROW}px` });
    button.textContent = wide > 34 ? shorten(node.n) : '';
    button.setAttribute('aria-label', `${node.n}: ${say(node)}`);
    button.tabIndex = row === 0 ? 0 : -1;
    button.onfocus = button.onmouseenter = () => tell(node);
    button.onclick = () => go(node === focus && node.up ? node.up : node);
    button.onkeydown = event => move(event, node);
    return button;
  }

  function draw(pressed) {
    boxes = new Map();
    let deepest = 0;
    const put = (node, x, wide, row) => {
      if (wide < 2 || row >= ROWS) return;
      deepest = Math.max(deepest, row);
      boxes.set(node, box(node, x, wide, row));
      let at = x;
      for (const child of node.k ?? []) {
        const its = (wide * child.r) / node.r;
        put(child, at, its, row + 1);
        at += its;
      }
    };
    put(focus, 0, place.clientWidth, 0);
    place.style.height = `${(deepest + 1) * ROW}px`;
    place.replaceChildren(...boxes.values());
    const line = [];
    for (let at = focus; at; at = at.up) line.unshift(at);
    crumbs(line, go);
    tell(focus);
    if (pressed) boxes.get(focus)?.focus();
  }

  draw(false);
  new ResizeObserver(() => { if (place.clientWidth && boxes.get(focus)?.offsetWidth !== Math.floor(place.clientWidth)) draw(false); }).observe(place);
}
