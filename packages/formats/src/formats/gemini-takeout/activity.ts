import type { ParseIssue } from '../../model.ts';

/** One record of the export: what a person did at one moment, and what Gemini answered. */
export interface Activity {
  form: 'json' | 'html';
  /** Name of the document the record is from. */
  document: string;
  location: string;
  /** The product in the words of the export, such as `Gemini-Apps`. */
  product: string;
  isGemini: boolean;
  title: string;
  /** Null when the record has no time that can be read. */
  time: Date | null;
  /** Ids of the conversations that the record links to: several when a conversation was branched. */
  links: readonly string[];
  answers: readonly Answer[];
  /** The record without its answers, as JSON. */
  raw: string;
  metadata: Record<string, unknown>;
  model: string | null;
  issues: readonly ParseIssue[];
}

/** One answer of Gemini. */
export interface Answer {
  html: string;
  /** The answer as JSON. */
  raw: string;
  location: string;
}

const PRODUCT = /(?<![\p{Script=Latin}\p{N}.])(?:gemini|bard)(?![\p{Script=Latin}\p{N}.])/iu;
const CONVERSATION =
  /^https?:\/\/(?:gemini|bard)\.google\.com\/(?:u\/\d+\/)?(?:app|chat|gem\/[\w-]+)\/(?:c_)?([0-9a-f]{8,64})(?:[/?#]|$)/i;

/**
 * Whether the name of a product is Gemini's: it is translated ("Gemini-Apps", "Applications Gemini", "Gemini 앱"), and
 * was "Bard" once. An address such as "gemini.google.com" is a page that was visited.
 */
export function isGeminiProduct(name: string): boolean {
  return PRODUCT.test(name);
}

/** The id of the conversation that an address leads to, or null. */
export function conversationOf(url: string): string | null {
  return CONVERSATION.exec(url)?.[1]?.toLowerCase() ?? null;
}

/** The name of the model that a subtitle such as "Model: 2.5 Pro" gives, or null. */
export function modelOf(subtitles: readonly string[]): string | null {
  for (const subtitle of subtitles) {
    const model = /^Model:\s*(\S.{0,199})$/u.exec(subtitle)?.[1];
    if (model) return model.trim();
  }
  return null;
}
