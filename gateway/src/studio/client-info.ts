import type { ReportedOperation } from '../observability/telemetry.ts';

export interface ClientInfo {
  clientName?: string;
  clientVersion?: string;
}

const MAX_LENGTH = 128;

/** Name and version that a client gives itself, in Apollo's headers or in the operation's extensions. */
export function clientOf({ request, context }: ReportedOperation): ClientInfo {
  const { headers } = context;
  const given = request.extensions?.clientInfo as Record<string, unknown> | null | undefined;
  return {
    ...named('clientName', headers['apollographql-client-name'] ?? given?.clientName),
    ...named('clientVersion', headers['apollographql-client-version'] ?? given?.clientVersion),
  };
}

function named(name: keyof ClientInfo, value: unknown): ClientInfo {
  return typeof value === 'string' && value !== '' ? { [name]: value.slice(0, MAX_LENGTH) } : {};
}
