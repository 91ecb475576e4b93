/** A request that is answered with an HTTP status before, or instead of, any GraphQL. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  /** As it stands in `errors[].extensions.code`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
