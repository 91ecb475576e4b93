import { type Chat, chatExport } from './chat.ts';

export const STORAGE: Chat = {
  id: 'storage',
  title: 'Storing reports offline',
  messages: [
    {
      id: 's1',
      text: 'I need to decide where the phone keeps the reports while there is no connection. What are my options?',
    },
    { id: 's2', text: 'You can use localStorage, IndexedDB, or SQLite compiled to WebAssembly.' },
    {
      id: 's3',
      text: "Let's go with IndexedDB for the reports because every browser has it and there is nothing to download.",
    },
    { id: 's4', text: 'That is a sound choice. Use a small wrapper library for IndexedDB.' },
    {
      id: 's5',
      text: 'The problem is that the browser deleted the whole IndexedDB database after a week, and nine reports were gone.',
    },
    { id: 's6', text: 'That is the storage eviction of the browser. A native shell around the same code avoids it.' },
  ],
};
const TOKENS: Chat = {
  id: 'tokens',
  title: 'Signing in without passwords',
  messages: [
    { id: 't1', text: 'We decided to use magic links for signing in because our volunteers forget their passwords.' },
    { id: 't2', text: 'Magic links need a short lifetime of ten minutes.' },
    { id: 't3', text: 'It would be great if the reports could be opened straight from the magic link.' },
  ],
};
export const PHOTOS: Chat = {
  id: 'photos',
  title: 'Photos are too big',
  messages: [
    { id: 'p1', text: 'The problem is that the photos of the reports are too big to upload over a bad connection.' },
    { id: 'p2', text: 'Shrink them on the phone before you store them in SQLite.' },
    { id: 'p3', text: 'We decided to shrink the photos to 1600 pixels before the reports are stored in SQLite.' },
  ],
};
/** The same chat later: edited, grown, renamed; its last message took the place of one that was deleted there. */
const STORAGE_LATER: Chat = {
  ...STORAGE,
  title: 'Storing reports in SQLite',
  messages: [
    ...STORAGE.messages.slice(0, 3),
    { id: 's4', text: 'That is a sound choice. Keep photos as blobs in an IndexedDB store of their own.' },
    ...STORAGE.messages.slice(4, 5),
    { id: 's8', text: 'Wrap the web app in a native shell and use SQLite there.' },
    {
      id: 's9',
      text: 'We decided to replace IndexedDB with SQLite in a native shell, because the system does not delete our files.',
    },
  ],
};
/** An export. */
export const FIRST = chatExport([STORAGE, TOKENS]);
/** A later one of the same account; of the first it holds one chat, as it is by then. */
export const SECOND = chatExport([STORAGE_LATER, PHOTOS]);
