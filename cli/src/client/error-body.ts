import { z } from 'zod';

const errorShape = z.object({ code: z.string().optional(), message: z.string().optional() });
const graphqlErrorShape = errorShape.extend({ extensions: errorShape.optional() });
const errorEnvelope = z.union([
  z.object({ errors: z.tuple([graphqlErrorShape], graphqlErrorShape) }),
  z.object({ error: errorShape }),
  errorShape,
]);

/** What the body of a refusal over plain HTTP says, in any of the envelopes that the platform and its gateway use. */
export function errorBody(body: string): { code?: string | undefined; message?: string | undefined } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // A proxy's page or nothing at all: the status has to do.
    return {};
  }
  const parsed = errorEnvelope.safeParse(json);
  if (!parsed.success) return {};
  if ('errors' in parsed.data) {
    const [first] = parsed.data.errors;
    return { code: first.code ?? first.extensions?.code, message: first.message };
  }
  return 'error' in parsed.data ? parsed.data.error : parsed.data;
}
