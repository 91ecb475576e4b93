import { clientName } from '../planner/names.ts';

/** Writes the body of a subgraph request; all that does not depend on the request is written once. */
export interface RequestBody {
  /** `lists` has the text of a JSON list for each variable of representations, in their order. */
  write(variables: Readonly<Record<string, unknown>>, lists: readonly string[]): string;
}

/** `listNames` are the variables that take representations; `variableNames` those of the client that are passed on. */
export function compileBody(
  operation: string,
  variableNames: readonly string[] | undefined,
  listNames: readonly string[],
): RequestBody {
  const query = `{"query":${JSON.stringify(operation)}`;
  const names = (variableNames ?? []).filter((name) => !listNames.includes(name));
  if (names.length === 0 && listNames.length === 0) {
    const body = `${query}}`;
    return { write: () => body };
  }
  const listPrefixes = listNames.map((name) => `${JSON.stringify(name)}:`);
  const prefixes = names.map((name) => `${JSON.stringify(name)}:`);
  const given = names.map(clientName);

  return {
    write(variables, lists) {
      let text = '';
      for (let index = 0; index < listPrefixes.length; index++) {
        text += `${text === '' ? '' : ','}${listPrefixes[index]}${lists[index]}`;
      }
      for (let index = 0; index < names.length; index++) {
        // A variable that the client left out, and that has no default, is left out here too.
        const value = variables[given[index] as string];
        if (value !== undefined) text += `${text === '' ? '' : ','}${prefixes[index]}${JSON.stringify(value)}`;
      }
      return `${query},"variables":{${text}}}`;
    },
  };
}
