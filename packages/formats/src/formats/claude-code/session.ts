import { pick, storableId } from '../../conversation/storable.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { DerivedIds } from '../json-lines/derived-id.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import type { SessionBuilder } from '../json-lines/session-format.ts';
import { SessionRecord } from '../json-lines/session-record.ts';
import { answeredIn, callsIn } from './content.ts';
import { isKnownBeside, isMessage } from './line-types.ts';
import { contentOf, draftMessage, modelOf } from './message.ts';
import type { Titles } from './titles.ts';

const SESSION_FIELDS = ['cwd', 'gitBranch', 'version', 'entrypoint', 'userType', 'slug', 'forkedFrom', 'teamName'];

/** One session of Claude Code: a tree by `parentUuid`. */
export class ClaudeCodeSession implements SessionBuilder {
  readonly #id: string | null;
  readonly #titles: Titles;
  readonly #record = new SessionRecord();
  readonly #derived = new DerivedIds();
  readonly #nodes: TreeNode[] = [];
  readonly #ids = new Set<string>();
  readonly #tools = new Map<string, string>();
  readonly #unknown = new Set<string>();
  #metadata: Record<string, unknown> = {};
  readonly #branches = new Set<string>();
  #previous: string | null = null;
  #active: string | null = null;
  #model: string | null = null;
  /** Of a summary that ends at a message of this session. */
  #summary: string | null = null;
  /** The messages at which the summaries among the session's lines end. */
  readonly #leaves = new Set<string>();
  #generated: string | null = null;
  #chosen: string | null = null;

  constructor(id: string | null, titles: Titles) {
    this.#id = id;
    this.#titles = titles;
  }

  add(line: SessionLine, documentName: string): void {
    const { value } = line;
    // Reports, once, an id that had to be replaced.
    if (this.#record.location === '') storableId(asText(value.sessionId) ?? '', line.location, this.#record.log);
    this.#record.open(line, documentName);
    this.#takeFacts(value);
    if (isMessage(value)) this.#addMessage(line, documentName);
    else this.#addOther(line);
  }

  finish(): ParsedConversation {
    const { log, location, createdAt, updatedAt, raw } = this.#record;
    const id = this.#id ?? this.#record.idWithout(this.#nodes.find(({ message }) => message !== null)?.id);
    const branches = [...this.#branches];
    const stray = this.#strayTitle();
    return finishConversation(
      { location, log },
      {
        platform: 'claude-code',
        id,
        title: this.#title ?? stray,
        url: null,
        createdAt,
        updatedAt,
        model: this.#model,
        metadata: {
          ...this.#metadata,
          ...(branches.length > 1 ? pick({ gitBranches: branches }, ['gitBranches']) : {}),
          ...(stray === null ? {} : { titleInferred: true }),
        },
        raw,
        nodes: this.#nodes,
        activeId: this.#active,
      },
    );
  }

  get #title(): string | null {
    return this.#chosen ?? this.#generated ?? this.#summary;
  }

  /** A single summary that ends in no session here is of the one that this session goes on with. */
  #strayTitle(): string | null {
    const [leaf, ...more] = this.#leaves;
    return this.#title === null && leaf !== undefined && more.length === 0 ? this.#titles.unclaimed(leaf) : null;
  }

  #takeFacts(line: JsonObject): void {
    this.#metadata = { ...pick(line, SESSION_FIELDS), ...this.#metadata };
    const branch = asText(line.gitBranch);
    if (branch !== null) this.#branches.add(branch);
    if (line.type === 'custom-title') this.#chosen = asText(line.customTitle) ?? this.#chosen;
    if (line.type === 'summary') this.#leaves.add(asText(line.leafUuid) ?? '');
    if (line.type === 'ai-title') this.#generated = asText(line.aiTitle) ?? this.#generated;
    const uuid = asText(line.uuid);
    if (uuid !== null) this.#summary = this.#titles.endingAt(uuid) ?? this.#summary;
  }

  #addMessage(line: SessionLine, documentName: string): void {
    const { value, location } = line;
    const { log } = this.#record;
    const content = contentOf(value);
    for (const [id, name] of callsIn(content)) this.#tools.set(id, name);
    const [answered] = answeredIn(content);
    const message = draftMessage(line, this.#tools.get(answered ?? '') ?? null, log);
    const node = { id: this.#idOf(line, documentName), parentId: this.#parentOf(value, location), message, location };
    this.#place(node, value);
    this.#record.span(message.createdAt);
  }

  /** A line that is no message; one with a uuid still connects what is before it with what follows. */
  #addOther(line: SessionLine): void {
    const { value, location } = line;
    this.#record.keep(line.raw);
    const uuid = asText(value.uuid);
    if (uuid !== null) {
      const id = storableId(uuid, location, this.#record.log);
      if (!this.#ids.has(id))
        this.#place({ id, parentId: this.#parentOf(value, location), message: null, location }, value);
    }
    const type = asText(value.type) ?? '';
    if (isKnownBeside(value) || this.#unknown.has(type)) return;
    this.#unknown.add(type);
    const message = `Lines of the type ${JSON.stringify(type.slice(0, 80))} are not known; their raw JSON is kept.`;
    this.#record.log.report('UNKNOWN_CONTENT_TYPE', location, message);
  }

  #place(node: TreeNode, line: JsonObject): void {
    this.#nodes.push(node);
    const isNew = !this.#ids.has(node.id);
    this.#ids.add(node.id);
    if (!isNew) return;
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
    return this.#derived.next(documentName, [
      value.timestamp,
      value.type,
      asObject(value.message)?.role,
      contentOf(value),
    ]);
  }

  /** Absent in early versions, whose lines are a chain; where a session was compacted, the logical parent goes on. */
  #parentOf(line: JsonObject, location: string): string | null {
    if (!('parentUuid' in line)) return this.#previous;
    const parent = asText(line.parentUuid);
    if (parent !== null) return storableId(parent, location, this.#record.log);
    const logical = asText(line.logicalParentUuid);
    return logical !== null && this.#ids.has(logical) ? logical : null;
  }
}
