import type { FederationDefinition } from '../support/federation.ts';

export interface ExpectedError {
  readonly path?: readonly (string | number)[];
  readonly code?: string;
}

export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** The whole of it. Absent where the operation must be refused: then the answer has errors and no data. */
  readonly data?: unknown;
  /** All of them, in any order; `some` for one or more; `any` where the specifications leave it open. Default: none. */
  readonly errors?: readonly ExpectedError[] | 'some' | 'any';
  /** How often the subgraphs are asked; those not named, never. */
  readonly asks?: Readonly<Record<string, number>>;
  /** How many entities are asked for in all. */
  readonly representations?: number;
  /** The fields of the first representation of each request for entities; subgraphs that are not named may get any. */
  readonly keys?: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** Subgraphs that show one feature, and what clients of them must see. */
export interface Suite {
  readonly name: string;
  readonly subgraphs: FederationDefinition;
  readonly cases: readonly Case[];
}
