import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asArray, asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import { type ConversationRecord, openRecord } from '../conversation-record.ts';
import { type Activity, type Answer, conversationOf, isGeminiProduct, modelOf } from './activity.ts';

const ANSWERS = 'safeHtmlItem';
const METADATA = ['titleUrl', 'subtitles', 'attachedFiles', 'imageFile', 'audioFiles', 'attachmentInfo', 'details'];

/** Reads one record of MyActivity.json. Throws RecordRejected when it is no JSON object. */
export function readJsonActivity(bytes: Buffer, document: string, location: string): Activity {
  const record = openRecord(bytes, [ANSWERS], location);
  const { shell, log } = record;
  const product = productOf(shell);
  return {
    form: 'json',
    document,
    location,
    product,
    isGemini: isGeminiProduct(product),
    title: asString(shell.title) ?? asString(shell.text) ?? '',
    time: parseTime(shell.time, `${location}.time`, log),
    links: linksOf(shell),
    answers: answersOf(record),
    raw: record.shellText([]),
    metadata: pick(shell, METADATA),
    model: modelOf(objectsIn(shell.subtitles).map(({ name }) => asString(name) ?? '')),
    issues: log.issues,
  };
}

/** Whether a JSON object has the shape of an activity, of whichever product. */
export function isActivity(value: JsonObject): boolean {
  return ('header' in value || 'products' in value) && 'title' in value && 'time' in value;
}

/** The products of a record, or its header when it names none: the header of a page in Chrome is the page's site. */
export function productOf(record: JsonObject): string {
  const products = asArray(record.products).filter((product) => typeof product === 'string');
  return products.length > 0 ? products.join(', ') : (asString(record.header) ?? '');
}

function linksOf(record: JsonObject): string[] {
  const urls = [
    ...objectsIn(record.details).map(({ url, name }) => asText(url) ?? asText(name)),
    asText(record.titleUrl),
  ];
  const ids = urls.map((url) => (url === null ? null : conversationOf(url)));
  return [...new Set(ids.filter((id) => id !== null))];
}

function answersOf(record: ConversationRecord): Answer[] {
  const { shell, log, location } = record;
  const answers: Answer[] = [];
  for (const { value, raw, location: place } of record.parts()) {
    const html = asString(value) ?? asString(asObject(value)?.html);
    if (html === null) log.report('INVALID_CONTENT', place, 'Expected an answer with HTML; its raw JSON is kept.');
    answers.push({ html: html ?? '', raw, location: place });
  }
  if (record.container === null && (shell[ANSWERS] ?? null) !== null) {
    log.report('INVALID_CONTENT', `${location}.${ANSWERS}`, 'Expected an array of answers; the raw JSON is kept.');
  }
  return answers;
}
