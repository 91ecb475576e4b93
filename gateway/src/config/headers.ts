import { z } from 'zod';
import { isForwardable, isHeaderValue } from '../upstream/header-names.ts';

const name = z.string().toLowerCase().refine(isForwardable, { message: 'expected a header that can be forwarded' });
const value = z.string().refine(isHeaderValue, { message: 'expected characters that a header may have' });
/** Names of subgraphs; absent: all of them. */
const subgraphs = z.array(z.string().min(1)).min(1).optional();

const propagate = z.union([
  z.strictObject({
    name,
    /** What it is called in the request to the subgraph. */
    rename: name.optional(),
    /** Sent when the client has no such header. */
    default: value.optional(),
    subgraphs,
  }),
  z.strictObject({
    /** A regular expression over the names of headers, which are in lower case. */
    matching: z.string().refine(isPattern, { message: 'expected a regular expression' }),
    subgraphs,
  }),
]);

/** Which headers subgraphs get beside those of the gateway. docs/gateway/headers.md explains every setting. */
export const headerRules = z.strictObject({
  /** From the client's request, or its socket's handshake. */
  propagate: z.array(propagate).default([]),
  /** Always the same; goes over what the client sent. */
  insert: z.array(z.strictObject({ name, value, subgraphs })).default([]),
  /** Never forwarded, though a rule of `propagate` matches. */
  remove: z.array(z.string().toLowerCase()).default([]),
});
export type HeaderRules = z.infer<typeof headerRules>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    // The message of the refusal says what is wrong.
    return false;
  }
}
