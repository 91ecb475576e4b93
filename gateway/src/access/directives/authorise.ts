import { createHash } from 'node:crypto';
import type {
  DocumentNode,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { allHold } from '../../executor/shape/conditions.ts';
import { createAccessRules } from './access-rules.ts';
import type { Grants } from './grants.ts';
import { type GuardedOperation, type GuardedSelection, guardOperation } from './guarded-operation.ts';
import { markHidden } from './mark-hidden.ts';
import { type OperationParts, removeHidden } from './remove-hidden.ts';
import { type RemovedPath, removedPaths } from './removed-paths.ts';
import { isMet } from './requirement.ts';

/** An operation as one client may run it. */
export interface AuthorisedOperation {
  /** Same for equal outcomes of the same operation; empty when the client may see everything. */
  readonly key: string;
  /** What is left to plan and to fetch: the client's own document when there is nothing left. */
  readonly document: DocumentNode;
  /** Undefined when nothing is left. */
  readonly definition: OperationDefinitionNode | undefined;
  /** What the answer has the shape of: all that the client asked for, with what it may not see marked to be null. */
  readonly shape: OperationParts;
  readonly removed: readonly RemovedPath[];
}

export interface AccessControl {
  /** Whether there is anything in the operation, which is valid, that not everyone may see. */
  isGuarded(document: DocumentNode, definition: OperationDefinitionNode): boolean;
  /** What of the operation the client may run. The same object for equal grants, as long as it is remembered. */
  authorise(document: DocumentNode, definition: OperationDefinitionNode, grants: Grants): AuthorisedOperation;
}

/** Outcomes that are remembered of one operation. */
const MAX_OUTCOMES = 100;

/** Undefined when nothing in the supergraph is protected. */
export function createAccessControl(supergraph: DocumentNode, apiSchema: GraphQLSchema): AccessControl | undefined {
  const rules = createAccessRules(supergraph, apiSchema);
  if (!rules) return undefined;
  const guarded = new WeakMap<OperationDefinitionNode, Outcomes | null>();

  function outcomesOf(document: DocumentNode, definition: OperationDefinitionNode): Outcomes | null {
    const known = guarded.get(definition);
    if (known !== undefined) return known;
    const operation = guardOperation(rules as NonNullable<typeof rules>, apiSchema, document, definition);
    const outcomes = operation ? new Outcomes(operation) : null;
    guarded.set(definition, outcomes);
    return outcomes;
  }

  return {
    isGuarded: (document, definition) => outcomesOf(document, definition) !== null,
    authorise: (document, definition, grants) =>
      outcomesOf(document, definition)?.of(grants) ?? unrestricted({ document, definition }),
  };
}

function unrestricted({ document, definition }: OperationParts): AuthorisedOperation {
  return { key: '', document, definition, shape: { document, definition }, removed: [] };
}

/** The outcomes of one operation, by which of its requirements are met. */
class Outcomes {
  readonly #operation: GuardedOperation;
  readonly #known = new LRUCache<string, AuthorisedOperation>({ max: MAX_OUTCOMES });

  constructor(operation: GuardedOperation) {
    this.#operation = operation;
  }

  of(grants: Grants): AuthorisedOperation {
    const { requirements } = this.#operation;
    let met = '';
    for (const requirement of requirements) met += isMet(requirement, grants) ? '1' : '0';
    let outcome = this.#known.get(met);
    if (!outcome) {
      outcome = this.#decide((requirement) => met[requirement] === '1');
      this.#known.set(met, outcome);
    }
    return outcome;
  }

  #decide(holds: (requirement: number) => boolean): AuthorisedOperation {
    const operation = this.#operation;
    const hidden = new Set<SelectionNode>();
    const places: number[] = [];
    for (const [place, selection] of operation.selections.entries()) {
      if (isOpen(selection, holds)) continue;
      hidden.add(selection.node);
      places.push(place);
    }
    if (hidden.size === 0) return unrestricted(operation);
    const left = removeHidden(operation, hidden);
    return {
      key: createHash('sha256').update(places.join()).digest('base64url'),
      document: left?.document ?? operation.document,
      definition: left?.definition,
      shape: markHidden(operation, hidden),
      removed: removedPaths(operation, hidden),
    };
  }
}

function isOpen({ all, oneOf }: GuardedSelection, holds: (requirement: number) => boolean): boolean {
  return all.every(holds) && (oneOf.length === 0 || oneOf.some((list) => list.every(holds)));
}

/** The errors that stand beside the data: one for each place that the variables do not skip. */
export function unauthorisedErrors(
  { removed }: AuthorisedOperation,
  variables: Readonly<Record<string, unknown>>,
): GraphQLFormattedError[] {
  return removed
    .filter(({ when }) => when.some((conditions) => allHold(conditions, variables)))
    .map(({ path }) => ({
      message: 'Unauthorized field or type',
      path,
      extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    }));
}
