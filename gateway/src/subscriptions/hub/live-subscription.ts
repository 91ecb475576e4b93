import type { Callers, Claims } from '../../access/claims.ts';
import type { OperationContext, OperationRequest } from '../../operation/operation.ts';
import type { PreparedSubscription } from '../prepared.ts';
import type { Resumption } from '../resume/resume-source.ts';
import type { Group } from './group.ts';

/** A caller's signed identity is good for 60 s, and events may come often. */
const CALLER_MILLISECONDS = 30_000;

/** One shared subscription: a group of clients, and what is delivered to them. */
export class LiveSubscription {
  prepared: PreparedSubscription;
  /** Absent where the field cannot be resumed. */
  resumption: Resumption | undefined;
  /** Under which others find it; absent when nobody else may join. */
  key: string | undefined;
  readonly group: Group;
  readonly request: OperationRequest;
  readonly #controller = new AbortController();
  readonly #callers: Callers;
  readonly #first: OperationContext;
  #claims: Claims | null;
  #context: OperationContext | undefined;
  #contextAt = 0;

  constructor(
    prepared: PreparedSubscription,
    options: { group: Group; request: OperationRequest; context: OperationContext; callers: Callers },
  ) {
    this.prepared = prepared;
    this.group = options.group;
    this.request = options.request;
    this.#first = options.context;
    this.#claims = options.context.caller.claims;
    this.#callers = options.callers;
  }

  /** On whose behalf subgraphs are asked at the moment. */
  get context(): OperationContext {
    if (!this.#context || Date.now() - this.#contextAt > CALLER_MILLISECONDS) {
      this.#context = { ...this.#first, caller: this.#callers(this.#claims), signal: this.#controller.signal };
      this.#contextAt = Date.now();
    }
    return this.#context;
  }

  /** Another client of the same identity came; its token is likely to hold for longer. */
  renew(claims: Claims | null): void {
    this.#claims = claims;
    this.#context = undefined;
  }

  /** Nobody is left. */
  close(): void {
    this.#controller.abort();
  }
}
