import { type EntityKind, kindOf, toUuid } from '@colloquy/domain';

/** The UUID in a TypeID of that kind; null for every other text, which then names nothing. */
export function uuidOf(kind: EntityKind, id: string): string | null {
  return kindOf(id) === kind ? toUuid(kind, id) : null;
}
