import { asObject, asString, asText, type JsonObject, objectsIn } from '../../../json/values.ts';

/** A call of a tool that makes a document or changes one. */
export interface ArtifactCall {
  /** The id of the artifact, or the path of the file. */
  artifact: string;
  title: string | null;
  mediaType: string | null;
  /** The vendor's id of the version that the call makes. */
  version: string | null;
  /** Whether it is a file of the tools' computer, which may have been there without any call. */
  isFile: boolean;
  change: { whole: string } | { from: string; to: string };
}

/**
 * The documents that the blocks of a message make: calls of `artifacts` (`create`, `rewrite`, `update`), and calls of
 * any tool that writes a whole file (`path`, `file_text`) or replaces a piece of one (`path`, `old_str`, `new_str`).
 */
export function artifactCalls(content: unknown): ArtifactCall[] {
  return objectsIn(content)
    .filter(({ type }) => type === 'tool_use')
    .map((block) => callOf(block))
    .filter((call) => call !== null);
}

function callOf({ name, input: value }: JsonObject): ArtifactCall | null {
  const input = asObject(value);
  const isArtifact = name === 'artifacts';
  const artifact = asText(isArtifact ? input?.id : input?.path);
  if (input === null || artifact === null) return null;
  const change = changeOf(input, isArtifact ? input.content : input.file_text);
  if (change === null) return null;
  return {
    artifact,
    title: isArtifact ? asText(input.title) : artifact.slice(artifact.lastIndexOf('/') + 1),
    mediaType: isArtifact ? asText(input.type) : null,
    version: asText(input.version_uuid),
    isFile: !isArtifact,
    change,
  };
}

function changeOf(input: JsonObject, content: unknown): ArtifactCall['change'] | null {
  const whole = asText(content);
  if (whole !== null) return { whole };
  const [from, to] = [asText(input.old_str), asString(input.new_str)];
  return from !== null && to !== null ? { from, to } : null;
}
