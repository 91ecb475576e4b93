import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { type Requirements, readRequirements } from './read-requirements.ts';
import { isImplied, type Requirement } from './requirement.ts';

/** What a selection demands of a client. */
export interface Guard {
  /** All of these. */
  readonly all: readonly Requirement[];
  /** And one of these lists as a whole, where there are any. */
  readonly oneOf: readonly (readonly Requirement[])[];
}

/** What the coordinates of a schema demand. */
export interface AccessRules {
  /** For everything within a fragment on the type. */
  ofType(name: string): readonly Requirement[];
  /**
   * For a field. `selectsDirectly`: fields of what it returns are selected outside of fragments; what it returns may be
   * of any of the possible types, so all of these have to be open.
   */
  ofField(parent: GraphQLCompositeType, field: string, selectsDirectly: boolean): Guard;
}

/** Undefined when nothing in the schema is protected. */
export function createAccessRules(supergraph: DocumentNode, schema: GraphQLSchema): AccessRules | undefined {
  const requirements = readRequirements(supergraph);
  return requirements.types.size === 0 && requirements.fields.size === 0 ? undefined : new Rules(requirements, schema);
}

class Rules implements AccessRules {
  readonly #requirements: Requirements;
  readonly #schema: GraphQLSchema;
  readonly #guards = new Map<string, Guard>();

  constructor(requirements: Requirements, schema: GraphQLSchema) {
    this.#requirements = requirements;
    this.#schema = schema;
  }

  ofType(name: string): readonly Requirement[] {
    const type = this.#schema.getType(name);
    const own = this.#requirements.types.get(name) ?? [];
    if (!isInterfaceType(type) || own.length === 0) return own;
    // Composition puts what the implementing types demand on their interface too. That much is checked per type, so
    // that those which are open can be asked for; an interface demands what it has beyond.
    const inherited = this.#possibleTypes(type).flatMap((possible) => this.ofType(possible));
    return own.filter((requirement) => !isImplied(requirement, inherited));
  }

  ofField(parent: GraphQLCompositeType, field: string, selectsDirectly: boolean): Guard {
    const key = `${parent.name}.${field} ${selectsDirectly}`;
    let guard = this.#guards.get(key);
    if (!guard) {
      guard = this.#guard(parent, field, selectsDirectly);
      this.#guards.set(key, guard);
    }
    return guard;
  }

  #guard(parent: GraphQLCompositeType, field: string, selectsDirectly: boolean): Guard {
    const all = [...this.ofType(parent.name), ...this.#demands(parent, field)];
    if (isInterfaceType(parent)) {
      for (const name of this.#possibleTypes(parent)) {
        all.push(...this.ofType(name), ...this.#demands(this.#schema.getType(name), field));
      }
    }
    const returned = returnType(parent, field);
    if (!isAbstractType(returned)) return { all, oneOf: [] };
    const possible = this.#possibleTypes(returned).map((name) => this.ofType(name));
    if (selectsDirectly) return { all: [...all, ...possible.flat()], oneOf: [] };
    // Where every possible type is closed, not even its name is to be seen.
    return { all, oneOf: possible.some((demands) => demands.length === 0) ? [] : possible };
  }

  /** Of the field itself and of the type that it returns. */
  #demands(parent: GraphQLNamedType | undefined, field: string): readonly Requirement[] {
    const returned = returnType(parent, field);
    const own = this.#requirements.fields.get(`${parent?.name}.${field}`) ?? [];
    return returned ? [...own, ...this.ofType(returned.name)] : own;
  }

  #possibleTypes(type: GraphQLNamedType): string[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type).map(({ name }) => name) : [];
  }
}

function returnType(parent: GraphQLNamedType | undefined, field: string): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const definition = parent.getFields()[field];
  return definition && getNamedType(definition.type);
}
