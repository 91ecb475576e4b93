import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../access/claims.ts';

export interface OperationResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** What belongs to one operation on its way through the gateway. */
export interface OperationContext {
  requestId: string;
  caller: Caller;
  /** Fires when the client is gone. */
  signal: AbortSignal;
  /** Where a subscription leaves its events; absent when the client's connection can carry a single answer only. */
  stream?: StreamSlot;
}

/** Apollo Server copies the context, so the slot is an object of its own. */
export interface StreamSlot {
  events?: AsyncGenerator<OperationResult, void, void>;
}
