import type { Answer, EventStream, OperationContext, OperationRequest } from '../operation/operation.ts';
import { OperationError } from '../operation/operation.ts';
import type { OperationPath, PlannedSubscription } from '../operation/operation-path.ts';
import type { Hub } from './hub/hub.ts';
import type { PreparedSubscription, PrepareSubscription } from './prepared.ts';

/** Runs an operation for a connection that can carry events. Throws OperationError when it is refused. */
export type Operate = (request: OperationRequest, context: OperationContext) => Promise<Answer | EventStream>;

/** Queries and mutations are answered; of a subscription it gives the stream, which begins when it is opened. */
export function createOperate(options: {
  path: OperationPath;
  prepare(planned: PlannedSubscription): PreparedSubscription;
  hub: Hub;
}): Operate {
  const { path, prepare, hub } = options;
  return async (request, context) => {
    const taken = await path.operate(request, context);
    if (taken.kind === 'answer') return taken;
    const prepared = prepare(taken);
    // A persisted text may be forgotten before the subscription has to be prepared again.
    const complete = { ...request, query: taken.operation.query };
    return { kind: 'stream', open: (sink, after) => hub.open({ prepared, request: complete, context, after }, sink) };
  };
}

/** Prepares subscriptions that are open already, for another schema. */
export function createPrepareAgain(
  path: OperationPath,
  prepare: (planned: PlannedSubscription) => PreparedSubscription,
): PrepareSubscription {
  return async (request, context) => {
    const taken = await path.operate(request, context);
    if (taken.kind === 'subscription') return prepare(taken);
    throw new OperationError([{ message: 'Expected a subscription.', extensions: { code: 'BAD_REQUEST' } }]);
  };
}
