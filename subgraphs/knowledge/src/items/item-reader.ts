import DataLoader from 'dataloader';
import type { DocumentNode, FieldNode, GraphQLResolveInfo } from 'graphql';
import type { ItemRow } from './library.ts';
import { readDocument } from './read-document.ts';
import { selectionOf } from './selection.ts';

type Loader = DataLoader<string, ItemRow | null>;

/**
 * Reads items for one operation. All items that one place of the operation answers with (each entry of `_entities`, of
 * a chain, of the hubs) share their field nodes in graphql-js, and so share one read, nested fields included.
 */
export class ItemReader {
  readonly #read: (ids: readonly string[], document: DocumentNode) => Promise<ItemRow[]>;
  readonly #loaders = new WeakMap<readonly FieldNode[], Loader>();

  constructor(read: (ids: readonly string[], document: DocumentNode) => Promise<ItemRow[]>) {
    this.#read = read;
  }

  /** The item with what `info` selects of it; null when the tenant's graph does not have it. */
  load(id: string, info: GraphQLResolveInfo): Promise<ItemRow | null> {
    let loader = this.#loaders.get(info.fieldNodes);
    if (!loader) {
      loader = this.#createLoader(info);
      this.#loaders.set(info.fieldNodes, loader);
    }
    return loader.load(id);
  }

  /** Like `load`, for an id that a read of this operation found: asks nothing when nothing but the id is selected. */
  async complete(id: string, info: GraphQLResolveInfo): Promise<ItemRow | null> {
    if (selectionOf(info, info.fieldNodes).size === 0) return { id, projected: false };
    return await this.load(id, info);
  }

  #createLoader(info: GraphQLResolveInfo): Loader {
    const document = readDocument(selectionOf(info, info.fieldNodes));
    return new DataLoader<string, ItemRow | null>(async (ids) => {
      const rows = await this.#read(ids, document);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }
}
