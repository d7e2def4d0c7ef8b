// What is shown, to take away: a picture, a drawing, a table, a graph for other programs.

import { el } from "./dom.js";
import { anchor, LINE } from "./labels.js";
import { blocColour } from "./palette.js";
import { OUTLINES } from "./shapes.js";
import { columnsOf } from "./table.js";
import { kindOf, weightOf } from "./tally.js";
import { iso } from "./words.js";

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const a = el("a", { href: url, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** @param {any} app */
export function savePng(app) {
  const from = /** @type {HTMLCanvasElement} */ (document.querySelector("#graph canvas"));
  const ratio = from.width / from.clientWidth;
  const canvas = el("canvas", { width: from.width, height: from.height + 34 * ratio });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = app.graph.colours.canvas;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(from, 0, 0);
  ctx.fillStyle = app.graph.colours.soft;
  ctx.font = `${12.5 * ratio}px system-ui, sans-serif`;
  ctx.fillText(app.caption(), 14 * ratio, from.height + 20 * ratio, from.width - 28 * ratio);
  canvas.toBlob((/** @type {Blob} */ blob) => save(blob, "graph.png"));
}

/** @param {unknown} text @returns {string} safe in XML text and attributes; control characters have no place in XML */
export function xml(text) {
  return String(text)
    // these are the characters that XML 1.0 cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c);
}

/** The drawing as it stands on the screen. @param {any} app @returns {string} */
export function drawingSvg(app) {
  const { scene, lines, colours, network } = app.graph;
  const box = document.querySelector("#graph canvas");
  const [width, height] = [box?.clientWidth ?? 800, box?.clientHeight ?? 600];
  const scale = network.getScale();
  const at = (/** @type {any} */ p) => network.canvasToDOM(p);
  const n = (/** @type {number} */ v) => v.toFixed(1);
  const parts = lines.map((/** @type {any} */ { tie, x1, y1, x2, y2 }) => {
    const [p, q] = [at({ x: x1, y: y1 }), at({ x: x2, y: y2 })];
    const kinds = tie.kind === "mixed" ? ["friendly", "hostile"] : [tie.kind];
    return kinds
      .map((kind, k) => {
        const dash = kind === "hostile" ? ' stroke-dasharray="8 5"' : "";
        const [dx, dy] = kinds.length > 1 ? normal(p, q, (k ? -1 : 1) * (tie.width / 2 + 0.6)) : [0, 0];
        const w = kinds.length > 1 ? tie.width * 0.62 : tie.width;
        return `<line x1="${n(p.x + dx)}" y1="${n(p.y + dy)}" x2="${n(q.x + dx)}" y2="${n(q.y + dy)}" stroke="${colours.kinds[kind]}" stroke-width="${n(w)}" stroke-opacity="${tie.alpha.toFixed(2)}"${dash}/>`;
      })
      .join("");
  });
  for (const a of scene.actors) {
    const { x, y } = app.graph.screenOf(a.id);
    const fill = scene.blocs ? blocColour(colours, a.bloc) : colours.plain;
    parts.push(
      `<path transform="translate(${n(x)} ${n(y)}) scale(${(a.r * scale).toFixed(2)})" d="${OUTLINES[a.type] ?? OUTLINES.Person}" fill="${a.linked ? fill : colours.canvas}" stroke="${a.linked ? colours.canvas : fill}" stroke-width="${a.linked ? 0.1 : 0.25}"><title>${xml(a.name)}</title></path>`,
    );
  }
  for (const label of app.graph.labels())
    label.lines.forEach((/** @type {string} */ line, /** @type {number} */ k) =>
      parts.push(
        `<text x="${n(anchor(label))}" y="${n(label.top + k * LINE + 12)}" text-anchor="${["start", "middle", "end"][label.align + 1]}" fill="${colours.ink}" stroke="${colours.canvas}" stroke-width="3" paint-order="stroke">${xml(line)}</text>`,
      ),
    );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + 30}" width="${width}" height="${height + 30}" font-family="system-ui, sans-serif" font-size="12.5"><rect width="100%" height="100%" fill="${colours.canvas}"/>${parts.join("\n")}<text x="12" y="${height + 18}" fill="${colours.soft}">${xml(app.caption())}</text></svg>\n`;
}

/** @param {{x: number, y: number}} p @param {{x: number, y: number}} q @param {number} by */
function normal(p, q, by) {
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
  return [(-(q.y - p.y) / length) * by, ((q.x - p.x) / length) * by];
}

/** A cell that no spreadsheet takes for a formula. @param {unknown} value @returns {string} */
function csvCell(value) {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The relations in view, one a line. @param {any} app @returns {string} */
export function relationsCsv(app) {
  const columns = columnsOf(app);
  const value = (/** @type {any} */ c, /** @type {any} */ p) => (c.text ? iso(c.of(p)) : c.of(p));
  const rows = app.view.pairs.map((/** @type {any} */ p) => [p.a, p.b, ...columns.map((c) => value(c, p))]);
  return [["Id", "Other id", ...columns.map((c) => c.title)], ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** The graph in view for Gephi and its kin. @param {any} app @returns {string} */
export function graphGexf(app) {
  const { scene } = app.graph;
  const nodes = scene.actors.map((/** @type {any} */ a) => {
    const { x, y } = scene.places.get(a.id);
    return `<node id="${xml(a.id)}" label="${xml(a.name)}"><attvalues><attvalue for="type" value="${xml(a.type)}"/><attvalue for="bloc" value="${a.bloc}"/></attvalues><viz:position x="${x.toFixed(1)}" y="${(-y).toFixed(1)}" z="0"/><viz:size value="${a.r.toFixed(1)}"/></node>`;
  });
  const edges = app.view.pairs.map((/** @type {any} */ p, /** @type {number} */ k) =>
    `<edge id="${k}" source="${xml(p.a)}" target="${xml(p.b)}" weight="${weightOf(p)}"><attvalues><attvalue for="kind" value="${kindOf(p)}"/><attvalue for="friendly" value="${p.friendly}"/><attvalue for="hostile" value="${p.hostile}"/><attvalue for="neutral" value="${p.neutral}"/><attvalue for="first" value="${iso(p.first)}"/><attvalue for="last" value="${iso(p.last)}"/></attvalues></edge>`,
  );
  const attribute = (/** @type {string} */ id, type = "string") => `<attribute id="${id}" title="${id}" type="${type}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><description>${xml(app.caption())}</description></meta>
<graph defaultedgetype="undirected">
<attributes class="node">${attribute("type")}${attribute("bloc", "integer")}</attributes>
<attributes class="edge">${["kind", "first", "last"].map((id) => attribute(id)).join("")}${["friendly", "hostile", "neutral"].map((id) => attribute(id, "integer")).join("")}</attributes>
<nodes>
${nodes.join("\n")}
</nodes>
<edges>
${edges.join("\n")}
</edges>
</graph>
</gexf>
`;
}
