import { kindOf, type SearchKind } from '@colloquy/domain';
import type { Hit } from '@colloquy/vectors';
import type { SearchContext } from '../context.ts';
import { fractionOf, pageSize } from '../limits.ts';

interface Asked {
  readonly id: string;
  readonly kind: SearchKind;
  readonly first: number;
  readonly minScore: number;
}

/** What `similar` answers. Throws BadUserInputError for arguments out of range. */
export async function similarTo(context: SearchContext, asked: Asked): Promise<readonly Hit[] | null> {
  const { id, kind } = asked;
  const limit = pageSize(asked.first);
  const minScore = fractionOf('minScore', asked.minScore);
  // A representation may carry any text as its id; what is no id of ours is not projected either.
  if (kindOf(id) !== (kind === 'ITEM' ? 'item' : 'message')) return null;
  return context.similar.load({ ownerId: id, kind, limit, minScore });
}
