// A drawing kept as a picture, so that moving and zooming copy it instead of stroking a thousand lines every frame.

const MARGIN = 0.3; // of the box, drawn beyond each side for the next move

/** In whole pixels, or the copy would be blurred. @param {Camera} camera @returns {[number, number]} */
const margins = ({ width, height }) => [Math.round(MARGIN * width), Math.round(MARGIN * height)];

const REST = 140; // milliseconds without another scale after which it is drawn sharp again

/**
 * @typedef {object} Camera
 * @property {number} x where the drawing's origin is on the screen
 * @property {number} y
 * @property {number} scale
 * @property {number} width of the box
 * @property {number} height
 * @property {number} ratio pixels of the device to one of the page
 */

/** @param {() => void} redraw asks for another frame */
export function createLayer(redraw) {
  const canvas = document.createElement("canvas");
  /** @type {Camera | null} */
  let taken = null;
  let key = "";
  let timer = 0;
  let sharpen = false;

  /** @param {Camera} camera whether the picture reaches over the whole box */
  function covers(camera) {
    if (!taken) return false;
    const zoom = camera.scale / taken.scale;
    const [mx, my] = margins(taken);
    const left = camera.x - zoom * (taken.x + mx);
    const top = camera.y - zoom * (taken.y + my);
    const right = left + zoom * (taken.width + 2 * mx);
    const bottom = top + zoom * (taken.height + 2 * my);
    return left <= 0 && top <= 0 && right >= camera.width && bottom >= camera.height;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx in pixels of the screen
   * @param {Camera} camera
   * @param {string} now what is drawn; another value means another picture
   * @param {(ctx: CanvasRenderingContext2D) => void} paint draws in the coordinates of the drawing
   */
  function draw(ctx, camera, now, paint) {
    const same = taken !== null && key === now && taken.ratio === camera.ratio && taken.width === camera.width && taken.height === camera.height;
    const zoomed = taken !== null && taken.scale !== camera.scale;
    const small = taken !== null && (camera.scale / taken.scale > 2 || camera.scale / taken.scale < 0.5);
    if (!same || small || (zoomed && sharpen) || (!zoomed && !covers(camera))) picture(camera, now, paint);
    else if (zoomed) {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        sharpen = true;
        redraw();
      }, REST);
    }
    sharpen = false;
    if (!taken) return;
    const zoom = camera.scale / taken.scale;
    const [mx, my] = margins(taken);
    const snap = (/** @type {number} */ v) => (zoom === 1 ? Math.round(v * camera.ratio) / camera.ratio : v);
    const [left, top] = [snap(camera.x - zoom * (taken.x + mx)), snap(camera.y - zoom * (taken.y + my))];
    ctx.drawImage(canvas, left, top, zoom * (taken.width + 2 * mx), zoom * (taken.height + 2 * my));
  }

  /** @param {Camera} camera @param {string} now @param {(ctx: CanvasRenderingContext2D) => void} paint */
  function picture(camera, now, paint) {
    const { width, height, ratio, scale } = camera;
    const [mx, my] = margins(camera);
    const [w, h] = [Math.ceil((width + 2 * mx) * ratio), Math.ceil((height + 2 * my) * ratio)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const ctx = canvas.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, w, h);
    const k = scale * ratio;
    ctx.setTransform(k, 0, 0, k, (camera.x + mx) * ratio, (camera.y + my) * ratio);
    paint(ctx);
    taken = { ...camera };
    key = now;
  }

  return draw;
}
