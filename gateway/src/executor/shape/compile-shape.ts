import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { quote } from '../json.ts';
import type { Variables } from './conditions.ts';
import { collectFields, createSelectionReader, type SelectionReader } from './selections.ts';
import {
  EnumWriter,
  type FieldWriter,
  LeafWriter,
  ListWriter,
  NonNullWriter,
  ObjectWriter,
  type Writer,
} from './writers.ts';

const LEAF = new LeafWriter();

/**
 * Compiles what the client asked for into what writes its answer: of all that is known, the fields that it named, in its
 * order, with null where there is nothing. `variables` decide what is skipped.
 */
export function compileShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  variables: Variables,
): Writer {
  const root = schema.getRootType(definition.operation);
  if (!root) throw new Error(`The schema has no ${definition.operation}.`);
  return new ShapeCompiler(createSelectionReader(schema, document, variables)).object(root, [definition]);
}

type WithSelections = Pick<FieldNode, 'selectionSet'>;

class ShapeCompiler {
  readonly #reader: SelectionReader;
  constructor(reader: SelectionReader) {
    this.#reader = reader;
  }

  /** Which fields an object has is worked out when one of its type is first seen. */
  object(type: GraphQLCompositeType, nodes: readonly WithSelections[]): Writer {
    if (isObjectType(type)) {
      let fields: readonly FieldWriter[] | undefined;
      return new ObjectWriter(() => {
        fields ??= this.#fields(type, nodes);
        return fields;
      });
    }
    const byType = new Map<unknown, readonly FieldWriter[]>();
    return new ObjectWriter((name) => {
      const known = byType.get(name);
      if (known) return known;
      const runtime = this.#runtimeType(type, name);
      if (!runtime) return undefined;
      const fields = this.#fields(runtime, nodes);
      byType.set(name, fields);
      return fields;
    });
  }

  /** Without a type name, or with that of an interface, only what all objects of the type have is known. */
  #runtimeType(type: GraphQLCompositeType, name: unknown): GraphQLCompositeType | undefined {
    if (name === undefined) return type;
    const found = typeof name === 'string' ? this.#reader.schema.getType(name) : undefined;
    return isCompositeType(found) ? found : undefined;
  }

  #fields(type: GraphQLCompositeType, nodes: readonly WithSelections[]): FieldWriter[] {
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return [...collectFields(this.#reader, type, selectionSets)].flatMap(([key, same], index): FieldWriter[] => {
      const prefix = `${index === 0 ? '' : ','}${quote(key)}:`;
      const name = same[0]?.name.value ?? '';
      if (name === '__typename') return [{ key, prefix, writer: LEAF, constant: quote(type.name) }];
      const field = this.#definition(type, name);
      return [{ key, prefix, constant: undefined, writer: this.#value(field.type, same, `${type.name}.${name}`) }];
    });
  }

  #definition(type: GraphQLCompositeType, name: string): Pick<GraphQLField<unknown, unknown>, 'type'> {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    const field = isUnionType(type) ? undefined : (type as GraphQLObjectType).getFields()[name];
    if (!field) throw new Error(`There is no field ${type.name}.${name}.`);
    return field;
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[], field: string): Writer {
    if (isNonNullType(type)) return new NonNullWriter(this.#value(type.ofType, nodes, field), field);
    if (isListType(type)) return new ListWriter(this.#value(type.ofType, nodes, field));
    if (isCompositeType(type)) return this.object(type, nodes);
    if (isEnumType(type)) return new EnumWriter(type.getValues().map(({ name }) => name));
    return LEAF;
  }
}
