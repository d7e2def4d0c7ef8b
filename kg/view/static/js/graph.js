// The drawing: vis-network keeps the canvas, the camera and the actors; ties, blocs and names are drawn around them.

import { halos } from "./halos.js";
import { overlap, wrap } from "./labels.js";
import { createLayer } from "./layer.js";
import { createNames, FONT } from "./names.js";
import { blocColour, faded, palette } from "./palette.js";
import { drawShape } from "./shapes.js";
import { drawTies, linesOf, tieAt } from "./ties.js";

/**
 * @typedef {object} Drawn an actor as it is drawn
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {number} r
 * @property {number} bloc
 * @property {boolean} linked
 *
 * @typedef {object} Scene
 * @property {Drawn[]} actors strongest first
 * @property {import("./ties.js").Tie[]} ties
 * @property {Map<string, {x: number, y: number}>} places
 * @property {boolean} blocs whether colour says the bloc
 *
 * @typedef {object} Lit what stands out: empty sets mean that everything does
 * @property {Set<string>} actors
 * @property {Set<string>} ties
 * @property {Set<string>} picked
 */

const FADED = 0.1;
const NARROW = 500; // pixels: where the buttons take most of the width, nobody may stand behind them
const BUTTONS = 40;

/**
 * @param {HTMLElement} box
 * @param {{actor: (id: string) => void, tie: (a: string, b: string) => void, open: (id: string) => void,
 *   nothing: () => void, over: (what: {id?: string, tie?: import("./ties.js").Tie} | null, x: number, y: number) => void}} told
 */
