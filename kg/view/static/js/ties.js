// Lines between actors: friendly solid, hostile dashed, mixed both side by side, neutral thin. Widths are of the screen.

import { faded } from "./palette.js";

const DASH = [7, 4.5];
const ARROW = 5;

/**
 * @typedef {object} Tie a line as it is drawn
 * @property {string} key
 * @property {string} a
 * @property {string} b
 * @property {"friendly" | "hostile" | "mixed" | "neutral"} kind
 * @property {number} width pixels
 * @property {number} alpha
 * @property {boolean} toA an arrow at this end
 * @property {boolean} toB
 * @property {string} badge a sign in the middle, for changes
 * @property {string} caption words in the middle while it is picked
 *
 * @typedef {object} Line a tie on the drawing, cut at its actors' borders
 * @property {Tie} tie
 * @property {number} x1
 * @property {number} y1
 * @property {number} x2
 * @property {number} y2
 */

/**
 * @param {Tie[]} ties @param {Map<string, {x: number, y: number}>} places @param {Map<string, number>} radius
 * @returns {Line[]}
 */
export function linesOf(ties, places, radius) {
  const lines = [];
  for (const tie of ties) {
    const [p, q] = [places.get(tie.a), places.get(tie.b)];
    if (!p || !q) continue;
    const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
    const [ux, uy] = [(q.x - p.x) / length, (q.y - p.y) / length];
    const cutA = Math.min(length / 2, (radius.get(tie.a) ?? 0) + (tie.toA ? 3 : 0));
    const cutB = Math.min(length / 2, (radius.get(tie.b) ?? 0) + (tie.toB ? 3 : 0));
    lines.push({ tie, x1: p.x + ux * cutA, y1: p.y + uy * cutA, x2: q.x - ux * cutB, y2: q.y - uy * cutB });
  }
  return lines;
}

/**
 * Lines of one look are one stroke: drawing three hundred actors stays fluent without a graphics card.
 * @param {CanvasRenderingContext2D} ctx @param {Line[]} lines @param {number} scale
 * @param {import("./palette.js").Palette} colours @param {(tie: Tie) => number} strength 1 as it is, less fades it
 */
export function drawTies(ctx, lines, scale, colours, strength) {
  /** @type {Map<string, {width: number, alpha: number, kind: string, dashed: boolean, d: Path2D, heads: Path2D}>} */
  const looks = new Map();
  const look = (/** @type {string} */ kind, /** @type {number} */ width, /** @type {number} */ alpha, dashed = false) => {
    const [w, a] = [Math.round(width * 2) / 2, Math.round(alpha * 20) / 20];
    const key = `${kind} ${w} ${a} ${dashed}`;
    let found = looks.get(key);
    if (!found) {
      found = { width: w, alpha: a, kind, dashed, d: new Path2D(), heads: new Path2D() };
      looks.set(key, found);
    }
    return found;
  };
  for (const line of lines) {
    const { tie } = line;
    const alpha = tie.alpha * strength(tie);
    if (tie.kind === "mixed") {
      const off = (tie.width * 0.5 + 0.6) / scale;
      stroke(look("friendly", tie.width * 0.62, alpha), line, off, scale);
      stroke(look("hostile", tie.width * 0.62, alpha, true), line, -off, scale);
    } else stroke(look(tie.kind, tie.width, alpha, tie.kind === "hostile"), line, 0, scale);
  }
  const order = [...looks.values()].sort((x, y) => x.alpha - y.alpha || x.width - y.width);
  for (const { width, alpha, kind, dashed, d, heads } of order) {
    ctx.strokeStyle = ctx.fillStyle = faded(colours.kinds[kind], alpha);
    ctx.lineWidth = width / scale;
    ctx.setLineDash(dashed ? DASH.map((n) => (n + width * 0.4) / scale) : []);
    ctx.stroke(d);
    ctx.fill(heads);
  }
  ctx.setLineDash([]);
}

/** @param {{d: Path2D, heads: Path2D, width: number}} into @param {Line} line @param {number} off @param {number} scale */
function stroke(into, line, off, scale) {
  const { x1, y1, x2, y2, tie } = line;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [ox, oy] = [-uy * off, ux * off];
  const size = (ARROW + into.width * 0.8) / scale;
  const [cutA, cutB] = [tie.toA ? size : 0, tie.toB ? size : 0];
  into.d.moveTo(x1 + ox + ux * cutA, y1 + oy + uy * cutA);
  into.d.lineTo(x2 + ox - ux * cutB, y2 + oy - uy * cutB);
  if (tie.toB) head(into.heads, x2 + ox, y2 + oy, ux, uy, size);
  if (tie.toA) head(into.heads, x1 + ox, y1 + oy, -ux, -uy, size);
}

/** @param {Path2D} path @param {number} x @param {number} y @param {number} ux @param {number} uy @param {number} size */
function head(path, x, y, ux, uy, size) {
  const [bx, by] = [x - ux * size, y - uy * size];
  path.moveTo(x, y);
  path.lineTo(bx - uy * size * 0.55, by + ux * size * 0.55);
  path.lineTo(bx + uy * size * 0.55, by - ux * size * 0.55);
  path.closePath();
}

/**
 * The tie under a point of the drawing.
 * @param {Line[]} lines @param {{x: number, y: number}} point @param {number} reach @returns {Tie | null}
 */
export function tieAt(lines, point, reach) {
  let best = null;
  let least = reach;
  for (const { tie, x1, y1, x2, y2 } of lines) {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = ((point.x - x1) * dx + (point.y - y1) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.max(0, Math.min(1, along));
    const far = Math.hypot(point.x - x1 - t * dx, point.y - y1 - t * dy);
    if (far < least) [best, least] = [tie, far];
  }
  return best;
}
