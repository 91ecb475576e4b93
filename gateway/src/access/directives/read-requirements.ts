import { type ConstDirectiveNode, type DocumentNode, Kind, type ValueNode } from 'graphql';
import { definedDirective } from '../../schema/defined-directive.ts';
import { readLinks } from '../../schema/links.ts';
import type { Alternatives, Requirement } from './requirement.ts';

/** What the directives of a supergraph demand. */
export interface Requirements {
  /** By the name of a type. */
  readonly types: ReadonlyMap<string, readonly Requirement[]>;
  /** By coordinate, such as `User.email`. */
  readonly fields: ReadonlyMap<string, readonly Requirement[]>;
}

/** Reads `@authenticated`, `@requiresScopes` and `@policy`, under whatever names the supergraph links them. */
export function readRequirements(supergraph: DocumentNode): Requirements {
  const links = readLinks(supergraph);
  const name = (directive: string) => definedDirective(supergraph, links, directive, directive);
  const authenticated = name('authenticated');
  const requiresScopes = name('requiresScopes');
  const policy = name('policy');

  function demandsOf(directives: readonly ConstDirectiveNode[] = []): Requirement[] {
    return directives.flatMap((directive): Requirement[] => {
      switch (directive.name.value) {
        case authenticated:
          return [{ kind: 'authenticated' }];
        case requiresScopes:
          return listed('scopes', directive);
        case policy:
          return listed('policies', directive);
        default:
          return [];
      }
    });
  }

  const types = new Map<string, Requirement[]>();
  const fields = new Map<string, Requirement[]>();
  for (const definition of supergraph.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        for (const field of definition.fields ?? []) {
          add(fields, `${definition.name.value}.${field.name.value}`, demandsOf(field.directives));
        }
        add(types, definition.name.value, demandsOf(definition.directives));
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_EXTENSION:
      case Kind.ENUM_TYPE_EXTENSION:
        add(types, definition.name.value, demandsOf(definition.directives));
        break;
    }
  }
  return { types, fields };
}

function add(map: Map<string, Requirement[]>, key: string, requirements: Requirement[]): void {
  if (requirements.length > 0) map.set(key, [...(map.get(key) ?? []), ...requirements]);
}

/** A list without alternatives demands nothing, as in Apollo's router. */
function listed(kind: 'scopes' | 'policies', directive: ConstDirectiveNode): Requirement[] {
  const anyOf = alternatives(directive.arguments?.find(({ name }) => name.value === kind)?.value);
  return anyOf.length === 0 ? [] : [{ kind, anyOf }];
}

/** A name alone stands for a list of one, as everywhere in GraphQL. */
function alternatives(value: ValueNode | undefined): Alternatives {
  return items(value).map((alternative) =>
    items(alternative).flatMap((item) => (item.kind === Kind.STRING ? [item.value] : [])),
  );
}

function items(value: ValueNode | undefined): readonly ValueNode[] {
  if (value === undefined || value.kind === Kind.NULL) return [];
  return value.kind === Kind.LIST ? value.values : [value];
}
