// The drawing as it stands on the screen, as SVG: to take away and to print.

import { anchor, LINE } from "./labels.js";
import { blocColour } from "./palette.js";
import { OUTLINES } from "./shapes.js";

const ARROW = 5;
const FADED = 0.18;

/** @param {unknown} text @returns {string} safe in XML text and attributes; control characters have no place in XML */
export function xml(text) {
  return String(text)
    // these are the characters that XML 1.0 cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c);
}

/** @param {number} v */
const n = (v) => v.toFixed(1);

/** @param {any} app @returns {string} */
export function drawingSvg(app) {
  const { graph } = app;
  const { scene, lines, colours, lit } = graph;
  const box = document.querySelector("#graph canvas");
  const [width, height] = [box?.clientWidth ?? 800, box?.clientHeight ?? 600];
  const strength = (/** @type {boolean} */ shines) => (!lit.actors.size || shines ? 1 : FADED);
  const parts = [
    ...lines.map((/** @type {any} */ line) => tieSvg(line, graph, strength(lit.ties.has(line.tie.key)))),
    ...scene.actors.map((/** @type {any} */ a) => actorSvg(a, graph, strength(lit.actors.has(a.id)))),
    ...graph.labels().map((/** @type {any} */ label) => nameSvg(label, colours, strength(lit.actors.has(label.id)))),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + 30}" width="${width}" height="${height + 30}" font-family="system-ui, sans-serif" font-size="12.5"><rect width="100%" height="100%" fill="${colours.canvas}"/>${parts.join("\n")}<text x="12" y="${height + 18}" fill="${colours.soft}">${xml(app.caption())}</text></svg>\n`;
}

/** @param {import("./ties.js").Line} line @param {any} graph @param {number} strength */
function tieSvg({ tie, x1, y1, x2, y2 }, graph, strength) {
  const [p, q] = [graph.network.canvasToDOM({ x: x1, y: y1 }), graph.network.canvasToDOM({ x: x2, y: y2 })];
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
  const [ux, uy] = [(q.x - p.x) / length, (q.y - p.y) / length];
  const kinds = tie.kind === "mixed" ? ["friendly", "hostile"] : [tie.kind];
  return kinds
    .map((kind, k) => {
      const off = kinds.length > 1 ? (k ? -1 : 1) * (tie.width / 2 + 0.6) : 0;
      const w = kinds.length > 1 ? tie.width * 0.62 : tie.width;
      const size = ARROW + w * 0.8;
      const [cutA, cutB] = [tie.toA ? size : 0, tie.toB ? size : 0];
      const at = (/** @type {any} */ end, /** @type {number} */ along) => ({ x: end.x - uy * off + ux * along, y: end.y + ux * off + uy * along });
      const [from, to] = [at(p, cutA), at(q, -cutB)];
      const dash = kind === "hostile" ? ' stroke-dasharray="8 5"' : "";
      const heads = [tie.toA && head(at(p, 0), -ux, -uy, size), tie.toB && head(at(q, 0), ux, uy, size)].filter(Boolean);
      const colour = graph.colours.kinds[kind];
      return `<g opacity="${(tie.alpha * strength).toFixed(2)}"><line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke="${colour}" stroke-width="${n(w)}"${dash}/>${heads.map((d) => `<polygon points="${d}" fill="${colour}"/>`).join("")}</g>`;
    })
    .join("");
}

/** @param {{x: number, y: number}} tip @param {number} ux @param {number} uy @param {number} size */
function head({ x, y }, ux, uy, size) {
  const [bx, by, w] = [x - ux * size, y - uy * size, size * 0.55];
  return `${n(x)},${n(y)} ${n(bx - uy * w)},${n(by + ux * w)} ${n(bx + uy * w)},${n(by - ux * w)}`;
}

/** @param {import("./graph.js").Drawn} a @param {any} graph @param {number} strength */
function actorSvg(a, { scene, colours, network, screenOf }, strength) {
  const { x, y } = screenOf(a.id);
  const fill = scene.blocs ? blocColour(colours, a.bloc) : colours.plain;
  const look = a.linked ? `fill="${fill}" stroke="${colours.canvas}" stroke-width="0.1"` : `fill="${colours.canvas}" stroke="${fill}" stroke-width="0.25"`;
  return `<path transform="translate(${n(x)} ${n(y)}) scale(${(a.r * network.getScale()).toFixed(2)})" d="${OUTLINES[a.type] ?? OUTLINES.Person}" ${look} opacity="${strength}"><title>${xml(a.name)}</title></path>`;
}

/** @param {import("./labels.js").Label} label @param {import("./palette.js").Palette} colours @param {number} strength */
function nameSvg(label, colours, strength) {
  return label.lines
    .map(
      (line, k) =>
        `<text x="${n(anchor(label))}" y="${n(label.top + k * LINE + 12)}" text-anchor="${["start", "middle", "end"][label.align + 1]}" fill="${colours.ink}" stroke="${colours.canvas}" stroke-width="3" paint-order="stroke" opacity="${Math.min(1, 2.2 * strength)}">${xml(line)}</text>`,
    )
    .join("");
}
