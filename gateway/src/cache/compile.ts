import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CacheHints } from './hints.ts';
import { type CachePolicy, fieldHint, restrict } from './policy.ts';

/** What the schema alone says of keeping the answers to an operation. */
export interface CompiledCaching {
  readonly policy: CachePolicy;
  /** Every object type of which the answer may have, or lack, an object. */
  readonly types: readonly string[];
  /** Where the answer has objects that can be told apart; undefined when there are none. */
  readonly root: ObjectPlace | undefined;
}

/** A place in an answer where objects stand. */
export interface ObjectPlace {
  /** The response key of `__typename`. */
  readonly typename: string | undefined;
  /** The types that may stand here and whose objects can be told apart, with the response keys that tell them apart. */
  readonly identities: ReadonlyMap<string, readonly string[] | undefined>;
  /** By response key. */
  readonly children: readonly (readonly [string, ObjectPlace])[];
}

export interface CompileOptions {
  readonly schema: GraphQLSchema;
  readonly hints: CacheHints;
  readonly defaultMaxAge: number;
  /** By type, the fields that tell its objects apart. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/**
 * Follows an operation through the schema once, before it is known which types and conditions its answers meet: what
 * holds for any type that may stand at a place holds for the place, and a field under `@skip` or `@include` counts.
 */
export function compileCaching(
  { document, definition }: { readonly document: DocumentNode; readonly definition: OperationDefinitionNode },
  options: CompileOptions,
): CompiledCaching {
  const { schema } = options;
  const rootType = schema.getRootType(definition.operation);
  const policy: CachePolicy = { maxAge: undefined, scope: 'PUBLIC' };
  const types = new Set<string>();
  if (!rootType) return { policy, types: [], root: undefined };
  const fragments = fragmentsOf(document);

  function compilePlace(possible: readonly GraphQLObjectType[], selections: readonly SelectionSetNode[]): ObjectPlace {
    const fields = new SelectedFields();
    for (const selection of selections) collect(selection, possible, fields);
    const children: [string, ObjectPlace][] = [];
    for (const [responseKey, selected] of fields.byResponseKey) {
      const child = compileField(selected);
      if (child && (child.identities.size > 0 || child.children.length > 0)) children.push([responseKey, child]);
    }
    return { typename: fields.responseKeyOf('__typename'), identities: identitiesOf(possible, fields), children };
  }

  function collect(set: SelectionSetNode, possible: readonly GraphQLObjectType[], into: SelectedFields): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        into.add(selection, possible);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const left = condition ? possible.filter((type) => fits(schema, condition, type)) : possible;
      if (left.length > 0) collect(fragment.selectionSet, left, into);
    }
  }

  /** Restricts the policy by the field, on every type that has it, and follows it to the objects that it returns. */
  function compileField(selected: readonly SelectedField[]): ObjectPlace | undefined {
    const possible = new Set<GraphQLObjectType>();
    for (const { parent, field, type } of definitionsOf(selected)) {
      restrictBy(parent, field, type);
      if (!isCompositeType(type)) continue;
      for (const object of objectTypes(schema, type)) possible.add(object);
    }
    if (possible.size === 0) return undefined;
    for (const { name } of possible) types.add(name);
    return compilePlace(
      [...possible],
      selected.flatMap(({ node }) => node.selectionSet ?? []),
    );
  }

  function restrictBy(parent: GraphQLObjectType, fieldName: string, type: GraphQLNamedType): void {
    const hint = fieldHint(options.hints.get(`${parent.name}.${fieldName}`), options.hints.get(type.name), {
      isRoot: parent === rootType,
      isComposite: isCompositeType(type),
      defaultMaxAge: options.defaultMaxAge,
    });
    restrict(policy, hint);
  }

  function identitiesOf(possible: readonly GraphQLObjectType[], fields: SelectedFields) {
    const identities = new Map<string, readonly string[] | undefined>();
    for (const type of possible) {
      const key = options.keys[type.name] ?? DEFAULT_KEY;
      if (!key.every((name) => isLeaf(type, name))) continue;
      const responseKeys = key.map((name) => fields.responseKeyOf(name));
      identities.set(type.name, responseKeys.every((name) => name !== undefined) ? responseKeys : undefined);
    }
    return identities;
  }

  const root = compilePlace([rootType], [definition.selectionSet]);
  return { policy, types: [...types], root: root.children.length > 0 ? root : undefined };
}

const DEFAULT_KEY: readonly string[] = ['id'];

interface SelectedField {
  readonly node: FieldNode;
  /** The types on which it is selected. */
  readonly parents: readonly GraphQLObjectType[];
}

/** The fields of one place, from all the selection sets that meet there. */
class SelectedFields {
  readonly byResponseKey = new Map<string, SelectedField[]>();

  add(node: FieldNode, parents: readonly GraphQLObjectType[]): void {
    const key = node.alias?.value ?? node.name.value;
    const others = this.byResponseKey.get(key);
    if (others) others.push({ node, parents });
    else this.byResponseKey.set(key, [{ node, parents }]);
  }

  /** A response key that can only have the value of this field, on whatever type, and not as arguments change it. */
  responseKeyOf(fieldName: string): string | undefined {
    const isThat = ({ node }: SelectedField) => node.name.value === fieldName && !node.arguments?.length;
    for (const [key, selected] of this.byResponseKey) {
      if (selected.every(isThat)) return key;
    }
    return undefined;
  }
}

function* definitionsOf(selected: readonly SelectedField[]) {
  for (const { node, parents } of selected) {
    for (const parent of parents) {
      const field = parent.getFields()[node.name.value];
      if (field) yield { parent, field: field.name, type: getNamedType(field.type) };
    }
  }
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return fragments;
}

function isLeaf(type: GraphQLObjectType, fieldName: string): boolean {
  const field = type.getFields()[fieldName];
  return field !== undefined && isLeafType(getNamedType(field.type));
}

function objectTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] {
  return isObjectType(type) ? [type] : schema.getPossibleTypes(type);
}

function fits(schema: GraphQLSchema, condition: GraphQLNamedType, type: GraphQLObjectType): boolean {
  if (condition === type) return true;
  return isCompositeType(condition) && !isObjectType(condition) && schema.isSubType(condition, type);
}
