import { type ConstDirectiveNode, type FieldNode, Kind } from 'graphql';
import type { ReportNull, Writer } from './writer.ts';

/** No client can write it: the mark is this very object. */
const MARK: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: '__hidden' } };

/** The field as one of which there is null in the answer, whatever is known of it, and an error that says so elsewhere. */
export function hideField({ selectionSet: _, ...node }: FieldNode): FieldNode {
  return { ...node, directives: [...(node.directives ?? []), MARK] };
}

export function isHidden({ directives }: FieldNode): boolean {
  return directives?.includes(MARK) ?? false;
}

/** Writes what the client may not see: null, which another error tells of. */
export class HiddenWriter implements Writer {
  append(): undefined {
    return undefined;
  }
  findNulls(_value: unknown, path: (string | number)[], report: ReportNull): void {
    report(path, undefined);
  }
}
