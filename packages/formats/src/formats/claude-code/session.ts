import { storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { DerivedIds } from '../json-lines/derived-id.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import type { SessionBuilder } from '../json-lines/session-format.ts';
import { SessionRecord } from '../json-lines/session-record.ts';
import { answeredIn, callsIn } from './content.ts';
import { SessionFacts } from './facts.ts';
import { isDequeued, isKnownBeside, isMessage, sessionIdOf } from './line-types.ts';
import { contentOf, draftMessage, modelOf } from './message.ts';
import { QueuedPrompts } from './queued.ts';
import type { Titles } from './titles.ts';

/** One session of Claude Code: a tree by `parentUuid`. */
export class ClaudeCodeSession implements SessionBuilder {
  readonly #id: string | null;
  readonly #facts: SessionFacts;
  readonly #record = new SessionRecord();
  readonly #derived = new DerivedIds();
  readonly #nodes: TreeNode[] = [];
  /** The first node of each id. */
  readonly #placed = new Map<string, TreeNode>();
  /** Names of the tools, by the id of the call. */
  readonly #tools = new Map<string, string>();
  readonly #unknown = new Set<string>();
  readonly #queued = new QueuedPrompts();
  #namesParents = false;
  #previous: string | null = null;
  #active: string | null = null;
  #model: string | null = null;

  constructor(id: string | null, titles: Titles) {
    this.#id = id;
    this.#facts = new SessionFacts(titles);
  }

  add(line: SessionLine, documentName: string): void {
    const { value } = line;
    // Reports, once, an id that had to be replaced.
    if (this.#record.location === '') storableId(sessionIdOf(value) ?? '', line.location, this.#record.log);
    this.#record.open(line, documentName);
    this.#facts.take(value);
    if (isDequeued(value)) this.#addDequeued(line, documentName);
    else if (isMessage(value)) this.#addMessage(line, documentName);
    else this.#addOther(line);
  }

  finish(): ParsedConversation {
    if (!this.#namesParents) this.#chain();
    const nodes = [...this.#nodes, ...this.#queued.settle((raw) => this.#record.keep(raw))];
    const { log, location, createdAt, updatedAt, raw } = this.#record;
    const id = this.#id ?? this.#record.idWithout(nodes.find(({ message }) => message !== null)?.id);
    return finishConversation(
      { location, log },
      {
        platform: 'claude-code',
        id,
        ...this.#facts.settle(),
        url: null,
        createdAt,
        updatedAt,
        model: this.#model,
        raw,
        nodes,
        activeId: this.#active,
      },
    );
  }

  #addMessage(line: SessionLine, documentName: string): void {
    const { value, location } = line;
    const content = contentOf(value);
    for (const [id, name] of callsIn(content)) this.#tools.set(id, name);
    const [answered] = answeredIn(content);
    const message = draftMessage(line, this.#tools.get(answered ?? '') ?? null, this.#record.log);
    const id = this.#idOf(line, documentName);
    const node = { id, parentId: this.#parentOf(id, value, location), message, location };
    this.#place(node, value);
    this.#queued.hear(node);
    this.#record.span(message.createdAt);
  }

  /** A prompt in the queue has neither an id nor a place in the tree: it is a reply to what was there when it was taken. */
  #addDequeued(line: SessionLine, documentName: string): void {
    const { value, location } = line;
    const message = draftMessage(line, null, this.#record.log);
    const id = this.#derived.next(documentName, [value.timestamp, value.type, value.content]);
    this.#queued.add({ id, parentId: this.#active, message, location });
    this.#record.span(message.createdAt);
  }

  /** A line that is no message; one with a uuid still connects what is before it with what follows. */
  #addOther(line: SessionLine): void {
    const { value, location } = line;
    this.#record.keep(line.raw);
    const uuid = asText(value.uuid);
    const id = uuid === null ? null : storableId(uuid, location, this.#record.log);
    if (id !== null && !this.#placed.has(id)) {
      this.#place({ id, parentId: this.#parentOf(id, value, location), message: null, location }, value);
    }
    const type = asText(value.type) ?? '';
    if (type === 'user' || type === 'assistant') {
      this.#record.log.report('INVALID_MESSAGE', location, 'The member "message" is no object.');
      return;
    }
    if (isKnownBeside(value) || this.#unknown.has(type)) return;
    this.#unknown.add(type);
    const message = `Lines of the type ${JSON.stringify(type.slice(0, 80))} are not known; their raw JSON is kept.`;
    this.#record.log.report('UNKNOWN_CONTENT_TYPE', location, message);
  }

  #place(node: TreeNode, line: JsonObject): void {
    this.#nodes.push(node);
    if (this.#placed.has(node.id)) return;
    this.#placed.set(node.id, node);
    this.#previous = node.id;
    if (node.message === null || line.isSidechain === true) return;
    this.#active = node.id;
    this.#model = modelOf(line) ?? this.#model;
  }

  #idOf({ value, location }: SessionLine, documentName: string): string {
    const { log } = this.#record;
    const uuid = asText(value.uuid);
    if (uuid !== null) return storableId(uuid, location, log);
    log.report('MISSING_MESSAGE_ID', location, 'The message has no uuid; it was named after its time and content.');
    const facts = [value.timestamp, value.type, asObject(value.message)?.role, contentOf(value)];
    return this.#derived.next(documentName, facts);
  }

  /** Some tools write sessions in which no line names a parent: then the order of the lines is all there is. */
  #chain(): void {
    let previous: string | null = null;
    for (const node of this.#nodes) {
      const first = this.#placed.get(node.id);
      node.parentId = first && first !== node ? first.parentId : previous;
      if (first === node) previous = node.id;
    }
  }

  /**
   * Lines without the member `parentUuid` are a chain; a copy of one of them stays where the first is. Where a session
   * was compacted, it begins again without a parent: then it goes on from the logical one, else from the last message.
   */
  #parentOf(id: string, line: JsonObject, location: string): string | null {
    if (!('parentUuid' in line)) {
      const earlier = this.#placed.get(id);
      return earlier ? earlier.parentId : this.#previous;
    }
    const parent = asText(line.parentUuid);
    if (parent !== null) {
      this.#namesParents = true;
      return storableId(parent, location, this.#record.log);
    }
    const logical = asText(line.logicalParentUuid);
    if (logical !== null && this.#placed.has(logical)) return logical;
    const goesOn = line.subtype === 'compact_boundary' || line.isCompactSummary === true;
    return goesOn && line.isSidechain !== true ? (this.#placed.get(id)?.parentId ?? this.#active) : null;
  }
}
