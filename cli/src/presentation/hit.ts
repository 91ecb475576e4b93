import type { SearchHit } from '../operations/search.ts';
import type { Output } from '../output.ts';
import { clip, day } from './format.ts';

const SNIPPET_LENGTH = 160;

/** A search hit in three lines: what it is, what it says, and where it was said. */
export function hitLines(hit: SearchHit, style: Output['style']): string[] {
  const { node } = hit;
  const item = node.__typename === 'IntelligenceItem';
  const kind = item ? node.type : `${node.role} MESSAGE`;
  const when = day(item ? node.occurredAt : node.createdAt);
  const place = `${node.conversation.platform.name} · ${clip(node.conversation.title ?? 'untitled', 60)} · ${when}`;
  const headline = item ? `  ${clip(node.title, 90)}` : '';
  const lines = [`${hit.score.toFixed(3)}  ${style('bold', kind)}${headline}`];
  if (!item || clip(hit.snippet, SNIPPET_LENGTH) !== clip(node.title, SNIPPET_LENGTH)) {
    lines.push(`       ${clip(hit.snippet, SNIPPET_LENGTH)}`);
  }
  lines.push(`       ${style('dim', `${place} · ${node.id}`)}`);
  return lines;
}
