import type { IncomingMessage } from 'node:http';

/** Counts the connections that clients hold open, sockets and streams alike. */
export interface Admission {
  /** Why one more connection is refused; undefined when it is taken. */
  refusal(request: IncomingMessage): 'full' | 'tooMany' | undefined;
  /** Counts a connection, until the function that it gives is called. */
  enter(request: IncomingMessage): () => void;
}

export function createAdmission(limits: {
  connections: number;
  connectionsPerAddress?: number | undefined;
}): Admission {
  const { connections, connectionsPerAddress = Number.POSITIVE_INFINITY } = limits;
  const ofAddress = new Map<string, number>();
  let open = 0;

  const addressOf = ({ socket }: IncomingMessage) => socket.remoteAddress ?? '';
  return {
    refusal(request) {
      if (open >= connections) return 'full';
      return (ofAddress.get(addressOf(request)) ?? 0) >= connectionsPerAddress ? 'tooMany' : undefined;
    },
    enter(request) {
      const address = addressOf(request);
      open++;
      ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        open--;
        const others = (ofAddress.get(address) ?? 1) - 1;
        if (others > 0) ofAddress.set(address, others);
        else ofAddress.delete(address);
      };
    },
  };
}
