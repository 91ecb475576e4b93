import { pick, storableTextOrNull } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asString, asText } from '../../json/values.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { isDeeperThan } from './depth.ts';
import { readNodes } from './nodes.ts';

const METADATA = ['endpoint', 'branches', 'recursive', 'exportAt'];
const OPTIONS = [
  'endpoint',
  'endpointType',
  'model',
  'chatGptLabel',
  'modelLabel',
  'promptPrefix',
  'system',
  'temperature',
  'top_p',
  'topP',
  'topK',
  'presence_penalty',
  'frequency_penalty',
  'max_tokens',
  'maxContextTokens',
  'maxOutputTokens',
  'reasoning_effort',
  'agent_id',
  'assistant_id',
  'instructions',
  'tools',
  'spec',
];

/** One exported conversation. Throws RecordRejected when it has no messages, or its own fields are nested too deep. */
export function parseConversation(record: ConversationRecord, container: string): ParsedConversation {
  const { shell } = record;
  if (record.container !== 'array') {
    throw new RecordRejected('MISSING_MESSAGES', `The conversation has no array ${JSON.stringify(container)}.`);
  }
  if (isDeeperThan(shell, DEFAULT_LIMITS.maxDepth)) {
    const limit = `${DEFAULT_LIMITS.maxDepth} levels`;
    throw new RecordRejected('RECORD_TOO_DEEP', `The conversation's own fields are nested deeper than ${limit}.`);
  }
  const options = asObject(shell.options);
  const nodes = readNodes(record);
  return finishConversation(record, {
    platform: 'librechat',
    id: asText(shell.conversationId),
    title: asString(shell.title),
    url: null,
    ...timesOf(nodes),
    model: storableTextOrNull(asText(options?.model), `${record.location}.options.model`, record.log),
    metadata: { ...pick(shell, METADATA), ...(options ? { options: pick(options, OPTIONS) } : {}) },
    raw: record.shellText([]),
    nodes,
    activeId: lastShown(nodes),
  });
}

/** The export dates no conversation: its first and its last message do. */
function timesOf(nodes: readonly TreeNode[]): { createdAt: Date | null; updatedAt: Date | null } {
  let createdAt: Date | null = null;
  let updatedAt: Date | null = null;
  for (const { message } of nodes) {
    const time = message?.createdAt ?? null;
    if (time === null) continue;
    if (!createdAt || time < createdAt) createdAt = time;
    if (!updatedAt || time > updatedAt) updatedAt = time;
  }
  return { createdAt, updatedAt };
}

/** LibreChat opens a conversation at the last of the first messages and, at each fork, at the last reply. */
function lastShown(nodes: readonly TreeNode[]): string | null {
  const lastReply = new Map(nodes.map(({ id, parentId }) => [parentId, id]));
  const passed = new Set<string>();
  let shown: string | null = null;
  for (let at = lastReply.get(null); at !== undefined && !passed.has(at); at = lastReply.get(at)) {
    passed.add(at);
    shown = at;
  }
  return shown;
}
