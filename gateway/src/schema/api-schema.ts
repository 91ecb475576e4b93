import {
  type ASTNode,
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isExecutableDefinitionNode,
  Kind,
  visit,
} from 'graphql';
import { readLinks } from './links.ts';

/** Directives that mean something to clients. */
const PUBLIC = new Set(['deprecated', 'specifiedBy', 'oneOf']);

const EXECUTABLE = new Set<string>([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/**
 * What clients see of a supergraph: nothing that is `@inaccessible`, nothing of the specifications that it links, and none
 * of the directives that are for gateways. Throws a GraphQLError when what is left is not a schema.
 */
export function buildApiSchema(supergraph: DocumentNode): GraphQLSchema {
  const links = readLinks(supergraph);
  const inaccessible = links.directive('inaccessible', 'inaccessible');
  const isHidden = (node: ASTNode) =>
    'directives' in node && (node.directives ?? []).some(({ name }) => name.value === inaccessible);
  const removed = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || !definition.name || isExecutableDefinitionNode(definition)) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    if (links.hasType(definition.name.value) || isHidden(definition)) removed.add(definition.name.value);
  }

  const document = visit(supergraph, {
    enter(node) {
      switch (node.kind) {
        case Kind.DIRECTIVE:
          return PUBLIC.has(node.name.value) ? undefined : null;
        case Kind.DIRECTIVE_DEFINITION: {
          const isForClients = node.locations.some(({ value }) => EXECUTABLE.has(value));
          return isForClients && !links.hasDirective(node.name.value) ? undefined : null;
        }
        // A member of a union, an interface that is implemented.
        case Kind.NAMED_TYPE:
          return removed.has(node.name.value) ? null : undefined;
        case Kind.FIELD_DEFINITION:
        case Kind.INPUT_VALUE_DEFINITION:
        case Kind.ENUM_VALUE_DEFINITION:
          return isHidden(node) ? null : undefined;
        default:
          return 'name' in node && node.name && removed.has(node.name.value) && isTypeDefinition(node.kind)
            ? null
            : undefined;
      }
    },
  });
  return buildASTSchema(document);
}

function isTypeDefinition(kind: string): boolean {
  return kind.endsWith('TypeDefinition') || kind.endsWith('TypeExtension');
}
