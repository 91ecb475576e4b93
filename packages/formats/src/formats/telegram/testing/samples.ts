/** Of the first message, in epoch seconds. */
export const START = 1_700_000_000;

/** A message as Telegram Desktop writes it. */
export function message(id: number, text: unknown, more: object = {}) {
  return {
    id,
    type: 'message',
    date: '2023-11-14T23:13:20',
    date_unixtime: String(START + id),
    from: 'Ann',
    from_id: 'user11',
    text,
    text_entities: [],
    ...more,
  };
}

export function chat(messages: readonly unknown[], more: object = {}) {
  return { name: 'Bob', type: 'personal_chat', id: 22, messages, ...more };
}

/** The whole account, with chats and the ones that were left. */
export function account(chats: readonly unknown[], left: readonly unknown[] | null = null) {
  return {
    about: 'Here is the data you requested.',
    personal_information: { user_id: 11, first_name: 'Ann' },
    contacts: { about: 'Your contacts.', list: [{ user_id: 22, first_name: 'Bob "[{"' }] },
    chats: { about: 'Your chats.', list: chats },
    ...(left ? { left_chats: { about: 'Chats you left.', list: left } } : {}),
  };
}
