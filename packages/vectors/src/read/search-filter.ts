import type { IntelligenceType, SearchKind } from '@colloquy/domain';
import weaviate, { Filters, type FilterValue } from 'weaviate-client';

/** What a search is limited to. An absent or empty list limits nothing. */
export interface SearchFilter {
  readonly kinds?: readonly SearchKind[] | undefined;
  /** Platform names. */
  readonly platforms?: readonly string[] | undefined;
  /** Items of these types; messages have none and are left out. */
  readonly types?: readonly IntelligenceType[] | undefined;
  /** Items of at least this confidence; messages have none and are left out. */
  readonly minConfidence?: number | undefined;
  /** Said at this moment or later; what has no time is left out. */
  readonly from?: Date | undefined;
  /** Said before this moment; what has no time is left out. */
  readonly to?: Date | undefined;
  readonly conversationId?: string | undefined;
  readonly includeHidden?: boolean | undefined;
  /** Leaves one owner out. */
  readonly exceptOwner?: string | undefined;
}

/** SearchFilter -> Weaviate's filter; undefined when nothing is limited. */
export function weaviateFilter(filter: SearchFilter): FilterValue | undefined {
  const { byProperty } = weaviate.filter;
  const conditions: FilterValue[] = [];
  const anyOf = (property: string, values: readonly string[] | undefined) => {
    if (values && values.length > 0) conditions.push(byProperty(property).containsAny([...values]));
  };
  if (!filter.includeHidden) conditions.push(byProperty('ordinary').equal(true));
  anyOf('ownerKind', filter.kinds);
  anyOf('platform', filter.platforms);
  anyOf('intelligenceType', filter.types);
  if (filter.minConfidence !== undefined) {
    conditions.push(byProperty('confidenceScore').greaterOrEqual(filter.minConfidence));
  }
  if (filter.from) conditions.push(byProperty('occurredAt').greaterOrEqual(filter.from));
  if (filter.to) conditions.push(byProperty('occurredAt').lessThan(filter.to));
  if (filter.conversationId) conditions.push(byProperty('conversationId').equal(filter.conversationId));
  if (filter.exceptOwner) conditions.push(byProperty('ownerId').notEqual(filter.exceptOwner));
  return conditions.length > 1 ? Filters.and(...conditions) : conditions[0];
}
