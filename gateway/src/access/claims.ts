import type { Identity, IdentitySigner } from '@colloquy/service';

/** The verified claims of a client's token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who an operation is run for: null claims where the gateway is open to everyone. */
export interface Caller {
  claims: Claims | null;
  /** The headers that tell a subgraph so; signed once, however many subgraphs are asked. Empty without a signer. */
  headers(): Promise<Record<string, string>>;
  /** The same for the `connection_init` of a socket. */
  connectionParams(): Promise<Record<string, unknown>>;
}

export type Callers = (claims: Claims | null) => Caller;

/** A signed identity lives for 60 s, so each operation, and each event of a subscription, gets a caller of its own. */
export function createCallers(identity: { signer: IdentitySigner; header: string } | undefined): Callers {
  return (claims) => {
    let signed: Promise<string> | undefined;
    const sign = (signer: IdentitySigner) => {
      signed ??= signer.sign(identityOf(claims));
      return signed;
    };
    return {
      claims,
      headers: async () => (identity ? { [identity.header]: await sign(identity.signer) } : {}),
      connectionParams: async () => (identity ? { identity: await sign(identity.signer) } : {}),
    };
  };
}

function identityOf(claims: Claims | null): Identity {
  return { subject: typeof claims?.sub === 'string' ? claims.sub : '', claims: claims ?? {} };
}
