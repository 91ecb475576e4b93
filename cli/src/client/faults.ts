import { z } from 'zod';
import { type CliError, NotAllowedError, PartAwayError, RefusedError } from '../exit.ts';

/** One entry of a GraphQL answer's `errors`. */
export const graphqlFault = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string().optional(), store: z.string().optional() }).optional(),
});
export type GraphqlFault = z.infer<typeof graphqlFault>;

const NOT_ALLOWED = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);
/** Codes of a gateway or subgraph for "not now": its store, or the subgraph behind the gateway, is away. */
const AWAY = new Set([
  'STORE_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'SUBREQUEST_HTTP_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
]);

/** The error that a command ends with when the platform answered with these faults: the gravest first. */
export function errorFromFaults(faults: readonly [GraphqlFault, ...GraphqlFault[]]): CliError {
  const refused = faults.find((fault) => NOT_ALLOWED.has(codeOf(fault)));
  if (refused) return new NotAllowedError(asSentence(refused.message));
  const away = faults.find((fault) => AWAY.has(codeOf(fault)));
  if (away) return new PartAwayError(away.extensions?.store ?? 'A part of the platform', asSentence(away.message));
  return new RefusedError(codeOf(faults[0]), faults.map((fault) => fault.message).join('; '));
}

function codeOf(fault: GraphqlFault): string {
  return fault.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
}

/** Ends a message of the platform with a full stop, so that what to do next can follow it. */
export function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
