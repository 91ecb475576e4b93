import { type DirectiveNode, type DocumentNode, Kind, type ValueNode } from 'graphql';

/** What the specifications that a supergraph links bring in, and what its own parts therefore are not. */
export interface LinkedNames {
  hasType(name: string): boolean;
  hasDirective(name: string): boolean;
  /** The name of a directive of a specification (`inaccessible`) in this document, which may have imported it as another. */
  directive(specification: string, name: string): string;
}

/** Reads the `@link` (or `@core`) directives of a supergraph. */
export function readLinks(supergraph: DocumentNode): LinkedNames {
  const namespaces = new Map<string, string>();
  const types = new Set<string>();
  const directives = new Map<string, string>();
  for (const link of schemaDirectives(supergraph)) {
    const url = text(argument(link, 'url') ?? argument(link, 'feature'));
    const specification = url === undefined ? undefined : specificationName(url);
    if (specification === undefined) continue;
    namespaces.set(specification, text(argument(link, 'as')) ?? specification);
    for (const [name, alias] of imports(argument(link, 'import'))) {
      if (name.startsWith('@')) directives.set(name.slice(1), alias.replace(/^@/, ''));
      else types.add(alias);
    }
  }
  const used = new Set(namespaces.values());
  const aliases = new Set(directives.values());
  const isNamespaced = (name: string) => name.includes('__') && used.has(name.slice(0, name.indexOf('__')));
  return {
    hasType: (name) => types.has(name) || isNamespaced(name),
    hasDirective: (name) => used.has(name) || aliases.has(name) || isNamespaced(name),
    directive(specification, name) {
      const namespace = namespaces.get(specification) ?? specification;
      return directives.get(name) ?? (specification === name ? namespace : `${namespace}__${name}`);
    },
  };
}

function schemaDirectives(document: DocumentNode): DirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? [...(definition.directives ?? [])]
      : [],
  );
}

/** `https://specs.apollo.dev/join/v0.5` -> `join`. */
function specificationName(url: string): string | undefined {
  const parts = url.split('/').filter((part) => part !== '');
  return /^v\d+\.\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1);
}

function imports(value: ValueNode | undefined): [string, string][] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((item): [string, string][] => {
    if (item.kind === Kind.STRING) return [[item.value, item.value]];
    if (item.kind !== Kind.OBJECT) return [];
    const field = (name: string) => text(item.fields.find((each) => each.name.value === name)?.value);
    const name = field('name');
    return name === undefined ? [] : [[name, field('as') ?? name]];
  });
}

function argument(directive: DirectiveNode, name: string): ValueNode | undefined {
  return directive.arguments?.find((each) => each.name.value === name)?.value;
}

function text(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
