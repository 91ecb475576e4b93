import { installGoProgram } from '../go/install.ts';
import type { InstallContext } from '../install.ts';

/** The folder of versitygw, a small server of the S3 protocol over a folder (Apache-2.0). */
export function installS3Server(context: InstallContext): Promise<string> {
  return installGoProgram(context, {
    name: 'versitygw',
    title: 'S3 server (versitygw)',
    path: 'github.com/versity/versitygw/cmd/versitygw',
    version: 'v1.8.0',
    whole: { modules: 69, packages: 371 },
    advice: 'Install Go 1.25 or later (go.dev/doc/install).',
  });
}
