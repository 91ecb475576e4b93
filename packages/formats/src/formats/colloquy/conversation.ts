import { IssueLog } from '../../conversation/issues.ts';
import { pick, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { DerivedIds } from '../json-lines/derived-id.ts';
import type { SessionLine } from '../json-lines/read-line.ts';
import type { SessionBuilder } from '../json-lines/session-format.ts';
import type { Assets } from './attachments.ts';
import { formerTitles } from './history.ts';
import { readMessage } from './message.ts';
import { platformOf } from './platform.ts';
import { readRaw } from './raw.ts';

/** One conversation and the messages that name it. */
export class ColloquyConversation implements SessionBuilder {
  readonly #assets: Assets;
  readonly #log = new IssueLog();
  readonly #derived = new DerivedIds();
  readonly #nodes: TreeNode[] = [];
  #location = '';
  #head: SessionLine | null = null;
  /** The first line, whatever it is: it has the ids when the conversation's own line is missing. */
  #first: JsonObject | null = null;

  constructor(assets: Assets) {
    this.#assets = assets;
  }

  add(line: SessionLine): void {
    const { value, location } = line;
    // These are of the file, and come with the conversation beside them.
    if (value.type === 'header' || value.type === 'end') return;
    if (this.#location === '') this.#location = location;
    if (value.type === 'message' || value.type === 'conversation') this.#first ??= value;
    if (!line.isUtf8) this.#log.report('INVALID_UTF8', location, 'Bytes that are not UTF-8 were replaced by U+FFFD.');
    if (value.type === 'message') this.#nodes.push(readMessage(line, this.#assets, this.#log, this.#derived));
    else if (value.type !== 'conversation')
      this.#log.report('INVALID_RECORD', location, `There is no line of type ${JSON.stringify(value.type ?? null)}.`);
    else if (this.#head === null) this.#head = line;
    else this.#log.report('INVALID_RECORD', location, 'The conversation began before; this line was passed over.');
  }

  finish(): ParsedConversation {
    const log = this.#log;
    const {
      value: head,
      location,
      raw,
    } = this.#head ?? { value: {} as JsonObject, location: this.#location, raw: '{}' };
    if (this.#head === null)
      log.report('INVALID_RECORD', location, 'The line of the conversation is missing; its messages are kept.');
    const first = this.#first ?? {};
    const platform = platformOf(first);
    const named = asText(first.platform);
    const titles = formerTitles(head.formerTitles, `${location}.formerTitles`, log);
    return finishConversation(
      { location, log },
      {
        platform,
        id: asText(head.id) ?? asText(first.conversation),
        title: typeof head.title === 'string' ? head.title : null,
        url: storableTextOrNull(asText(head.url), `${location}.url`, log),
        createdAt: parseTime(head.createdAt, `${location}.createdAt`, log),
        updatedAt: parseTime(head.updatedAt, `${location}.updatedAt`, log),
        model: storableTextOrNull(asText(head.model), `${location}.model`, log),
        metadata: {
          ...allOf(asObject(head.metadata)),
          // What was not known as a platform is not lost.
          ...(named !== null && named !== platform && pick({ platform: named }, ['platform'])),
        },
        raw: readRaw(head.raw, raw, location, log),
        ...(titles.length > 0 && { formerTitles: titles }),
        nodes: this.#nodes,
        activeId: asText(head.current),
      },
    );
  }
}

function allOf(object: JsonObject | null): Record<string, unknown> {
  return pick(object, Object.keys(object ?? {}));
}
