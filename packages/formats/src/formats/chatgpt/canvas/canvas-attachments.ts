import type { IssueLog } from '../../../conversation/issues.ts';
import type { TreeNode } from '../../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../../json/values.ts';
import type { ParsedAttachment } from '../../../model.ts';
import { namedAttachment, textAttachment } from '../../attachments/attachment.ts';
import { distinctAttachments } from '../../attachments/message-attachments.ts';
import { type CanvasCall, canvasCall, textdocMediaType } from './canvas-call.ts';
import { type CanvasNode, CanvasReplay } from './canvas-replay.ts';

/** A node with the vendor's JSON of its message. */
export interface CanvasSource {
  node: TreeNode;
  message: JsonObject | null;
}

/** The nodes, with each version of a canvas document attached to the message that made it. */
export function withCanvas(sources: readonly CanvasSource[], log: IssueLog): TreeNode[] {
  const calls = new Map<string, CanvasCall>();
  for (const { node, message } of sources) {
    const call = message && canvasCall(message);
    if (call) calls.set(node.id, call);
  }
  if (calls.size === 0) return sources.map(({ node }) => node);
  const answers = answersTo(sources, calls);
  const replay = new CanvasReplay(
    new Map(
      sources.map(({ node: { id, parentId } }): [string, CanvasNode] => {
        return [id, { parentId, call: calls.get(id) ?? null, textdoc: asText(answers.get(id)?.textdoc_id) }];
      }),
    ),
  );
  return sources.map(({ node }) => {
    const call = calls.get(node.id);
    const answer = answers.get(node.id) ?? null;
    if (!call || !node.message || answer?.is_failure === true) return node;
    const version = attachmentOf(call, answer, replay.textAfter(node.id), node.location, log);
    const attachments = distinctAttachments([...(node.message.attachments ?? []), version]);
    return { ...node, message: { ...node.message, attachments } };
  });
}

/** What the tool answered to each call: `metadata.canvas` of the reply. */
function answersTo(
  sources: readonly CanvasSource[],
  calls: ReadonlyMap<string, CanvasCall>,
): ReadonlyMap<string, JsonObject> {
  const answers = new Map<string, JsonObject>();
  for (const { node, message } of sources) {
    const canvas = asObject(asObject(message?.metadata)?.canvas);
    if (canvas !== null && node.parentId !== null && calls.has(node.parentId)) answers.set(node.parentId, canvas);
  }
  return answers;
}

function attachmentOf(
  call: CanvasCall,
  answer: JsonObject | null,
  text: string | null,
  location: string,
  log: IssueLog,
): ParsedAttachment {
  const version = typeof answer?.version === 'number' ? `:v${answer.version}` : '';
  const facts = {
    externalId: `textdoc:${asText(answer?.textdoc_id) ?? 'unnamed'}${version}`,
    title: asText(answer?.title) ?? call.title,
    mediaType: textdocMediaType(asText(answer?.textdoc_type)) ?? call.mediaType,
  };
  if (text !== null) return textAttachment(text, facts, { location, log });
  const pieces = 'updates' in call.change ? call.change.updates.map(({ replacement }) => replacement) : [];
  log.report(
    'INVALID_CONTENT',
    location,
    'The canvas document after this change cannot be told; only the new pieces are kept.',
  );
  return namedAttachment({ ...facts, text: pieces.join('\n\n') }, { location, log });
}
