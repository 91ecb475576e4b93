import type { TenantClient } from '../connection/tenant.ts';
import { noteAbsences, repeatAbsences } from './absences.ts';
import { attach } from './attachments.ts';
import { type ConversationChanges, findChanges } from './changes.ts';
import { countVisit, describeConversation } from './describe.ts';
import { restoreHistory } from './history.ts';
import type { IncomingConversation } from './incoming.ts';
import { conversationKey, type KnownConversation, lockKnown } from './known.ts';
import { insertMessages } from './messages.ts';
import { insertConversations, type NewConversation, newConversation } from './new-conversation.ts';
import { movePath, orderByTime } from './path.ts';
import { recordConversations, type SeenConversation } from './record.ts';
import { reviseTexts } from './revisions.ts';

/** A conversation of an export, at its place there. */
export interface ArrivedConversation {
  ordinal: number;
  conversation: IncomingConversation;
}

/** What storing a conversation of an export did. */
export interface MergeResult extends SeenConversation {
  /** Whether this session had not seen the conversation yet; an archive may hold one twice. */
  firstSight: boolean;
}

/**
 * Stores conversations of one session, or joins them to those that are stored: new messages are added, edits become
 * revisions, nothing doubles, nothing is lost. Results are in the order given.
 */
export async function mergeConversations(
  client: TenantClient,
  sessionId: string,
  arrived: readonly ArrivedConversation[],
): Promise<MergeResult[]> {
  const results: MergeResult[] = [];
  for (const distinct of distinctRuns(arrived)) {
    const seen = await mergeDistinct(client, sessionId, distinct);
    const fresh = await recordConversations(client, sessionId, seen);
    results.push(...seen.map((result) => ({ ...result, firstSight: fresh.has(result.conversationId) })));
  }
  return results;
}

/** Cuts a list where a conversation comes for the second time. */
function* distinctRuns(arrived: readonly ArrivedConversation[]): Generator<ArrivedConversation[]> {
  let run = new Map<string, ArrivedConversation>();
  for (const arrival of arrived) {
    const key = conversationKey(arrival.conversation);
    if (run.has(key)) {
      yield [...run.values()];
      run = new Map();
    }
    run.set(key, arrival);
  }
  if (run.size > 0) yield [...run.values()];
}

/** What is to be done with a conversation: add it, change it, or (`changes` null) only note that it was seen. */
type Plan =
  | { kind: 'add'; added: NewConversation }
  | { kind: 'merge'; known: KnownConversation; changes: ConversationChanges | null };

async function mergeDistinct(
  client: TenantClient,
  sessionId: string,
  arrived: readonly ArrivedConversation[],
): Promise<SeenConversation[]> {
  const known = await lockKnown(
    client,
    sessionId,
    arrived.map(({ conversation }) => conversation),
  );
  const plans: Plan[] = [];
  for (const { conversation } of arrived) plans.push(await plan(client, known, conversation));
  await addRows(client, plans);

  const seen: SeenConversation[] = [];
  for (const [index, { ordinal, conversation }] of arrived.entries()) {
    const outcome = await carryOut(client, plans[index] as Plan);
    seen.push({ ...NOTHING_DONE, ...outcome, ordinal, messageCount: conversation.messages.length });
  }
  return seen;
}

async function plan(
  client: TenantClient,
  stored: ReadonlyMap<string, KnownConversation>,
  incoming: IncomingConversation,
): Promise<Plan> {
  const known = stored.get(conversationKey(incoming));
  if (!known) return { kind: 'add', added: newConversation(incoming) };
  return { kind: 'merge', known, changes: await findChanges(client, known, incoming) };
}

/** Adds what is new in all of them at once. */
async function addRows(client: TenantClient, plans: readonly Plan[]): Promise<void> {
  const added = plans.flatMap((plan) => (plan.kind === 'add' ? [plan.added] : []));
  const changed = plans.flatMap((plan) => (plan.kind === 'merge' && plan.changes ? [plan.changes] : []));
  // Stored messages make room on the path before others take their places there.
  for (const { path, known, incoming, idOf } of changed)
    if (path === 'incoming') await movePath(client, known.id, incoming.messages, idOf);
  await insertConversations(client, added);
  await insertMessages(
    client,
    [...added, ...changed].flatMap(({ rows }) => rows),
  );
  await attach(client, [...added, ...changed]);
}

const NOTHING_DONE = { isNew: false, newMessages: 0, changedMessages: 0, absentMessages: 0, titleChanged: false };

type Outcome = Pick<SeenConversation, 'conversationId' | 'visit'> & Partial<SeenConversation>;

async function carryOut(client: TenantClient, plan: Plan): Promise<Outcome> {
  if (plan.kind === 'add') {
    const { id: conversationId, rows } = plan.added;
    await restoreHistory(client, { ...plan.added, visit: 1, newest: true });
    return { conversationId, visit: 1, isNew: true, newMessages: rows.length };
  }
  const { known, changes } = plan;
  if (changes) return { conversationId: known.id, ...(await applyChanges(client, changes)) };
  if (known.ownVisit !== null) return { conversationId: known.id, visit: known.ownVisit };
  const visit = known.visits + 1;
  await repeatAbsences(client, known);
  await countVisit(client, known.id, visit);
  return { conversationId: known.id, visit };
}

async function applyChanges(client: TenantClient, changes: ConversationChanges) {
  const { known, visit, rows, path } = changes;
  const changedMessages = await reviseTexts(client, changes);
  const absentMessages = await noteAbsences(client, changes);
  if (path === 'time') await orderByTime(client, known.id);
  const titleChanged = await describeConversation(client, changes);
  await restoreHistory(client, { ...changes, id: known.id });
  return { visit, newMessages: rows.length, changedMessages, absentMessages, titleChanged };
}
