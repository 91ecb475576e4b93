import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { ArchiveError } from '../../errors.ts';
import type { ParseIssue } from '../../model.ts';
import { readPrefix } from '../../source.ts';

/** Real ones have kilobytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The JSON of the small documents of that name which lie beside the conversations. One that cannot be read is an issue and
 * costs no conversation. Nothing bounds how deep the values nest.
 */
export async function readSideJson({ documents }: ArchiveView, name: RegExp, issues: ParseIssue[]): Promise<unknown[]> {
  const roots: unknown[] = [];
  for (const document of documents.filter((candidate) => name.test(candidate.name))) {
    roots.push(await parsed(document, issues));
  }
  return roots;
}

async function parsed(document: ArchiveDocument, issues: ParseIssue[]): Promise<unknown> {
  const location = document.name;
  if (document.size > MAX_BYTES) {
    issues.push({ code: 'RECORD_TOO_LARGE', location, message: `The document exceeds ${MAX_BYTES} bytes.` });
    return null;
  }
  try {
    return JSON.parse((await readPrefix(document.open(), MAX_BYTES)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof ArchiveError || error instanceof SyntaxError)) throw error;
    issues.push({ code: 'INVALID_RECORD', location, message: error.message.slice(0, 200) });
    return null;
  }
}
