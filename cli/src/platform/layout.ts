import { join } from 'node:path';

/** Where the platform keeps its own files under COLLOQUY_HOME; the stores' folders belong to the stack. */
export function platformLayout(home: string) {
  return {
    /** What `doctor` reads. */
    stateFile: join(home, 'run', 'platform.json'),
    gatewayConfig: join(home, 'run', 'gateway.json'),
    objects: join(home, 'objects'),
    logs: join(home, 'logs'),
  };
}
