// What is shown, to take away: a picture, a drawing, a table, a graph for other programs.

import { el } from "./dom.js";
import { xml } from "./drawing.js";
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
