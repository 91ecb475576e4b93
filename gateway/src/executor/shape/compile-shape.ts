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
import { type JsonObject, quote } from '../json.ts';
import type { Variables } from './conditions.ts';
import { HiddenWriter, isHidden } from './hidden.ts';
import { EnumWriter, LeafWriter } from './leaf-writers.ts';
import { ListWriter } from './list-writer.ts';
import { FieldWriter, ObjectWriter } from './object-writer.ts';
import { collectFields, createSelectionReader, type SelectionReader } from './selections.ts';
import { NULL, type Place, type Writer, type Writing } from './writer.ts';

/** Writes answers: of all that is known, the fields that the client named, in its order, null where there is nothing. */
export class Shape {
  readonly #writer: Writer;
  readonly #writing: Writing;
  constructor(writer: Writer, writing: Writing) {
    this.#writer = writer;
    this.#writing = writing;
  }
  /**
   * The text of `data`, and whether there was null where the schema allows none, which made its parent null. `plain` says
   * that no string in it needs an escape.
   */
  write(data: JsonObject, plain: boolean): { text: string; nulled: boolean } {
    this.#writing.plain = plain;
    this.#writing.nulls = 0;
    const text = this.#writer.append('', data) ?? NULL;
    return { text, nulled: this.#writing.nulls > 0 };
  }
  /** Reports each null that may not be, unless another error tells why. */
  findNulls(data: JsonObject, report: (path: readonly (string | number)[], field: string) => void): void {
    this.#writer.findNulls(data, [], (path, field) => {
      if (field !== undefined) report(path, field);
    });
  }
}

/** `variables` decide what is skipped; `dataName` says under which name the data of a field stands. */
export function compileShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  variables: Variables,
  dataName: (field: FieldNode) => string = ({ alias, name }) => alias?.value ?? name.value,
): Shape {
  const root = schema.getRootType(definition.operation);
  if (!root) throw new Error(`The schema has no ${definition.operation}.`);
  const writing: Writing = { plain: false, nulls: 0 };
  const compiler = new ShapeCompiler(createSelectionReader(schema, document, variables), writing, dataName);
  return new Shape(compiler.object(root, [definition]), writing);
}

type WithSelections = Pick<FieldNode, 'selectionSet'>;

class ShapeCompiler {
  readonly #reader: SelectionReader;
  readonly #writing: Writing;
  readonly #leaf: LeafWriter;
  readonly #dataName: (field: FieldNode) => string;

  constructor(reader: SelectionReader, writing: Writing, dataName: (field: FieldNode) => string) {
    this.#reader = reader;
    this.#writing = writing;
    this.#leaf = new LeafWriter(writing);
    this.#dataName = dataName;
  }

  /** Which fields an object has is worked out when one of its type is first seen. */
  object(type: GraphQLCompositeType, nodes: readonly WithSelections[]): Writer {
    if (isObjectType(type)) {
      let fields: readonly FieldWriter[] | undefined;
      return new ObjectWriter(() => {
        fields ??= this.#fields(type, nodes);
        return fields;
      }, this.#writing);
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
    }, this.#writing);
  }

  /** Without a type name, or with that of an interface, only what all objects of the type have is known. */
  #runtimeType(type: GraphQLCompositeType, name: unknown): GraphQLCompositeType | undefined {
    if (name === undefined) return type;
    const found = typeof name === 'string' ? this.#reader.schema.getType(name) : undefined;
    return isCompositeType(found) ? found : undefined;
  }

  #fields(type: GraphQLCompositeType, nodes: readonly WithSelections[]): FieldWriter[] {
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return [...collectFields(this.#reader, type, selectionSets)].map(([responseName, same], index): FieldWriter => {
      const isFirst = index === 0;
      const [first] = same;
      const name = first?.name.value ?? '';
      // What is about the schema comes from no plan.
      const key = first === undefined || type.name.startsWith('__') ? responseName : this.#dataName(first);
      if (name === '__typename') {
        const place = { writer: this.#leaf, nonNull: undefined };
        return new FieldWriter(responseName, isFirst, key, place, quote(type.name));
      }
      const field = this.#definition(type, name);
      const seen = same.filter((node) => !isHidden(node));
      const place = this.#place(field.type, seen, `${type.name}.${name}`);
      return new FieldWriter(responseName, isFirst, key, place);
    });
  }

  #definition(type: GraphQLCompositeType, name: string): Pick<GraphQLField<unknown, unknown>, 'type'> {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    const field = isUnionType(type) ? undefined : (type as GraphQLObjectType).getFields()[name];
    if (!field) throw new Error(`There is no field ${type.name}.${name}.`);
    return field;
  }

  /** `nodes` are empty for what the client may not see. */
  #place(type: GraphQLOutputType, nodes: readonly FieldNode[], field: string): Place {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const writer = nodes.length === 0 ? new HiddenWriter() : this.#value(nullable, nodes, field);
    return { writer, nonNull: isNonNullType(type) ? field : undefined };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[], field: string): Writer {
    if (isListType(type)) return new ListWriter(this.#place(type.ofType, nodes, field), this.#writing);
    if (isCompositeType(type)) return this.object(type, nodes);
    if (isEnumType(type)) return new EnumWriter(type.getValues().map(({ name }) => name));
    return this.#leaf;
  }
}
