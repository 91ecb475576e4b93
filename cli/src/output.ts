import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** A stream as this command needs it; tests give one that records. */
export interface TextStream {
  write(text: string): boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Everything that the command says passes here: results on stdout, remarks on stderr. */
export interface Output {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Whether the command goes on when nobody reads its output any more; it ends otherwise. */
  outlivesReaders: boolean;
  /** A line of the result. */
  line(text?: string): void;
  /** A value as one line of JSON on stdout. */
  json(value: unknown): void;
  /** A remark for the person at the terminal, on stderr. */
  remark(text: string): void;
  /** Styles a text for stdout, when that is a terminal and NO_COLOR is unset. */
  style(style: Style, text: string): string;
  /** The same for stderr. */
  styleRemark(style: Style, text: string): string;
}

/** Output over a pair of streams. `colours` is false under NO_COLOR. */
export function createOutput(stdout: TextStream, stderr: TextStream, colours: boolean): Output {
  const styleFor = (stream: TextStream) => (style: Style, text: string) =>
    colours && stream.isTTY ? styleText(style, text, { validateStream: false }) : text;
  return {
    stdout,
    stderr,
    outlivesReaders: false,
    line: (text = '') => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    remark: (text) => void stderr.write(`${text}\n`),
    style: styleFor(stdout),
    styleRemark: styleFor(stderr),
  };
}
