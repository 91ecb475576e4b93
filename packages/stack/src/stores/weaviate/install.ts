import { installGoProgram } from '../../go/install.ts';
import type { InstallContext } from '../../install.ts';

/** The folder of the server's program. */
export function installWeaviate(context: InstallContext): Promise<string> {
  return installGoProgram(context, {
    name: 'weaviate',
    title: 'Weaviate',
    path: 'github.com/weaviate/weaviate/cmd/weaviate-server',
    version: 'v1.35.2',
    whole: { modules: 216, packages: 1_727 },
    advice: 'Install Go 1.25 or later (go.dev/doc/install), set WEAVIATE_URL, or start Docker.',
  });
}
