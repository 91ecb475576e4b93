import { fromString, fromUUID, getType, toUUID } from 'typeid-js';
import { v5, v7 } from 'uuid';

/** The prefix tells what an id names; `node(id)` dispatches on it. */
export const ID_PREFIXES = {
  conversation: 'conv',
  message: 'msg',
  item: 'item',
  relation: 'rel',
  archive: 'arch',
  session: 'sess',
  user: 'user',
  agent: 'agent',
  platform: 'plat',
  run: 'run',
  attachment: 'att',
  deletion: 'del',
} as const;
export type EntityKind = keyof typeof ID_PREFIXES;

/** A text that is no TypeID of the expected kind. */
export class InvalidIdError extends Error {
  override readonly name = 'InvalidIdError';
  readonly code = 'INVALID_ID';
}

/** A new UUIDv7: ordered by time of minting. */
export function mintUuid(): string {
  return v7();
}

/** UUID as PostgreSQL stores it -> TypeID as the public graph shows it, such as `conv_01h455vb4pex5vsknk084sn02q`. */
export function toId(kind: EntityKind, uuid: string): string {
  return fromUUID(uuid, ID_PREFIXES[kind]).toString();
}

/** TypeID -> UUID. Throws InvalidIdError when the text is not an id of that kind. */
export function toUuid(kind: EntityKind, id: string): string {
  const decoded = decode(id);
  if (decoded?.kind !== kind) {
    throw new InvalidIdError(`Expected an id that begins with "${ID_PREFIXES[kind]}_", got "${id}".`);
  }
  return decoded.uuid;
}

/** The kind that a TypeID's prefix names, or null when the text is no TypeID of ours. */
export function kindOf(id: string): EntityKind | null {
  return decode(id)?.kind ?? null;
}

/** Null for whatever is no TypeID: a foreign prefix, a wrong length, or 128 bits that are no UUID. */
function decode(id: string): { kind: EntityKind; uuid: string } | null {
  try {
    const typeId = fromString(id);
    const prefix = getType(typeId);
    const found = Object.entries(ID_PREFIXES).find(([, known]) => known === prefix);
    return found ? { kind: found[0] as EntityKind, uuid: toUUID(typeId) } : null;
  } catch {
    return null;
  }
}

/** Namespace of the ids that follow from a name rather than from a moment. */
const NAMESPACE = '6f1c9d0e-3b0a-5c55-9a53-0c0110c07000';

/** A tenant's id follows from its name, so that no process has to look it up across tenants. */
export function tenantUuid(name: string): string {
  return v5(`tenant:${name}`, NAMESPACE);
}

/** A platform's id follows from its name: the same in every installation. */
export function platformUuid(name: string): string {
  return v5(`platform:${name}`, NAMESPACE);
}
