import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** A call of a tool that a message asks for. */
export interface ToolCall {
  id: string | null;
  name: string;
  /** As JSON. */
  arguments: string;
}

/** The calls in `tool_calls`, in the older `function_call`, and in parts of the kind `tool_use`. */
export function callsOf(message: JsonObject): ToolCall[] {
  const used = objectsIn(message.content).filter(({ type }) => type === 'tool_use');
  return [
    ...objectsIn(message.tool_calls).map((call) =>
      callOf(call, asObject(call.function) ?? asObject(call.custom) ?? call),
    ),
    ...[asObject(message.function_call)].filter((call) => call !== null).map((call) => callOf(call, call)),
    ...used.map((call) => callOf(call, call)),
  ];
}

function callOf({ id }: JsonObject, called: JsonObject): ToolCall {
  const input = called.arguments ?? called.input;
  return {
    id: asText(id),
    name: asText(called.name) ?? '',
    arguments: typeof input === 'string' ? input : (JSON.stringify(input) ?? ''),
  };
}
