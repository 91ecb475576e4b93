import { type DocumentNode, parse } from 'graphql';
import { RELATION_FIELDS } from './relation-fields.ts';
import type { ItemSelection, SelectedField } from './selection.ts';

/** Response keys are the client's: the prefix keeps them apart from what is always read. */
export function aliasOf(responseKey: string | number): string {
  return `f_${responseKey}`;
}

function field(responseKey: string, selected: SelectedField): string {
  const alias = aliasOf(responseKey);
  if (selected.field === 'connectionCount') return `${alias}: connectionCount`;
  const { connection, rank, symmetric } = RELATION_FIELDS[selected.field];
  const entries = symmetric ? 2 * selected.first : selected.first;
  const order = `[{ edge: { ${rank}: DESC } }, { node: { id: ASC } }]`;
  return `${alias}: ${connection}(first: ${entries}, sort: ${order}) { edges { node ${fields(selected.items)} } }`;
}

function fields(selection: ItemSelection): string {
  const selected = [...selection].map(([responseKey, one]) => field(responseKey, one));
  return `{ ${['id', 'projected', ...selected].join(' ')} }`;
}

/** One operation over the library's schema (model.graphql) that reads the selection of all of `$ids`. */
export function readDocument(selection: ItemSelection): DocumentNode {
  return parse(`query Items($ids: [ID!]!) { items(where: { id: { in: $ids } }) ${fields(selection)} }`);
}
