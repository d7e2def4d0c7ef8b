// Judging in the live page: marks on cards, actors that are the same, and taking a judgement back.

import { button, byId, el, notice, refill } from "./dom.js";
import { searchField } from "./search.js";

/**
 * @param {(path: string, query?: URLSearchParams, how?: RequestInit) => Promise<any>} ask
 */
export function reviewDesk(ask) {
  /** @param {any} app @param {Record<string, string>} said @param {string} words */
  async function judge(app, said, words) {
    try {
      await ask("judge", undefined, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(said),
      });
      notice(words);
      await app.render(true);
    } catch (error) {
      notice(error instanceof Error ? error.message : "That was not taken");
    }
  }

  return {
    /** @param {import("./evidence.js").Card} card @param {any} app */
    controls(card, app) {
      const mark = (/** @type {"wrong" | "right"} */ act, /** @type {string} */ label) =>
        button(label, () => judge(app, { act, statement: card.id }, `Judged ${act}`), {
          "aria-label": `${label}: ${card.source.name}, ${card.relation}, ${card.target.name}`,
        });
      return el("div", { class: "review", role: "group", "aria-label": "Judge this statement" }, mark("right", "Right"), mark("wrong", "Wrong"));
    },

    /** @param {import("./offline.js").Actor} actor @param {any} app */
    merge(actor, app) {
      const choose = (/** @type {"same" | "different"} */ act, /** @type {string} */ label, /** @type {string} */ words) =>
        searchField(label, label, (text) => app.source.search(text, 8), (other) => {
          if (other.id !== actor.id) judge(app, { act, actor: actor.id, other: other.id }, `${actor.name} ${words} ${other.name}`);
        });
      return el(
        "details",
        { class: "members" },
        el("summary", {}, "Judge who this is"),
        choose("same", "Is the same as …", "is now"),
        choose("different", "Is not the same as …", "is not"),
      );
    },

    /** The list of judgements, each with a way back. @param {any} app */
    async list(app) {
      const { judgements } = await ask("judgements");
      const box = byId("judged");
      refill(
        box,
        judgements.length
          ? judgements.map((/** @type {any} */ j) =>
              el("li", {}, el("span", {}, j.words), el("span", { class: "note" }, ` ${j.who}, ${j.when.slice(0, 16).replace("T", " ")} `), button("Undo", async () => {
                await judge(app, { act: "undo", of: j.id }, "Taken back");
                await this.list(app);
              }, { "aria-label": `Undo: ${j.words}` })),
            )
          : el("li", { class: "note" }, "Nothing has been judged yet."),
      );
    },
  };
}
