// Names on the drawing: placed when the picture rests, kept beside their actors while it moves.

import { anchor, LINE, placeLabels } from "./labels.js";
import { faded } from "./palette.js";

export const FONT = '"Inter", "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
const REST = 140;
const PAD = 4;

/**
 * @param {() => void} redraw asks for another frame
 * @param {(id: string) => {x: number, y: number}} screenOf
 */
export function createNames(redraw, screenOf) {
  /** @type {(import("./labels.js").Label & {dx: number, dy: number})[]} */
  let placed = [];
  let key = "";
  let scaled = 0;
  let timer = 0;
  let rested = false;
  /** @type {Map<string, HTMLCanvasElement>} */
  const stamps = new Map();

  /**
   * Place names if they have to be: at once for another scene, after a rest for another scale.
   * @param {CanvasRenderingContext2D} ctx @param {string} now what is shown @param {number} scale
   * @param {() => import("./labels.js").Wanted[]} wanted @param {import("./labels.js").Box} frame
   */
  function place(ctx, now, scale, wanted, frame) {
    if (key === now && scaled !== scale && !rested) {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        rested = true;
        redraw();
      }, REST);
    } else if (key !== now || scaled !== scale) {
      [key, scaled] = [now, scale];
      ctx.font = `500 12.5px ${FONT}`;
      placed = placeLabels(wanted(), (line) => ctx.measureText(line).width, frame).map((label) => {
        const { x, y } = screenOf(label.id);
        return { ...label, dx: label.left - x, dy: label.top - y };
      });
    }
    rested = false;
    for (const label of placed) {
      const { x, y } = screenOf(label.id);
      const [width, height] = [label.right - label.left, label.bottom - label.top];
      label.left = x + label.dx;
      label.top = y + label.dy;
      label.right = label.left + width;
      label.bottom = label.top + height;
    }
  }

  /**
   * A name as a small picture, for stroked text is dear.
   * @param {import("./labels.js").Label} label @param {import("./palette.js").Palette} colours @param {number} ratio
   */
  function stamp(label, colours, ratio) {
    const look = [label.lines.join("\n"), label.align, label.must, colours.ink, ratio].join(" ");
    let canvas = stamps.get(look);
    if (canvas) return canvas;
    canvas = document.createElement("canvas");
    canvas.width = Math.ceil((label.right - label.left + 2 * PAD) * ratio);
    canvas.height = Math.ceil((label.bottom - label.top + 2 * PAD) * ratio);
    const ctx = canvas.getContext("2d");
    if (!ctx) return canvas;
    ctx.scale(ratio, ratio);
    ctx.font = `500 12.5px ${FONT}`;
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    ctx.textAlign = label.align < 0 ? "left" : label.align > 0 ? "right" : "center";
    ctx.strokeStyle = faded(colours.canvas, label.must ? 1 : 0.88);
    ctx.fillStyle = colours.ink;
    ctx.lineWidth = label.must ? 6 : 3.5;
    const x = anchor(label) - label.left + PAD;
    label.lines.forEach((line, n) => ctx.strokeText(line, x, PAD + n * LINE + 1));
    label.lines.forEach((line, n) => ctx.fillText(line, x, PAD + n * LINE + 1));
    if (stamps.size > 2000) stamps.clear();
    stamps.set(look, canvas);
    return canvas;
  }

  return {
    place,
    /**
     * @param {CanvasRenderingContext2D} ctx @param {import("./palette.js").Palette} colours @param {number} ratio
     * @param {(id: string) => boolean} shines
     */
    draw(ctx, colours, ratio, shines) {
      for (const label of placed) {
        ctx.globalAlpha = label.must || shines(label.id) ? 1 : 0.4;
        const picture = stamp(label, colours, ratio);
        const [left, top] = [label.left - PAD, label.top - PAD].map((v) => Math.round(v * ratio) / ratio);
        ctx.drawImage(picture, left, top, picture.width / ratio, picture.height / ratio);
      }
      ctx.globalAlpha = 1;
    },
    get placed() {
      return placed;
    },
  };
}
