/**
 * A ChatGPT export of our own making, the same for the same numbers: people who plan software and change their minds.
 * Every conversation branches once, and topics return in later conversations, so that relations cross them.
 */
export interface GeneratedExport {
  json: string;
  conversations: number;
  /** Messages on all branches. */
  messages: number;
}

const TOPICS = [
  'search index',
  'billing service',
  'login page',
  'import queue',
  'mobile client',
  'report builder',
  'audit log',
  'image cache',
];
const SENTENCES = [
  (topic: string, n: number) =>
    `The ${topic} keeps failing under load ${n}: it times out after thirty seconds and users lose their work.`,
  (topic: string, n: number) =>
    `We decided to rewrite the ${topic} with a queue in front, because retry number ${n} must not lose data.`,
  (topic: string, n: number) => `It would be great if the ${topic} could show progress while step ${n} runs.`,
  (topic: string, n: number) =>
    `I learned that the ${topic} needs an index on column ${n}; without it every lookup reads the whole table.`,
  (topic: string, n: number) => `The fix for the ${topic} is to batch writes by ${n + 10} and to retry with back-off.`,
  (topic: string, n: number) =>
    `Maybe we could split the ${topic} into two parts someday, not sure how yet, idea number ${n}.`,
  (topic: string, n: number) =>
    `Before we ship the ${topic} we need the migration number ${n} to be done; it depends on the schema change.`,
  (topic: string, n: number) => `Please summarise what you know about the ${topic}, point ${n}.`,
];

export function generateExport(size: { conversations: number; turns: number; seed?: number }): GeneratedExport {
  const seed = size.seed ?? 1;
  const conversations = Array.from({ length: size.conversations }, (_, index) => conversation(index, size.turns, seed));
  const messages = conversations.reduce(
    (sum, { mapping }) => sum + Object.values(mapping).filter(({ message }) => message !== null).length,
    0,
  );
  return { json: JSON.stringify(conversations), conversations: conversations.length, messages };
}

interface Node {
  id: string;
  parent: string | null;
  children: string[];
  message: object | null;
}

function conversation(index: number, turns: number, seed: number) {
  const key = `s${seed}-c${index}`;
  const start = 1_700_000_000 + index * 86_400;
  const topic = TOPICS[(index + seed) % TOPICS.length] ?? 'search index';
  const root: Node = { id: `${key}-root`, parent: null, children: [], message: null };
  const mapping: Record<string, Node> = { [root.id]: root };
  let tip = root;
  const add = (parent: Node, name: string, role: string, text: string, time: number): Node => {
    const id = `${key}-${name}`;
    const message = {
      id,
      author: { role },
      create_time: time,
      content: { content_type: 'text', parts: [text] },
      status: 'finished_successfully',
      weight: 1,
      metadata: {},
    };
    const node = { id, parent: parent.id, children: [], message };
    mapping[id] = node;
    parent.children.push(id);
    return node;
  };
  for (let turn = 0; turn < turns; turn++) {
    const say = SENTENCES[(turn * 3 + index + seed) % SENTENCES.length];
    const user = add(tip, `u${turn}`, 'user', say?.(topic, turn) ?? topic, start + turn * 60);
    if (turn === 1)
      add(user, 'off', 'assistant', `Another answer about the ${topic} that was regenerated.`, start + turn * 60 + 20);
    tip = add(
      user,
      `a${turn}`,
      'assistant',
      `About the ${topic}: you could add a queue and measure step ${turn} again.`,
      start + turn * 60 + 30,
    );
  }
  return {
    id: key,
    conversation_id: key,
    title: `Planning the ${topic} ${index}`,
    create_time: start,
    update_time: start + turns * 60,
    current_node: tip.id,
    mapping,
  };
}
