import type { ArtifactCall } from './artifact-call.ts';

/** What one message made of an artifact; null where the text that it changes is not known. */
export interface ArtifactVersion {
  call: ArtifactCall;
  text: string | null;
}

interface Carrier {
  /** The text of each artifact after the message; null where it is not known. */
  texts: Map<string, string | null>;
  /** The nearest message above that made a version of any artifact. */
  above: Carrier | null;
}

/** Ancestors that are looked at in one conversation, and characters that are rebuilt in it, at most: real ones need a thousandth. */
const MAX_STEPS = 1_000_000;
const MAX_REBUILT = 64 * 1024 * 1024;

/** Rebuilds the versions of artifacts along the branches of one conversation; an update changes what its own ancestors made. */
export class ArtifactReplay {
  readonly #nearest = new Map<string, Carrier | null>();
  #steps = MAX_STEPS;
  #rebuilt = MAX_REBUILT;

  /** The versions that a message makes; messages are given in the order of the file, parents before their replies. */
  versionsOf(id: string, parentId: string | null, calls: readonly ArtifactCall[]): ArtifactVersion[] {
    const above = parentId === null ? null : (this.#nearest.get(parentId) ?? null);
    if (calls.length === 0) {
      this.#nearest.set(id, above);
      return [];
    }
    const own: Carrier = { texts: new Map(), above };
    this.#nearest.set(id, own);
    return calls.map((call) => {
      const text = this.#apply(call, own);
      own.texts.set(call.artifact, text);
      return { call, text };
    });
  }

  #apply({ artifact, change }: ArtifactCall, own: Carrier): string | null {
    if ('whole' in change) return change.whole;
    const before = this.#textBefore(artifact, own);
    const at = before?.indexOf(change.from) ?? -1;
    if (before === null || at === -1) return null;
    const text = `${before.slice(0, at)}${change.to}${before.slice(at + change.from.length)}`;
    this.#rebuilt -= text.length;
    return this.#rebuilt < 0 ? null : text;
  }

  #textBefore(artifact: string, from: Carrier): string | null {
    for (let carrier: Carrier | null = from; carrier !== null; carrier = carrier.above) {
      const text = carrier.texts.get(artifact);
      if (text !== undefined) return text;
      if (--this.#steps < 0) return null;
    }
    return null;
  }
}
