import { applyUpdates } from './apply-updates.ts';
import type { CanvasCall } from './canvas-call.ts';

/** A node of the conversation as far as the canvas is concerned. */
export interface CanvasNode {
  parentId: string | null;
  /** What the message does to a document. */
  call: CanvasCall | null;
  /** The document, as the tool's answer names it; null where there is no answer. */
  textdoc: string | null;
}

/** Messages that are looked at in one conversation, and characters that are rebuilt in it, at most. */
const MAX_STEPS = 1_000_000;
const MAX_REBUILT = 64 * 1024 * 1024;

/** Rebuilds the documents of the canvas along the branches of one conversation. */
export class CanvasReplay {
  readonly #nodes: ReadonlyMap<string, CanvasNode>;
  readonly #texts = new Map<string, string | null>();
  #steps = MAX_STEPS;
  #rebuilt = MAX_REBUILT;

  constructor(nodes: ReadonlyMap<string, CanvasNode>) {
    this.#nodes = nodes;
  }

  /** The document after the call of the node; null where the text that it changes is not known. */
  textAfter(id: string): string | null {
    const pending: { id: string; call: CanvasCall }[] = [];
    let text: string | null = null;
    for (let at: string | null = id; at !== null; at = this.#previous(at)) {
      const known = this.#texts.get(at);
      const call = this.#nodes.get(at)?.call;
      if (known !== undefined || !call) {
        text = known ?? null;
        break;
      }
      pending.push({ id: at, call });
      // A circle of parents ends here.
      this.#texts.set(at, null);
      if ('whole' in call.change) break;
    }
    for (const { id: at, call } of pending.reverse()) {
      text = this.#apply(text, call);
      this.#texts.set(at, text);
    }
    return text;
  }

  #apply(before: string | null, { change }: CanvasCall): string | null {
    if ('whole' in change) return change.whole;
    const text = applyUpdates(before, change.updates, this.#rebuilt);
    this.#rebuilt -= text?.length ?? 0;
    return this.#rebuilt < 0 ? null : text;
  }

  /** The nearest call above that changed the same document. */
  #previous(id: string): string | null {
    const wanted = this.#nodes.get(id)?.textdoc ?? null;
    for (let at = this.#parentOf(id); at !== null; at = this.#parentOf(at)) {
      const node = this.#nodes.get(at);
      if (node?.call && (wanted === null || node.textdoc === null || node.textdoc === wanted)) return at;
      if (--this.#steps < 0) return null;
    }
    return null;
  }

  #parentOf(id: string): string | null {
    return this.#nodes.get(id)?.parentId ?? null;
  }
}
