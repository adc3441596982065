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

  // What retains what, with the owning libraries in colours.
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const root = read("retained"), owners = read("owners");
  const of = new Map(libraries(root, owners).map(([owner], at) => [owner, at]));
  const short = name => name.replace(/(?:[a-z_][\w]*\.)+/g, "");
  const colour = node => { const at = of.get(ownerOf(node.n, owners)); return at === undefined ? "" : `c${at}`; };
  const say = node => node.up
    ? `${count(node.c)} ${node.c === 1 ? "object retains" : "objects retain"} ${bytes(node.r)}, ${(100 * node.r / root.r).toFixed(1)} % of the heap; ${bytes(node.s)} are its own`
    : `All that is reachable is ${bytes(node.r)}`;
  const make = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name ?? "" });
  document.getElementById("key").append(...[...of, ["the JDK", "jdk"]].flatMap(([owner, at]) =>
    [make("span", "", `key ${at === "jdk" ? "" : `c${at}`}`), owner.replace(/^pkg:\w+\//, "")]));
  icicle(document.getElementById("icicle"), root, {
    colour,
    say,
    tell: node => document.getElementById("told").replaceChildren(make("code", node.n), document.createElement("br"), `${node.up ? `${ownerOf(node.n, owners).replace(/^pkg:\w+\//, "")} · ` : ""}${say(node)}`),
    crumbs: (line, go) => document.getElementById("crumbs").replaceChildren(...line.slice(0, -1).map(node => {
      const button = make("button", `${short(node.n)} ›`);
      button.addEventListener("click", () => go(node));
      return button;
    })),
  });
})();
