import { pick } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

const CHUNK = [
  'tokenCount',
  'isEdited',
  'isThought',
  'finishReason',
  'errorMessage',
  'branchParent',
  'branchChildren',
  'thinkingBudget',
  'thinkingLevel',
  'safetyRatings',
  'grounding',
  'citations',
  'videoMetadata',
];

/** Files of Google Drive, to which a chunk only points. */
export const DRIVE_FILES = ['driveDocument', 'driveImage', 'driveAudio', 'driveVideo'];
/** Files whose bytes are inside the chunk. */
export const INLINE_FILES = ['inlineFile', 'inlineImage', 'inlineData'];
const POINTERS = [...DRIVE_FILES, 'youtubeVideo'];
const POINTER = ['id', 'mimeType', 'name'];

/** The members of a chunk that are a file; one of them is the chunk's content. */
export const FILES = [...POINTERS, ...INLINE_FILES];

/** The selected fields of a chunk, by the vendor's names; `inlineTypes` are the MIME types of files inside the chunk. */
export function chunkMetadata(chunk: JsonObject): Record<string, unknown> {
  const inlineTypes = [chunk, ...objectsIn(chunk.parts)].flatMap(mimeTypesOf);
  return {
    ...pick(chunk, CHUNK),
    ...Object.fromEntries(POINTERS.flatMap((name) => member(chunk, name, POINTER))),
    ...Object.fromEntries(member(chunk, 'executableCode', ['language'])),
    ...Object.fromEntries(member(chunk, 'codeExecutionResult', ['outcome'])),
    ...(inlineTypes.length > 0 ? pick({ inlineTypes }, ['inlineTypes']) : {}),
  };
}

/** The settings of a prompt, its sources and what was typed and not sent. */
export function promptMetadata(prompt: JsonObject): Record<string, unknown> {
  const settings = asObject(prompt.runSettings);
  const pendingInputs = [
    ...objectsIn(asObject(prompt.chunkedPrompt)?.pendingInputs),
    ...objectsIn(prompt.pendingInputs),
  ]
    .filter(({ text }) => asText(text) !== null)
    .map((input) => pick(input, ['role', 'text', 'tokenCount']));
  return {
    ...(settings ? { runSettings: pick(settings, Object.keys(settings)) } : {}),
    ...pick(prompt, ['citations']),
    ...(pendingInputs.length > 0 ? { pendingInputs } : {}),
  };
}

function member(chunk: JsonObject, name: string, fields: readonly string[]): [string, unknown][] {
  const picked = pick(asObject(chunk[name]), fields);
  return Object.keys(picked).length > 0 ? [[name, picked]] : [];
}

function mimeTypesOf(carrier: JsonObject): string[] {
  return FILES.map((name) => asText(asObject(carrier[name])?.mimeType)).filter((type) => type !== null);
}
