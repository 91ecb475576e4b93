import type { OperationRequest } from '../../operation/operation.ts';

/** What a client may say (graphql-transport-ws). */
export type ClientMessage =
  | { readonly type: 'connection_init'; readonly payload: Readonly<Record<string, unknown>> | undefined }
  | { readonly type: 'ping' | 'pong'; readonly payload: Readonly<Record<string, unknown>> | undefined }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: OperationRequest }
  | { readonly type: 'complete'; readonly id: string };

/** Close codes of the protocol, with the reasons that its clients know. */
export const CLOSE = {
  goingAway: [1001, 'Going away'],
  idle: [1001, 'Idle'],
  invalidMessage: [4400, 'Invalid message'],
  unauthorized: [4401, 'Unauthorized'],
  /** Clients come back after this one, and not after the one before: a token that ran out can be renewed. */
  tokenExpired: [4403, 'Token expired'],
  badSubprotocol: [4406, 'Subprotocol not acceptable'],
  initTimeout: [4408, 'Connection initialisation timeout'],
  idInUse: [4409, 'Subscriber for this id already exists'],
  initAgain: [4429, 'Too many initialisation requests'],
  internal: [4500, 'Internal server error'],
} as const satisfies Record<string, readonly [number, string]>;
export type Close = (typeof CLOSE)[keyof typeof CLOSE];

/** The message in a text; undefined when it is none of the protocol. */
export function readMessage(text: string): ClientMessage | undefined {
  const message = parse(text);
  if (!isMap(message)) return undefined;
  const { type, id, payload } = message;
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return payload == null || isMap(payload) ? { type, payload: payload ?? undefined } : undefined;
    case 'subscribe':
      return isId(id) && isRequest(payload) ? { type, id, payload } : undefined;
    case 'complete':
      return isId(id) ? { type, id } : undefined;
    default:
      return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRequest(value: unknown): value is OperationRequest {
  if (!isMap(value)) return false;
  const { query, documentId, operationName, variables, extensions } = value;
  return (
    [query, documentId, operationName].every((text) => text == null || typeof text === 'string') &&
    [variables, extensions].every((map) => map == null || isMap(map)) &&
    (typeof query === 'string' || typeof documentId === 'string' || isMap(extensions))
  );
}
