import type { IssueLog } from '../../conversation/issues.ts';
import type { MessageDraft, TreeNode } from '../../conversation/tree-node.ts';

/** A message of a chat of several people, before its place in time is settled. */
export interface TimedMessage {
  /** Storable; that of the vendor, or one that follows from what cannot change. */
  id: string;
  message: MessageDraft;
  location: string;
}

/**
 * A chat as a chain in the order of time: each message's parent is the one before it. Messages of one millisecond are
 * ordered by their ids, which count upwards at every vendor; one without a time stays behind the one before it in the
 * file. A second message with the same id, author and text is a copy and is dropped; another one with the same id is
 * renamed `<id>~2`, `<id>~3` ... Both are reported.
 */
export function chainByTime(messages: readonly TimedMessage[], log: IssueLog): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (const { id, message, location } of withoutCopies(messages, log).sort(byTime)) {
    nodes.push({ id, parentId: nodes.at(-1)?.id ?? null, message, location });
  }
  return nodes;
}

interface Placed extends TimedMessage {
  time: number;
  index: number;
}

function byTime(a: Placed, b: Placed): number {
  return a.time - b.time || compareIds(a.id, b.id) || a.index - b.index;
}

/** Ids that are numbers, or seconds and a counter, count upwards; longer ones are larger. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function withoutCopies(messages: readonly TimedMessage[], log: IssueLog): Placed[] {
  const placed: Placed[] = [];
  const firsts = new Map<string, TimedMessage>();
  const namesakes = new Map<string, Namesakes>();
  const taken = new Set(messages.map(({ id }) => id));
  let time = 0;
  for (const [index, timed] of messages.entries()) {
    const { id, message, location } = timed;
    time = message.createdAt?.getTime() ?? time;
    const first = firsts.get(id);
    if (first === undefined) {
      firsts.set(id, timed);
      placed.push({ ...timed, time, index });
      continue;
    }
    const others = namesakes.get(id) ?? { said: new Set([saying(first.message)]), next: 2 };
    namesakes.set(id, others);
    if (others.said.has(saying(message))) {
      log.report('DUPLICATE_MESSAGE_ID', location, `A copy of the message ${JSON.stringify(id)} was dropped.`);
      continue;
    }
    others.said.add(saying(message));
    const own = freeId(id, others, taken);
    const what = `The id ${JSON.stringify(id)} is taken; this message became ${JSON.stringify(own)}.`;
    log.report('DUPLICATE_MESSAGE_ID', location, what);
    placed.push({ ...timed, id: own, time, index });
  }
  return placed;
}

/** Messages that share an id: what each says, and the number that the next one's name is tried with. */
interface Namesakes {
  said: Set<string>;
  next: number;
}

/** The vendor's JSON of a message changes with every reaction to it; who said what does not. */
function saying({ author, text }: MessageDraft): string {
  return JSON.stringify([author, text]);
}

function freeId(id: string, namesakes: Namesakes, taken: Set<string>): string {
  while (taken.has(`${id}~${namesakes.next}`)) namesakes.next++;
  const free = `${id}~${namesakes.next}`;
  taken.add(free);
  return free;
}
