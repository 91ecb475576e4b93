import { OperationTypeNode } from 'graphql';
import type { AccessConfig } from '../../config/access.ts';
import { type Operation, OperationError } from '../../operation/operation.ts';
import { unauthorisedErrors } from './authorise.ts';
import { createGrants } from './grants.ts';

const FORBIDDEN = 403;

/**
 * Takes out of an operation what its client may not see, with an error for each place. Throws OperationError when that is
 * not wanted, and for a subscription of which nothing is left.
 */
export function authoriseOperation(config: AccessConfig): (operation: Operation) => void {
  const grantsOf = createGrants(config);
  return (operation) => {
    const { access } = operation.generation;
    if (!access) return;
    const { document, definition } = operation.prepared;
    if (!access.isGuarded(document, definition)) return;
    const authorised = access.authorise(document, definition, grantsOf(operation.context.caller.claims));
    if (authorised.key === '') return;
    operation.visible = authorised;
    const errors = unauthorisedErrors(authorised, operation.variables);
    if (errors.length > 0 && (config.rejectUnauthorized || isSilenced(operation))) {
      throw new OperationError(errors, FORBIDDEN);
    }
    operation.errors.push(...errors);
  };
}

function isSilenced({ prepared, visible }: Operation): boolean {
  return prepared.definition.operation === OperationTypeNode.SUBSCRIPTION && !visible.definition;
}