export function createGraph(box, told) {
  const { vis } = /** @type {any} */ (window);
  const nodes = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges: new vis.DataSet() }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: standIn, chosen: false },
    interaction: { hover: false, keyboard: false, selectable: false, zoomSpeed: 0.7 },
  });
  network.canvas.frame.tabIndex = -1; // the box around it has the keys
  /** @type {Scene} */
  let scene = { actors: [], ties: [], places: new Map(), blocs: true };
  /** @type {Map<string, Drawn>} */
  let byId = new Map();
  /** @type {import("./ties.js").Line[]} */
  let lines = [];
  /** @type {ReturnType<typeof halos>} */
  let shapes = [];
  /** @type {Lit} */
  let lit = { actors: new Set(), ties: new Set(), picked: new Set() };
  let cursor = "";
  let colours = palette();
  const redraw = () => network.redraw();
  const under = createLayer(redraw);
  const names = createNames(redraw, (id) => screenOf(id));
  let version = 0;

  const shines = (/** @type {string} */ id) => !lit.actors.size || lit.actors.has(id);

  /** For vis-network an actor is only a place and a size; it is drawn with the ties. @param {any} given */
  function standIn({ id }) {
    const r = byId.get(id)?.r ?? 8;
    return { nodeDimensions: { width: 2 * r, height: 2 * r }, drawNode() {} };
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Drawn} actor @param {number} scale */
  function drawActor(ctx, actor, scale) {
    const { id, type, r } = actor;
    const at = scene.places.get(id);
    if (!at) return;
    ctx.save();
    ctx.translate(at.x, at.y);
    ctx.globalAlpha = shines(id) ? 1 : 0.25;
    if (lit.picked.has(id)) ring(ctx, r, scale, 3, []);
    const fill = scene.blocs ? blocColour(colours, actor.bloc) : colours.plain;
    drawShape(ctx, type, r, 5 / scale, { fill, back: colours.canvas, hollow: !actor.linked });
    ctx.restore();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} r @param {number} scale @param {number} width @param {number[]} dash */
  function ring(ctx, r, scale, width, dash) {
    ctx.beginPath();
    ctx.arc(0, 0, r * 1.25 + 4 / scale, 0, 2 * Math.PI);
    ctx.strokeStyle = colours.accent;
    ctx.lineWidth = width / scale;
    ctx.setLineDash(dash.map((n) => n / scale));
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Where the arrow keys are. @param {CanvasRenderingContext2D} ctx */
  function drawCursor(ctx) {
    const at = scene.places.get(cursor);
    const actor = byId.get(cursor);
    if (!at || !actor) return;
    ctx.save();
    ctx.translate(at.x, at.y);
    ring(ctx, actor.r + 2, network.getScale(), 2, [4, 3]);
    ctx.restore();
  }

  /** @returns {import("./layer.js").Camera} */
  function camera() {
    const { x, y } = network.canvasToDOM({ x: 0, y: 0 });
    const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
    const [width, height] = [canvas.clientWidth || 1, canvas.clientHeight || 1];
    return { x, y, scale: network.getScale(), width, height, ratio: canvas.width / width };
  }

  /** Draw in pixels of the screen. @param {CanvasRenderingContext2D} ctx @param {(camera: import("./layer.js").Camera) => void} act */
  function onScreen(ctx, act) {
    const view = camera();
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    act(view);
    ctx.restore();
  }

  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) =>
    onScreen(ctx, (view) => under(ctx, view, `${version} ${colours.ink}`, (layer) => drawUnder(layer, view.scale))),
  );

  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    drawCursor(ctx);
    onScreen(ctx, ({ ratio, scale, width, height }) => {
      const frame = { left: 4, top: 2, right: width - 4, bottom: height - 4 };
      names.place(ctx, `${version} ${cursor}`, scale, () => wanted(scale), frame);
      names.draw(ctx, colours, ratio, shines);
      drawCaptions(ctx);
    });
  });

  /** Blocs, ties and actors, the strongest on top. @param {CanvasRenderingContext2D} ctx @param {number} scale */
  function drawUnder(ctx, scale) {
    if (scene.blocs)
      for (const { bloc, path } of shapes) {
        if (bloc >= colours.blocs.length) continue;
        ctx.fillStyle = faded(blocColour(colours, bloc), lit.actors.size ? 0.05 : 0.11);
        ctx.fill(path);
      }
    drawTies(ctx, lines, scale, colours, (tie) => (!lit.actors.size || lit.ties.has(tie.key) ? 1 : FADED));
    for (let k = scene.actors.length - 1; k >= 0; k--) drawActor(ctx, scene.actors[k], scale);
  }

  /** @param {string} id @returns {{x: number, y: number}} on the screen */
  const screenOf = (id) => network.canvasToDOM(scene.places.get(id) ?? { x: 0, y: 0 });

  /** The names to place, most important first. @param {number} scale @returns {import("./labels.js").Wanted[]} */
  function wanted(scale) {
    const must = (/** @type {string} */ id) => lit.picked.has(id) || id === cursor;
    const rank = (/** @type {string} */ id) => (must(id) ? 0 : shines(id) ? 1 : 2);
    const sorted = [...scene.actors].sort((a, b) => rank(a.id) - rank(b.id));
    return sorted.map((a) => ({
      id: a.id, lines: wrap(a.name), ...screenOf(a.id), r: a.r * scale, must: must(a.id),
    }));
  }

  /** Badges of changes, and what picked ties are mostly about. @param {CanvasRenderingContext2D} ctx */
  function drawCaptions(ctx) {
    const scale = network.getScale();
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    /** @type {import("./labels.js").Box[]} */
    const taken = names.placed.filter((label) => shines(label.id));
    for (const { id, r } of scene.actors) {
      const { x, y } = screenOf(id);
      if (shines(id)) taken.push({ left: x - r * scale, right: x + r * scale, top: y - r * scale, bottom: y + r * scale });
    }
    for (const { tie, x1, y1, x2, y2 } of lines) {
      const text = tie.badge || (lit.ties.has(tie.key) ? tie.caption : "");
      if (!text) continue;
      ctx.font = `600 11px ${FONT}`;
      const { x, y } = network.canvasToDOM({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
      const half = ctx.measureText(text).width / 2 + 5;
      const area = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
      if (taken.some((other) => overlap(area, other))) continue;
      taken.push(area);
      ctx.fillStyle = colours.canvas;
      ctx.strokeStyle = colours.kinds[tie.kind];
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.roundRect(area.left, area.top, 2 * half, 16, 8);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = colours.ink;
      ctx.fillText(text, x, y - 5.5);
    }
  }

  const relined = () => {
    lines = linesOf(scene.ties, scene.places, new Map(scene.actors.map((a) => [a.id, a.r])));
    shapes = halos(scene.actors.map((a) => ({ ...a, .../** @type {any} */ (scene.places.get(a.id)) })));
    version++;
  };

  /** What is under a point of the box. @param {{x: number, y: number}} dom */
  const found = (dom) => {
    const id = network.getNodeAt(dom);
    if (id !== undefined) return { id: String(id) };
    const tie = tieAt(lines, network.DOMtoCanvas(dom), 9 / network.getScale());
    return tie ? { tie } : null;
  };

  network.on("click", (/** @type {any} */ event) => {
    const what = found(event.pointer.DOM);
    if (what?.id) told.actor(what.id);
    else if (what?.tie) told.tie(what.tie.a, what.tie.b);
    else told.nothing();
  });
  network.on("doubleClick", (/** @type {any} */ event) => {
    const what = found(event.pointer.DOM);
    if (what?.id) told.open(what.id);
  });
  network.on("dragging", (/** @type {any} */ event) => {
    for (const id of event.nodes) scene.places.set(String(id), network.getPosition(id));
    if (event.nodes.length) relined();
  });
  box.addEventListener("mousemove", (event) => {
    const at = box.getBoundingClientRect();
    const what = event.buttons ? null : found({ x: event.clientX - at.left, y: event.clientY - at.top });
    box.style.setProperty("cursor", what ? "pointer" : "grab");
    told.over(what, event.clientX - at.left, event.clientY - at.top);
  });
  box.addEventListener("mouseleave", () => told.over(null, 0, 0));

  return {
    network,
    /** @param {Scene} next */
    show(next) {
      scene = next;
      byId = new Map(scene.actors.map((a) => [a.id, a]));
      const gone = nodes.getIds().filter((/** @type {string} */ id) => !byId.has(id));
      relined();
      nodes.remove(gone);
      nodes.update(scene.actors.map((a) => ({ id: a.id, ...scene.places.get(a.id) })));
      network.redraw();
    },
    /** @param {Lit} what */
    light(what) {
      lit = what;
      version++;
      network.redraw();
    },
    /** Names were hidden or cut by what covers the box. @param {string} id */
    point(id) {
      cursor = id;
      network.redraw();
    },
    recolour() {
      colours = palette();
      network.redraw();
    },
    /** Everything in view, not larger than life. @param {boolean} [still] */
    fit(still = false) {
      const all = [...scene.places.entries()].filter(([id]) => byId.has(id)).map(([, p]) => p);
      if (!all.length) return;
      const [left, right] = [Math.min(...all.map((p) => p.x)) - 20, Math.max(...all.map((p) => p.x)) + 20];
      const [top, bottom] = [Math.min(...all.map((p) => p.y)) - 25, Math.max(...all.map((p) => p.y)) + 30];
      const below = 10 + (box.clientWidth < NARROW ? BUTTONS : 0);
      const room = [Math.max(80, box.clientWidth - 110), Math.max(80, box.clientHeight - 50 - below)]; // names keep their size
      const scale = Math.min(1.25, room[0] / (right - left), room[1] / (bottom - top));
      move({ x: (left + right) / 2, y: (top + bottom) / 2 + (5 + below / 2) / scale }, scale, still); // the buttons are at the bottom
    },
    /** @param {number} factor */
    zoom(factor) {
      move(network.getViewPosition(), Math.min(5, Math.max(0.1, network.getScale() * factor)));
    },
    /**
     * Bring actors into view if they are not.
     * @param {string[]} ids @param {number} [bottom] where the box is covered from
     */
    bring(ids, bottom = box.clientHeight) {
      const spots = ids.filter((id) => byId.has(id)).map(screenOf);
      const inside = (/** @type {{x: number, y: number}} */ p) => p.x > 60 && p.y > 40 && p.x < box.clientWidth - 60 && p.y < bottom - 40;
      if (!spots.length || spots.every(inside)) return;
      const middle = (/** @type {"x" | "y"} */ k) => (Math.min(...spots.map((p) => p[k])) + Math.max(...spots.map((p) => p[k]))) / 2;
      const at = network.DOMtoCanvas({ x: middle("x"), y: middle("y") + (box.clientHeight - bottom) / 2 });
      move(at, network.getScale());
    },
    /** @param {number} x @param {number} y pixels */
    pan(x, y) {
      const at = network.getViewPosition();
      move({ x: at.x + x / network.getScale(), y: at.y + y / network.getScale() }, network.getScale(), true);
    },
    screenOf,
    midway: (/** @type {string} */ key) => {
      const line = lines.find((l) => l.tie.key === key);
      return line ? network.canvasToDOM({ x: (line.x1 + line.x2) / 2, y: (line.y1 + line.y2) / 2 }) : null;
    },
    labels: () => names.placed,
    get scene() {
      return scene;
    },
    get lines() {
      return lines;
    },
    get colours() {
      return colours;
    },
    get lit() {
      return lit;
    },
  };

  /** @param {{x: number, y: number}} position @param {number} scale @param {boolean} [still] */
  function move(position, scale, still = false) {
    const calm = still || matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({ position, scale, animation: calm ? false : { duration: 260, easingFunction: "easeInOutQuad" } });
  }
}

/** @typedef {ReturnType<typeof createGraph>} Graph */
