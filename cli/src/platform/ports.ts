import { once } from 'node:events';
import { createServer } from 'node:net';

/** Our processes; each has a port for its work and one for metrics. */
export const SERVICES = ['archive', 'knowledge', 'search', 'worker', 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];
export type ServicePorts = Readonly<Record<ServiceName, { port: number; metricsPort: number }>>;

/** Names under which the stack allocates our ports, keeps them with the home, and gives them to no other home. */
export const PORT_NAMES: readonly string[] = SERVICES.flatMap((name) => [name, metricsName(name)]);

/** The ports that the stack allocated, by service. The gateway's own is a setting instead. */
export function servicePorts(allocated: Readonly<Record<string, number>>, gatewayPort: number): ServicePorts {
  const portOf = (name: string) => {
    const port = allocated[name];
    if (port === undefined) throw new Error(`No port was allocated for ${name}.`);
    return port;
  };
  const pairs = SERVICES.map((name) => {
    const port = name === 'gateway' ? gatewayPort : portOf(name);
    return [name, { port, metricsPort: portOf(metricsName(name)) }] as const;
  });
  return Object.fromEntries(pairs) as ServicePorts;
}

function metricsName(name: ServiceName): string {
  return `${name}-metrics`;
}

/** Whether a server could listen there now. */
export async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ port, host, exclusive: true });
    await listening;
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
