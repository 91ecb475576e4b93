import type { SearchMode } from '@colloquy/domain';
import { BadUserInputError } from '@colloquy/service';
import type { SearchFilter } from '@colloquy/vectors';
import type { SearchContext } from '../../context.ts';
import { toClientError } from '../../errors.ts';
import type { QueryResolvers, QuerySearchArgs } from '../../generated/resolvers.ts';
import { fractionOf, MAX_TEXT, pageSize } from '../../limits.ts';
import { positionAfter, positionCursor, queryHash } from './cursor.ts';

/** Text, mode and filter name the list; `after` must be a cursor of the same list. */
export const search: QueryResolvers['search'] = async (_parent, args, context) => {
  const limit = pageSize(args.first);
  const text = textOf(args);
  const filter = filterOf(args);
  const hash = queryHash({ text, mode: args.mode, filter });
  const offset = args.after ? positionAfter(args.after, hash) : 0;
  const page = await read(context, { mode: args.mode, text, filter, limit, offset });
  if (!page) return null;
  const edges = page.hits.map((hit, index) => ({ node: hit, cursor: positionCursor(offset + index, hash) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.total,
  };
};

interface Reading {
  readonly mode: SearchMode;
  readonly text: string;
  readonly filter: SearchFilter;
  readonly limit: number;
  readonly offset: number;
}

async function read({ index, embedder, viewer, log }: SearchContext, reading: Reading) {
  const { mode, text, filter, limit, offset } = reading;
  try {
    const query = mode === 'KEYWORD' ? undefined : await embedder.embedQuery(text);
    return await index.search({ tenantId: viewer.tenantId, mode, text, query, limit, offset, filter });
  } catch (error) {
    throw toClientError(error, log);
  }
}

function textOf({ text }: QuerySearchArgs): string {
  const wanted = text.trim();
  if (wanted.length >= 1 && wanted.length <= MAX_TEXT) return wanted;
  throw new BadUserInputError(`"text" has to be 1 to ${MAX_TEXT} characters long; it is ${wanted.length}.`, {
    argument: 'text',
  });
}

function filterOf({ filter }: QuerySearchArgs): SearchFilter {
  if (!filter) return {};
  return {
    kinds: filter.kinds ?? undefined,
    platforms: filter.platforms ?? undefined,
    types: filter.types ?? undefined,
    minConfidence: filter.minConfidence == null ? undefined : fractionOf('minConfidence', filter.minConfidence),
    from: filter.from ?? undefined,
    to: filter.to ?? undefined,
    conversationId: filter.conversationId ?? undefined,
    includeHidden: filter.includeHidden,
  };
}
