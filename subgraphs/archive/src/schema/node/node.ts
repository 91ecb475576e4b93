import { kindOf, toUuid } from '@colloquy/domain';
import type { ArchiveContext } from '../../context.ts';
import type { QueryResolvers, ResolversInterfaceTypes, ResolversTypes } from '../../generated/resolvers.ts';

type NodeRecord = ResolversInterfaceTypes<ResolversTypes>['Node'];

/** How the objects of each kind are found; kinds that are no Node are absent. */
function find(id: string, { loaders }: ArchiveContext): Promise<NodeRecord | null> {
  const kind = kindOf(id);
  if (kind === null) return Promise.resolve(null);
  const uuid = toUuid(kind, id);
  switch (kind) {
    case 'archive':
      return as('SourceArchive', loaders.archive.load(uuid));
    case 'session':
      return as('ExtractionSession', loaders.session.load(uuid));
    case 'conversation':
      return as('Conversation', loaders.conversation.load(uuid));
    case 'message':
      return as('Message', loaders.message.load(uuid));
    case 'attachment':
      return as('Attachment', loaders.attachment.load(uuid));
    case 'item':
      return as('IntelligenceItem', loaders.item.load(uuid));
    case 'relation':
      return as('ItemRelation', loaders.relation.load(uuid));
    case 'deletion':
      return as('Deletion', loaders.deletion.load(uuid));
    default:
      return Promise.resolve(null);
  }
}

async function as<Name extends string, Row>(__typename: Name, row: Promise<Row | null>) {
  const found = await row;
  return found && { ...found, __typename };
}

export const nodeQuery: NonNullable<QueryResolvers['node']> = (_, { id }, context) => find(id, context);
