import { type Kind, message, type Style } from './message.ts';
import { prose } from './prose.ts';
import { createRandom } from './random.ts';
import { QUESTIONS } from './vocabulary.ts';

interface Node {
  id: string;
  message: object | null;
  parent: string | null;
  children: string[];
}

const MODELS = ['gpt-4o', 'gpt-4-1', 'gpt-5', 'gpt-5-thinking', 'o3', 'o4-mini-high'];
const FIRST_DAY = 1_672_531_200;
const DAYS = 1_300;

/** What follows a message of a kind, most of the time. */
function next(before: Kind, style: Style): Kind {
  const turn = style.random.share();
  switch (before) {
    case 'question':
      return turn < 0.03 ? 'call' : turn < 0.06 ? 'thoughts' : 'answer';
    case 'call':
      return 'output';
    case 'output':
    case 'thoughts':
      return 'answer';
    case 'system':
    case 'answer':
      return 'question';
  }
}

/** A conversation of exactly `messages` messages: a tree that branches where a question was edited or answered again. */
export function conversation(options: { seed: number; index: number; messages: number; textLength: number }): object {
  const random = createRandom(options.seed, options.index);
  const style: Style = { random, textLength: options.textLength, model: random.pick(MODELS) };
  const id = random.uuid();
  const start = FIRST_DAY + random.share() * DAYS * 86_400;
  let seconds = start;
  const root: Node = { id: random.uuid(), message: null, parent: null, children: [] };
  const mapping: Record<string, Node> = { [root.id]: root };
  let tip: { node: Node; kind: Kind } = { node: root, kind: 'system' };
  let former = tip;
  let turn = { requestId: random.uuid(), exchangeId: random.uuid() };
  for (let count = 0; count < options.messages; count++) {
    const kind = count === 0 && options.messages > 2 ? 'system' : next(tip.kind, style);
    if (kind === 'question') turn = { requestId: random.uuid(), exchangeId: random.uuid() };
    seconds += 2 + random.share() * 90;
    const node: Node = { id: random.uuid(), message: null, parent: tip.node.id, children: [] };
    const microseconds = Math.round(seconds * 1e6) / 1e6;
    node.message = message(style, kind, { ...turn, id: node.id, parent: tip.node.id, seconds: microseconds });
    tip.node.children.push(node.id);
    mapping[node.id] = node;
    const branches = kind !== 'system' && count < options.messages - 1 && random.chance(0.05);
    // Behind a branch the talk goes on from where it was before this message.
    if (branches) tip = former.node === root ? { node, kind } : tip;
    else {
      former = tip;
      tip = { node, kind };
    }
  }
  return {
    title: prose(random, QUESTIONS, 10).slice(0, 48),
    create_time: start,
    update_time: seconds,
    mapping,
    moderation_results: [],
    current_node: tip.node.id,
    plugin_ids: null,
    conversation_id: id,
    conversation_template_id: null,
    gizmo_id: null,
    gizmo_type: null,
    is_archived: random.chance(0.05),
    is_starred: null,
    safe_urls: [],
    blocked_urls: [],
    default_model_slug: style.model,
    conversation_origin: null,
    voice: null,
    async_status: null,
    disabled_tool_ids: [],
    is_do_not_remember: false,
    memory_scope: 'global_enabled',
    id,
  };
}
