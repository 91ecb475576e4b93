import type { ArchiveView } from '../../archive/view.ts';
import type { ParseIssue } from '../../model.ts';
import { readPrefix } from '../../source.ts';

const MANIFEST = /(^|\/)export_manifest\.json$/i;
const SHARD = /conversations[-_]\d+\.json/gi;
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** Shards of conversations that the export's manifest names and the ZIP does not have. */
export async function missingShards({ documents }: ArchiveView): Promise<ParseIssue[]> {
  const manifest = documents.find(({ name }) => MANIFEST.test(name));
  if (!manifest) return [];
  // Its structure has changed between exports; the names of the shards have not.
  const text = (await readPrefix(manifest.open(), MAX_MANIFEST_BYTES)).toString('utf8');
  const present = new Set(documents.map(({ name }) => name.slice(name.lastIndexOf('/') + 1).toLowerCase()));
  const named = new Set(text.match(SHARD)?.map((name) => name.toLowerCase()));
  return [...named]
    .filter((name) => !present.has(name))
    .map((name) => ({
      code: 'MISSING_DOCUMENT',
      location: manifest.name,
      message: `The manifest names ${name}, which is not in the archive.`,
    }));
}
