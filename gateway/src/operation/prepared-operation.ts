import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compilePlan } from '../executor/compile-plan.ts';
import type { Step } from '../executor/run.ts';
import { compileShape, type Shape } from '../executor/shape/compile-shape.ts';
import { conditionVariables, type Variables } from '../executor/shape/conditions.ts';
import type { Generation } from '../schema/generation.ts';
import { asksSubgraphs, compileIntrospection, type Introspect, withoutIntrospection } from './introspection.ts';
import type { VisibleDocument } from './visible-document.ts';

/** A compiled plan. */
export interface ExecutablePlan {
  /** Asks the subgraphs; absent when none has to be asked. For a subscription: what completes an event. */
  readonly run: Step | undefined;
  /** For a subscription: what is subscribed to. */
  readonly source: PlanSource | undefined;
}

export interface PlanSource {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: readonly string[];
}

/** Variants of one operation: what different clients may see of it, and which fields are skipped. */
const MOST_VARIANTS = 64;

/** What is known of an operation's text in one generation of the schema; worked out when it is first needed. */
export class PreparedOperation {
  /** Identifies text and operation name within the generation. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** The document as a client without restrictions sees it. */
  readonly whole: VisibleDocument;
  /** Answers `__schema` and `__type`; absent when the operation has neither. */
  readonly introspect: Introspect | undefined;
  readonly #generation: Generation;
  readonly #conditions: readonly string[];
  readonly #shapes = new LRUCache<string, Shape>({ max: MOST_VARIANTS });
  readonly #plans = new LRUCache<string, Promise<ExecutablePlan>>({ max: MOST_VARIANTS });

  constructor(generation: Generation, key: string, document: DocumentNode, definition: OperationDefinitionNode) {
    this.#generation = generation;
    this.key = key;
    this.document = document;
    this.definition = definition;
    this.whole = { key: '', document, definition, shape: { document, definition } };
    this.#conditions = conditionVariables(document);
    this.introspect = compileIntrospection(generation.apiSchema, document, definition);
  }

  /** What writes the answer. Which fields are skipped decides about it, so there is one for each combination. */
  shape(visible: VisibleDocument, variables: Variables): Shape {
    let key = visible.key;
    for (const name of this.#conditions) key += variables[name] === true ? '1' : '0';
    let shape = this.#shapes.get(key);
    if (!shape) {
      const { apiSchema, planner } = this.#generation;
      const { document, definition } = visible.shape;
      shape = compileShape(apiSchema, document, definition, variables, planner.dataName);
      this.#shapes.set(key, shape);
    }
    return shape;
  }

  /** Whether the plan has to be made yet, for those who count. */
  isPlanned(visible: VisibleDocument, share: number): boolean {
    return this.#plans.has(`${share}:${visible.key}`);
  }

  /** Throws PlanningError; a plan that cannot be made is not remembered. */
  plan(visible: VisibleDocument, share: number): Promise<ExecutablePlan> {
    const key = `${share}:${visible.key}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const made = this.#plan(visible, share);
    this.#plans.set(key, made);
    made.catch(() => this.#plans.delete(key));
    return made;
  }

  async #plan({ document, definition }: VisibleDocument, share: number): Promise<ExecutablePlan> {
    const { planner, possibleTypes } = this.#generation;
    if (!definition || !asksSubgraphs(document, definition)) return { run: undefined, source: undefined };
    const asked = this.introspect ? withoutIntrospection(document) : document;
    const node = await planner.plan(asked, definition.name?.value, share);
    const nodes = node?.kind === 'Sequence' ? node.nodes : node ? [node] : [];
    const [first, ...rest] = nodes;
    if (first?.kind !== 'Subscription') {
      return { run: node && compilePlan(node, possibleTypes), source: undefined };
    }
    const { serviceName, operation, variableUsages } = first.primary;
    return {
      run: rest.length === 0 ? undefined : compilePlan({ kind: 'Sequence', nodes: rest }, possibleTypes),
      source: { subgraph: serviceName, query: operation, variables: variableUsages ?? [] },
    };
  }
}
