import type { ArchiveView } from '../../archive/view.ts';
import { asObject, objectsIn } from '../../json/values.ts';
import type { ParseIssue } from '../../model.ts';
import { readSideJson } from './side-json.ts';

const GROUP_CHATS = /(^|\/)group_chats\.json$/i;

/** Group chats of which the export says only that they exist: an issue for each, so that nobody takes them for imported. */
export async function groupChats(archive: ArchiveView): Promise<ParseIssue[]> {
  const issues: ParseIssue[] = [];
  const roots = await readSideJson(archive, GROUP_CHATS, issues);
  const chats = roots.flatMap((root) => objectsIn(asObject(root)?.chats));
  return [
    ...issues,
    ...chats.map((_, index): ParseIssue => {
      const location = `group_chats.json.chats[${index}]`;
      return { code: 'NOT_A_CONVERSATION', location, message: 'A group chat: exports have no messages of it.' };
    }),
  ];
}
