import { asObject, asText } from '../../json/values.ts';

/**
 * A time in MongoDB's extended JSON (`{"$date": {"$numberLong": "<ms>"}}`, `{"$date": "<ISO 8601>"}`) as the number or
 * text inside of it; anything else as it is.
 */
export function plainTime(value: unknown): unknown {
  const date = asObject(value)?.$date;
  if (date === undefined) return value;
  return asObject(date)?.$numberLong ?? date;
}

/** An id as text, or as extended JSON has it (`{"$oid": "<hex>"}`, `{"$uuid": "<uuid>"}`); null when it is neither. */
export function plainId(value: unknown): string | null {
  const wrapped = asObject(value);
  return asText(value) ?? asText(wrapped?.$oid) ?? asText(wrapped?.$uuid);
}
