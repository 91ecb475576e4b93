/** A message of a ChatGPT export; each but the first answers the one before it, unless it says otherwise. */
export interface ChatMessage {
  id: string;
  text: string;
  after?: string;
}

export interface Chat {
  id: string;
  title: string;
  messages: readonly ChatMessage[];
}

const START = 1_767_258_000;

/** `conversations.json` of an export with these chats; every message's time follows from its id's number. */
export function chatExport(chats: readonly Chat[]): string {
  return JSON.stringify(chats.map(conversation));
}

function conversation({ id, title, messages }: Chat) {
  const parents = messages.map(({ after }, index) => after ?? messages[index - 1]?.id ?? `${id}-root`);
  const childrenOf = (parent: string) => messages.filter((_, index) => parents[index] === parent).map((one) => one.id);
  const nodes = messages.map((message, index) => {
    const time = START + Number(message.id.replace(/\D/g, '')) * 60;
    const role = Number(message.id.replace(/\D/g, '')) % 2 === 1 ? 'user' : 'assistant';
    return [
      message.id,
      {
        id: message.id,
        parent: parents[index],
        children: childrenOf(message.id),
        message: {
          id: message.id,
          author: { role },
          create_time: time,
          content: { content_type: 'text', parts: [message.text] },
        },
      },
    ];
  });
  return {
    id,
    conversation_id: id,
    title,
    create_time: START,
    update_time: START + messages.length * 60,
    current_node: messages.at(-1)?.id,
    mapping: Object.fromEntries([
      [`${id}-root`, { id: `${id}-root`, message: null, parent: null, children: childrenOf(`${id}-root`) }],
      ...nodes,
    ]),
  };
}
