import { pick, storableId } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { DerivedIds } from '../json-lines/derived-id.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import type { SessionBuilder } from '../json-lines/session-format.ts';
import { SessionRecord } from '../json-lines/session-record.ts';
import { chain } from './chain.ts';
import { type Entry, withoutCopies } from './entry.ts';
import { nameGiven, speechOf, turnsTakenBack } from './event.ts';
import { type Item, isMessageItem, readItem } from './item.ts';
import { isKnownKind, type RolloutLine, rolloutLine } from './line.ts';
import { draftMessage } from './message.ts';
import { sessionIdOf } from './sorter.ts';

const META_FIELDS = [
  'cwd',
  'originator',
  'cli_version',
  'source',
  'thread_source',
  'model_provider',
  'git',
  'forked_from_id',
  'parent_thread_id',
  'agent_nickname',
  'agent_role',
];

/** One session of Codex: a chain of items. */
export class CodexSession implements SessionBuilder {
  readonly #id: string | null;
  readonly #record = new SessionRecord();
  readonly #derived = new DerivedIds();
  readonly #entries: Entry[] = [];
  readonly #tools = new Map<string, string>();
  readonly #unknown = new Set<string>();
  #metadata: Record<string, unknown> | null = null;
  #model: string | null = null;
  #title: string | null = null;

  constructor(id: string | null) {
    this.#id = id;
  }

  add(line: SessionLine, documentName: string): void {
    this.#record.open(line, documentName);
    const rollout = rolloutLine(line.value);
    const { kind, item } = rollout;
    if (kind === 'response_item' && isMessageItem(item)) this.#addItem(line, rollout, documentName);
    else if (kind === 'compacted' && asText(item.message) !== null) this.#addSummary(line, rollout, documentName);
    else if (kind === 'event_msg') this.#addEvent(line, rollout, documentName);
    else this.#addOther(line, rollout);
  }

  finish(): ParsedConversation {
    const { log, location } = this.#record;
    const entries = withoutCopies(this.#entries, (raw) => this.#record.keep(raw));
    const { nodes, activeId } = chain(entries);
    const id = this.#id ?? this.#record.idWithout(nodes[0]?.id);
    const { createdAt, updatedAt, raw } = this.#record;
    return finishConversation(
      { location, log },
      {
        platform: 'codex',
        id,
        title: this.#title,
        url: null,
        createdAt,
        updatedAt,
        model: this.#model,
        metadata: this.#metadata ?? {},
        raw,
        nodes,
        activeId,
      },
    );
  }

  #addItem(line: SessionLine, rollout: RolloutLine, documentName: string): void {
    const { item } = rollout;
    const [call, name] = [asText(item.call_id), asText(item.name)];
    if (call !== null && name !== null) this.#tools.set(call, name);
    this.#addMessage(line, rollout, readItem(item, line.location, this.#record.log), documentName);
  }

  /** What the model keeps in mind of a history that became too long. */
  #addSummary(line: SessionLine, rollout: RolloutLine, documentName: string): void {
    const text = asText(rollout.item.message) ?? '';
    this.#addMessage(line, rollout, { role: 'SYSTEM', hidden: true, text, parts: [] }, documentName);
  }

  #addEvent(line: SessionLine, rollout: RolloutLine, documentName: string): void {
    const { item } = rollout;
    const speech = speechOf(item);
    if (speech !== null) {
      this.#addMessage(line, rollout, { ...speech, parts: [] }, documentName);
      return;
    }
    this.#title = nameGiven(item) ?? this.#title;
    const turns = turnsTakenBack(item);
    if (turns > 0) this.#entries.push({ kind: 'rollback', turns });
    this.#record.keep(line.raw);
  }

  #addMessage(line: SessionLine, rollout: RolloutLine, item: Item, documentName: string): void {
    const { location, raw } = line;
    const { log } = this.#record;
    const call = asText(rollout.item.call_id);
    const tool = call === null ? null : (this.#tools.get(call) ?? null);
    const message = draftMessage(line, rollout, item, { tool, model: this.#model }, log);
    this.#record.span(message.createdAt);
    const id = storableId(this.#idOf(rollout, item, documentName), location, log);
    if (rollout.kind === 'event_msg') this.#entries.push({ kind: 'event', id, message, location, raw });
    else this.#entries.push({ kind: 'message', id, message, location, parts: item.parts });
  }

  #addOther(line: SessionLine, { kind, item }: RolloutLine): void {
    this.#record.keep(line.raw);
    // Only the first is the session's own; those that follow may be copied from where it was forked.
    if (kind === 'session_meta' && this.#metadata === null) this.#takeMeta(item, line.location);
    if (kind === 'turn_context') this.#model = asText(item.model) ?? this.#model;
    if (isKnownKind(kind) || this.#unknown.has(kind)) return;
    this.#unknown.add(kind);
    const message = `Lines of the type ${JSON.stringify(kind.slice(0, 80))} are not known; their raw JSON is kept.`;
    this.#record.log.report('UNKNOWN_CONTENT_TYPE', line.location, message);
  }

  #takeMeta(meta: JsonObject, location: string): void {
    // Reports an id that had to be replaced.
    storableId(sessionIdOf(meta) ?? '', location, this.#record.log);
    this.#metadata = pick(meta, META_FIELDS);
    this.#model = asText(meta.model) ?? this.#model;
    this.#record.span(parseTime(meta.timestamp, `${location}.timestamp`, this.#record.log));
  }

  #idOf({ item, kind, timestamp }: RolloutLine, { role, text }: Item, documentName: string): string {
    const id = asText(item.id);
    const call = asText(item.call_id);
    if (id !== null) return id;
    if (call !== null) return `${asText(item.type) ?? kind}:${call}`;
    return this.#derived.next(documentName, [timestamp, kind, item.type, role, text]);
  }
}
