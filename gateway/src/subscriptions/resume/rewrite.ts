import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { ResumeRule } from '../../config/subscriptions.ts';
import { ResumeRuleError } from './errors.ts';

/** Under these names the gateway asks for what the client did not ask for; those with two underscores are reserved. */
const CURSOR_ALIAS = '__cursor';
const VARIABLE = '__resume';

/** A subscription's operation for the subgraph, in the two forms that a resumable one needs. */
export interface ResumableSource {
  /** As the client asked for it, and for each event's cursor. */
  readonly initial: string;
  /** The same behind a cursor, which the variable `$__resume` gives. */
  readonly resumed: string;
  /** Names of the variables that `resumed` still has beside `$__resume`. */
  readonly resumedVariables: ReadonlySet<string>;
  /** The argument's value in the client's operation; undefined when it is not given. */
  readonly given: ArgumentNode | undefined;
  /** Whether the argument wants a number. */
  readonly numeric: boolean;
  /** Response keys on the way to the cursor, that of the root field first. */
  readonly cursorPath: readonly string[];
}

/**
 * Rewrites the operation of a subscription on a resumable field. Throws ResumeRuleError when the rule does not fit the
 * schema.
 */
export function rewriteSource(query: string, rule: ResumeRule, schema: GraphQLSchema): ResumableSource {
  const document = parse(query);
  const root = rootFieldOf(document);
  const definition = schema.getSubscriptionType()?.getFields()[root.name.value];
  const argument = definition?.args.find(({ name }) => name === rule.argument);
  if (!definition || !argument) throw new ResumeRuleError(`${root.name.value} has no argument "${rule.argument}".`);
  const path = rule.cursor.split('.');
  checkPath(definition, path);

  const withCursor = edit(document, root, (field) => ({
    ...field,
    selectionSet: plusCursor(field.selectionSet, path),
  }));
  const resumed = resumedForm(withCursor, argument);
  return {
    initial: print(withCursor),
    resumed: print(resumed),
    resumedVariables: new Set(operationOf(resumed).variableDefinitions?.map(({ variable }) => variable.name.value)),
    given: root.arguments?.find(({ name }) => name.value === rule.argument),
    numeric: ['Int', 'Float'].includes(getNamedType(argument.type).name),
    cursorPath: [(root.alias ?? root.name).value, ...path.map(() => CURSOR_ALIAS)],
  };
}

/** Also checks that the cursor is a leaf behind single objects. */
function checkPath(root: GraphQLField<unknown, unknown>, path: readonly string[]): void {
  let type = getNullableType(root.type);
  for (const name of path) {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!field) throw new ResumeRuleError(`${root.name} has no cursor at "${path.join('.')}".`);
    type = getNullableType(field.type);
  }
  if (isLeafType(type)) return;
  const kind = isCompositeType(getNamedType(type)) ? 'an object' : 'a list';
  throw new ResumeRuleError(`The cursor of ${root.name} at "${path.join('.')}" is ${kind}.`);
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('A subscription without an operation cannot be rewritten.');
  return operation;
}

function rootFieldOf(document: DocumentNode): FieldNode {
  const [field, ...more] = operationOf(document).selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0) {
    throw new ResumeRuleError('Only a subscription with one plain root field can be resumed.');
  }
  return field;
}

function edit(document: DocumentNode, root: FieldNode, change: (field: FieldNode) => FieldNode): DocumentNode {
  return visit(document, { Field: (node) => (node === root ? change(node) : undefined) });
}

function plusCursor(set: SelectionSetNode | undefined, path: readonly string[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: [...(set?.selections ?? []), cursorField(path)] };
}

function cursorField([name = '', ...rest]: readonly string[]): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: CURSOR_ALIAS },
    name: { kind: Kind.NAME, value: name },
    ...(rest.length > 0 && { selectionSet: plusCursor(undefined, rest) }),
  };
}

/** With the variable in the argument's place, and without the variables that were used there alone. */
function resumedForm(document: DocumentNode, argument: GraphQLArgument): DocumentNode {
  const name = { kind: Kind.NAME, value: VARIABLE } as const;
  const variable = { kind: Kind.VARIABLE, name } as const;
  const taking = edit(document, rootFieldOf(document), (field) => ({
    ...field,
    arguments: [
      ...(field.arguments ?? []).filter((given) => given.name.value !== argument.name),
      { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument.name }, value: variable },
    ],
  }));
  const used = new Set<string>();
  visit(taking, { VariableDefinition: () => false, Variable: (node) => void used.add(node.name.value) });
  const definition = {
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: {
      kind: Kind.NON_NULL_TYPE,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: getNamedType(argument.type).name } },
    },
  } satisfies VariableDefinitionNode;
  return visit(taking, {
    OperationDefinition: (node) => ({
      ...node,
      variableDefinitions: [
        ...(node.variableDefinitions ?? []).filter((declared) => used.has(declared.variable.name.value)),
        definition,
      ],
    }),
  });
}
