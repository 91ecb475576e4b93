import { type DocumentNode, Kind } from 'graphql';
import type { LinkedNames } from './links.ts';

/**
 * The name under which a supergraph has a directive of a specification: the linked one, or, where it defines the directive
 * without a link, the directive's own.
 */
export function definedDirective(
  supergraph: DocumentNode,
  links: LinkedNames,
  specification: string,
  name: string,
): string {
  const linked = links.directive(specification, name);
  const isDefined = (wanted: string) =>
    supergraph.definitions.some(({ kind, ...node }) => {
      return kind === Kind.DIRECTIVE_DEFINITION && 'name' in node && node.name?.value === wanted;
    });
  return !isDefined(linked) && isDefined(name) ? name : linked;
}
