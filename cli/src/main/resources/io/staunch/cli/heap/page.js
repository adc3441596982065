"use strict";
(() => {
  const bytes = n => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    while (n >= 1024 && unit < 4) { n /= 1024; unit++; }
    const text = n.toFixed(unit === 0 || n >= 100 ? 0 : n >= 10 ? 1 : 2);
    return (text.includes(".") ? text.replace(/\.?0+$/, "") : text) + " " + units[unit];
  };
  const count = n => n.toLocaleString("en");

  // Tables: sorted by the column whose head is pressed, filtered by the words above.
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = row => row.cells[column].dataset.n;
        const rows = [...table.tBodies[0].rows].sort((a, b) => {
          const order = value(a) === undefined
            ? a.cells[column].textContent.localeCompare(b.cells[column].textContent)
            : value(a) - value(b);
          return down ? -order : order;
        });
        table.tBodies[0].append(...rows);
      });
    });
  }
  for (const input of document.querySelectorAll("input[data-filters]")) {
    const rows = document.getElementById(input.dataset.filters).tBodies[0].rows;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
      }
    });
  }

  // What retains what: a row for each level, as wide as what it retains.
  const ROW = 25, ROWS = 14;
  const place = document.getElementById("icicle");
  const root = JSON.parse(document.getElementById("retained").textContent);
  const link = (node, up) => { node.up = up; (node.k || []).forEach(child => link(child, node)); };
  link(root, null);
  let focus = root;
  const short = name => name.replace(/(?:[a-z_][\w]*\.)+/g, "");
  const kind = name => name.startsWith("class ") ? "class" : /^(?:everything$|java\.|jdk\.|sun\.|com\.sun\.|(?:boolean|byte|char|short|int|long|float|double)\[)/.test(name) ? "" : "own";
  const line = node => { const up = []; for (let at = node; at; at = at.up) up.unshift(at); return up; };

  const words = node => {
    const share = (100 * node.r / root.r).toFixed(1) + " % of the heap";
    return node.up
      ? `${count(node.c)} ${node.c === 1 ? "object retains" : "objects retain"} ${bytes(node.r)}, ${share}; ${bytes(node.s)} are its own`
      : `All that is reachable is ${bytes(node.r)}`;
  };
  const tell = node => {
    const name = document.createElement("code");
    name.textContent = node.n;
    document.getElementById("told").replaceChildren(name, document.createElement("br"), words(node));
  };

  const draw = pressed => {
    const width = place.clientWidth;
    const boxes = [];
    let deepest = 0;
    const put = (node, x, wide, row) => {
      if (wide < 2 || row >= ROWS) return;
      deepest = Math.max(deepest, row);
      const box = document.createElement("button");
      box.className = kind(node.n);
      box.style.cssText = `left:${x}px;width:${wide}px;top:${row * ROW}px`;
      box.textContent = wide > 34 ? short(node.n) : "";
      box.title = node.n + ": " + bytes(node.r);
      box.setAttribute("aria-label", `${node.n}: ${words(node)}`);
      box.tabIndex = row === 0 ? 0 : -1;
      box.addEventListener("focus", () => tell(node));
      box.addEventListener("mouseenter", () => tell(node));
      box.addEventListener("click", () => { focus = node === focus && node.up ? node.up : node; draw(true); });
      box.addEventListener("keydown", event => move(event, node));
      node.box = box;
      boxes.push(box);
      let at = x;
      for (const child of node.k || []) {
        const its = wide * child.r / node.r;
        put(child, at, its, row + 1);
        at += its;
      }
    };
    const clear = node => { delete node.box; (node.k || []).forEach(clear); };
    clear(root);
    put(focus, 0, width, 0);
    place.style.height = (deepest + 1) * ROW + "px";
    place.replaceChildren(...boxes);
    const crumbs = line(focus).slice(0, -1).map(node => {
      const button = document.createElement("button");
      button.textContent = short(node.n) + " ›";
      button.addEventListener("click", () => { focus = node; draw(true); });
      return button;
    });
    document.getElementById("crumbs").replaceChildren(...crumbs);
    tell(focus);
    if (pressed) focus.box.focus();
  };

  // Arrow keys walk the boxes, Enter goes into one, Escape comes out.
  const move = (event, node) => {
    const shown = other => other && other.box;
    const beside = step => { const all = (node.up && node !== focus ? node.up.k : [node]).filter(shown); return all[all.indexOf(node) + step]; };
    const goal = { ArrowDown: () => (node.k || []).find(shown), ArrowUp: () => node !== focus && node.up, ArrowRight: () => beside(1), ArrowLeft: () => beside(-1) }[event.key];
    if (goal) {
      event.preventDefault();
      const to = goal();
      if (shown(to)) to.box.focus();
    } else if (event.key === "Escape" && focus.up) {
      focus = focus.up;
      draw(true);
    }
  };
  draw(false);
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => draw(false), 100); });
})();
