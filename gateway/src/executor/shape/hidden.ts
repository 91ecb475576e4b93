import { type ConstDirectiveNode, type FieldNode, Kind } from 'graphql';
import type { ReportNull, Writer } from './writers.ts';

/** No client can write it: the mark is this very object. */
const MARK: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: '__hidden' } };

/** The field as one of which there is null in the answer, whatever is known of it, and an error that says so elsewhere. */
export function hideField({ selectionSet: _, ...node }: FieldNode): FieldNode {
  return { ...node, directives: [...(node.directives ?? []), MARK] };
}

export function isHidden({ directives }: FieldNode): boolean {
  return directives?.includes(MARK) ?? false;
}

/** Writes what the client may not see. */
export class HiddenWriter implements Writer {
  readonly #text: string | undefined;
  constructor(nullable: boolean) {
    this.#text = nullable ? 'null' : undefined;
  }
  write(): string | undefined {
    return this.#text;
  }
  findNulls(_value: unknown, path: (string | number)[], report: ReportNull): void {
    if (this.#text === undefined) report(path, undefined);
  }
}
