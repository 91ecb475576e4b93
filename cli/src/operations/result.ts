import { z } from 'zod';
import { asSentence } from '../client/faults.ts';
import { RefusedError } from '../exit.ts';

/** Any member of a result union that implements the public graph's `Error`, with the fields some of them add. */
export const typedError = z.object({
  __typename: z.string(),
  message: z.string(),
  code: z.string(),
  field: z.string().nullish(),
  limit: z.number().nullish(),
  recognised: z.string().nullish(),
  supported: z.array(z.string()).nullish(),
});
type TypedError = z.infer<typeof typedError>;

/** The payload of a mutation's result union; an expected failure is thrown as a RefusedError with its code. */
export function payloadOf<P extends { __typename: string }>(result: P | TypedError, typename: P['__typename']): P {
  if (result.__typename === typename) return result as P;
  const error = result as TypedError;
  throw new RefusedError(error.code, explain(error));
}

/** The message, and what of the error's other fields it does not say itself. */
function explain({ message, recognised, supported }: TypedError): string {
  const parts = [asSentence(message)];
  if (recognised && !message.includes(recognised)) parts.push(`Recognised as: ${recognised}.`);
  if (supported?.some((format) => !message.includes(format))) parts.push(`Supported: ${supported.join(', ')}.`);
  return parts.join(' ');
}
