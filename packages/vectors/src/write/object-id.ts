import { v5 } from 'uuid';

const NAMESPACE = '5f0d5f7e-8f0c-5b51-9a7e-3d9c3b1f2a44';

/** The same chunk of the same owner is the same object, however often it is written. */
export function objectId(ownerId: string, chunkNumber: number, version: string): string {
  return v5(`${ownerId}\n${chunkNumber}\n${version}`, NAMESPACE);
}
