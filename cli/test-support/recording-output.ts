import { createOutput, type Output, type TextStream } from '../src/output.ts';

/** An output whose words can be read afterwards; no colours. */
export function recordingOutput(options: { isTTY?: boolean; columns?: number; rows?: number } = {}): {
  output: Output;
  stdout: () => string;
  stderr: () => string;
} {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): TextStream => ({
    ...options,
    write(text) {
      written[name] += text;
      return true;
    },
  });
  return {
    output: createOutput(stream('stdout'), stream('stderr'), false),
    stdout: () => written.stdout,
    stderr: () => written.stderr,
  };
}
