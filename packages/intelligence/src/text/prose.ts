import { isForeignLine, isIndented } from './lines.ts';
import { listMarkerLength } from './masks.ts';

/** A run of prose, end exclusive. A new list entry or a blank line starts a new one. */
export interface ProseBlock {
  start: number;
  end: number;
}

const FENCE = /^\s*(?:[-*+]\s+|\d{1,3}[.)]\s+|>\s?)*(`{3,}|~{3,})/;
const ELEMENT_OPEN =
  /^\s*<(ant\w+|anythingllm:artifact|artifact|pre|code|script|style|details|document|file|context)\b[^>]*>/i;

/** What the lines read so far leave open. */
interface Region {
  /** The characters that close the open fence; null outside a fence. */
  fence: string | null;
  /** The closing tag that is awaited; null outside such an element. */
  closingTag: string | null;
  indentedCode: boolean;
  afterBlank: boolean;
}

function skipsInsideRegion(line: string, region: Region): boolean {
  if (region.fence !== null) {
    const mark = FENCE.exec(line)?.[1];
    const closes = mark?.startsWith(region.fence) && line.trim().replace(/^>\s?/, '') === mark;
    if (closes) region.fence = null;
    return true;
  }
  if (region.closingTag !== null) {
    if (line.toLowerCase().includes(region.closingTag)) region.closingTag = null;
    return true;
  }
  const fence = FENCE.exec(line)?.[1];
  if (fence) {
    region.fence = fence;
    return true;
  }
  const element = ELEMENT_OPEN.exec(line)?.[1]?.toLowerCase();
  if (element) {
    const closingTag = `</${element}>`;
    region.closingTag = line.toLowerCase().includes(closingTag) ? null : closingTag;
    return true;
  }
  return false;
}

function isProseLine(line: string, region: Region): boolean {
  if (skipsInsideRegion(line, region)) {
    region.afterBlank = false;
    return false;
  }
  if (line.trim() === '') {
    region.afterBlank = true;
    return false;
  }
  const listed = listMarkerLength(line) > 0;
  region.indentedCode = isIndented(line) && !listed && (region.afterBlank || region.indentedCode);
  region.afterBlank = false;
  return !region.indentedCode && !isForeignLine(line);
}

/**
 * The passages of a message that its author wrote as sentences: no fenced or indented code, quotations, headings,
 * tables, logs, stack traces or embedded documents. Offsets are UTF-16 code units of `text`.
 */
export function proseBlocks(text: string): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  const region: Region = { fence: null, closingTag: null, indentedCode: false, afterBlank: true };
  let open: ProseBlock | null = null;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    if (isProseLine(line, region)) {
      const marker = listMarkerLength(line);
      if (open && marker === 0) open.end = end;
      else {
        open = { start: at + marker, end };
        blocks.push(open);
      }
    } else open = null;
    at = end + 1;
  }
  return blocks;
}
