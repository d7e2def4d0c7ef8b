// The shape of an actor's type, as the outline of an SVG path in a box from -1 to 1: for the canvas, the legend and SVG.

import { svg } from "./dom.js";

/** @type {Record<string, string>} */
export const OUTLINES = {
  State: "M-.62-.86H.62Q.86-.86.86-.62V.62Q.86.86.62.86H-.62Q-.86.86-.86.62V-.62Q-.86-.86-.62-.86Z",
  Government: "M0-1.05 1-.3V.62Q1 .85.77.85H-.77Q-1 .85-1 .62V-.3Z",
  Military: "M0 1.1Q-1 .55-1-.35V-.85Q-.45-.8 0-1.1 .45-.8 1-.85V-.35Q1 .55 0 1.1Z",
  Person: "M-.92 0A.92.92 0 1 1 .92 0 .92.92 0 1 1-.92 0Z",
  ArmedGroup: "M0-1.08 1.08.82H-1.08Z",
  Party: "M0-1.12 .31-.38 1.1-.34 .5.17 .68.93 0 .5-.68.93-.5.17-1.1-.34-.31-.38Z",
  IGO: "M-.55-.95H.55L1.1 0 .55.95H-.55L-1.1 0Z",
  People: "M-1.15 0Q-1.15-.72-.45-.72H.45Q1.15-.72 1.15 0 1.15.72.45.72H-.45Q-1.15.72-1.15 0Z",
  Organization: "M0-1.12 1.12 0 0 1.12-1.12 0Z",
  Media: "M-1-.72H1V.5H.2L-.4 1.08V.5H-1Z",
  Company: "M-.36-1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z",
};

/** @type {Map<string, Path2D>} */
const paths = new Map();

/** @param {string} type @returns {Path2D} */
function shapePath(type) {
  let path = paths.get(type);
  if (!path) {
    path = new Path2D(OUTLINES[type] ?? OUTLINES.Person);
    paths.set(type, path);
  }
  return path;
}

/**
 * A shape around the origin of a canvas, with a rim of the background's colour.
 * @param {CanvasRenderingContext2D} ctx @param {string} type @param {number} r @param {number} rim
 * @param {{fill: string, back: string, hollow: boolean}} look hollow for actors that no catalogue has
 */
export function drawShape(ctx, type, r, rim, { fill, back, hollow }) {
  const path = shapePath(type);
  ctx.scale(r, r);
  ctx.fillStyle = ctx.strokeStyle = back;
  ctx.lineWidth = rim / r;
  ctx.stroke(path);
  ctx.fill(path);
  ctx.fillStyle = ctx.strokeStyle = fill;
  if (!hollow) return ctx.fill(path);
  ctx.scale(0.86, 0.86);
  ctx.lineWidth = 0.28;
  return ctx.stroke(path);
}

/** A small picture of a type's shape, without words. @param {string} type @param {string} [colour] */
export function shapeIcon(type, colour = "currentColor") {
  return svg(
    "svg",
    { viewBox: "-1.3 -1.3 2.6 2.6", class: "shape", "aria-hidden": "true" },
    svg("path", { d: OUTLINES[type] ?? OUTLINES.Person, fill: colour }),
  );
}

/** The line of a kind of tie, as in the drawing. @param {string} kind */
export function lineIcon(kind) {
  const line = (/** @type {string} */ cls) => svg("line", { x1: 1, y1: 6, x2: 35, y2: 6, class: cls });
  const lines = kind === "mixed" ? [line("friendly"), line("hostile")] : [line(kind)];
  return svg("svg", { viewBox: "0 0 36 12", class: "line", "aria-hidden": "true" }, lines);
}
