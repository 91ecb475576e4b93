import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';

/** Every name that a schema promises, with what it promises: `Type.field(argument:)` -> type and default value. */
export function promises(document: DocumentNode): Map<string, string> {
  return new Map(document.definitions.flatMap(ofDefinition));
}

/** What `contract` promises and `api` does not keep, one line each. */
export function brokenPromises(contract: DocumentNode, api: DocumentNode): string[] {
  const kept = promises(api);
  return [...promises(contract)]
    .filter(([name, promise]) => kept.get(name) !== promise)
    .map(([name, promise]) => `${name}: agreed ${promise}, found ${kept.get(name) ?? 'nothing'}`);
}

function ofDefinition(definition: DefinitionNode): [string, string][] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        [definition.name.value, definition.kind],
        ...(definition.interfaces ?? []).map(({ name }): [string, string] => [
          `${definition.name.value} implements ${name.value}`,
          'yes',
        ]),
        ...(definition.fields ?? []).flatMap((field) => {
          const path = `${definition.name.value}.${field.name.value}`;
          const args = (field.arguments ?? []).map((argument): [string, string] => [
            `${path}(${argument.name.value}:)`,
            inputPromise(argument),
          ]);
          return [[path, print(field.type)] as [string, string], ...args];
        }),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map((field) => [
        `${definition.name.value}.${field.name.value}`,
        inputPromise(field),
      ]);
    case Kind.ENUM_TYPE_DEFINITION:
      return (definition.values ?? []).map(({ name }) => [`${definition.name.value}.${name.value}`, 'value']);
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? []).map(({ name }) => [`${definition.name.value} | ${name.value}`, 'member']);
    case Kind.SCALAR_TYPE_DEFINITION:
      return [[definition.name.value, definition.kind]];
    default:
      return [];
  }
}

function inputPromise({
  type,
  defaultValue,
}: {
  type: Parameters<typeof print>[0];
  defaultValue?: Parameters<typeof print>[0] | undefined;
}): string {
  return defaultValue ? `${print(type)} = ${print(defaultValue)}` : print(type);
}
