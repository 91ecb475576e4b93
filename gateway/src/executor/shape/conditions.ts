import { type DocumentNode, Kind, type SelectionNode, visit } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** A condition of @skip or @include: the value that a variable has to have. */
export interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

/** The conditions on a selection, all of which have to hold; undefined when it is never part of the operation. */
export function conditionsOf({ directives = [] }: SelectionNode): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const { name, arguments: given } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const value = name.value === 'include';
    const condition = given?.[0]?.value;
    if (condition?.kind === Kind.BOOLEAN && condition.value !== value) return undefined;
    if (condition?.kind === Kind.VARIABLE) conditions.push({ variable: condition.name.value, value });
  }
  return conditions;
}

export function allHold(conditions: readonly Condition[], variables: Variables): boolean {
  return conditions.every(({ variable, value }) => (variables[variable] === true) === value);
}

/** The variables on which @skip and @include depend; sorted. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** Whether a selection is part of the operation under these variables. */
export function isIncluded({ directives }: SelectionNode, variables: Variables): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const condition = given?.[0]?.value;
    const holds =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value] === true
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return holds === (name.value === 'include');
  });
}
