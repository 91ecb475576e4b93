import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Paths at which a credential could ride along in a logged object. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'identity',
  '["x-colloquy-identity"]',
].flatMap((key) => {
  const step = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${step}`, `*.headers${step}`, `headers${step}`];
});

/** A log of JSON lines on stdout, written at once, with credentials blotted out. `level` is a pino level. */
export function createLog(options: { name: string; level: string }): Log {
  return pino({
    name: options.name,
    level: options.level,
    redact: { paths: [...new Set(SECRET_PATHS)], censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
