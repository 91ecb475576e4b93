/** Recognises lines that are no prose: machine output, markup, quotations. */
const QUOTE = /^\s{0,3}>/;
const HEADING = /^\s{0,3}#{1,6}\s/;
const TABLE = /^\s*\|.*\||^\s*:?-{2,}:?(?:\s*\|\s*:?-{2,}:?)+\s*$/;
const MIN_BARS = 2;
const RULE = /^\s*(?:[-*_=]\s*){3,}$/;
const STACK =
  /^\s*(?:at\s+\S+.*[(:]\d+|at\s+[\w$.<>]+\s?\(|File ".*", line \d+|Traceback \(most recent|Caused by:|\.\.\. \d+ more|goroutine \d+|[\w.$]*(?:Error|Exception|Warning|Panic)\b:?\s*[:[]|npm ERR!|error\[E\d+\])/;
const LOG =
  /^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d[.,\]\s]|\[?(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL)\]?[\s:]|\d{1,3}(?:\.\d{1,3}){3}\s)/;
const SHELL = /^\s*(?:\$|>>>|\.\.\.|PS [A-Z]:\\[^>]*>|[\w.-]+@[\w.-]+:[^$#]*[$#])\s/;
const DIFF = /^(?:@@ |\+\+\+ |--- |diff --git |index [0-9a-f]{7})/;
const CODE_END = /(?:[{};]|\)\s*=>|=>|\\)\s*$/;
const CODE_SIGN = /[=(){}[\]<>]|::|->/;
const CODE_START =
  /^\s*(?:import\s+[\w{*"']|from\s+\S+\s+import\b|export\s+(?:default|const|function|class)\b|(?:const|let|var)\s+[\w{[]+.*=|def\s+\w+\(|class\s+\w+[:({]|function\s+\w*\(|#include|public\s+(?:static|class)|SELECT\s.+\sFROM\s|INSERT\s+INTO\s|CREATE\s+TABLE\s|(?:\w+\.)+\w+\(.*\)\s*;?\s*$|[\w.[\]'"]+\s*=\s*[\w.]+[([{])/;
const MARKUP = /^\s*<\/?[a-zA-Z][^>]*>?.*>\s*$/;
const KEY_VALUE = /^\s*"?[\w.-]+"?\s*[:=]\s*(?:["'[{\d]|true\b|false\b|null\b)[^.!?]*,?\s*$/;
const INDENTED = /^(?: {4}|\t)/;

export function isIndented(line: string): boolean {
  return INDENTED.test(line);
}

function isCode(line: string): boolean {
  return (CODE_END.test(line) && CODE_SIGN.test(line)) || CODE_START.test(line) || KEY_VALUE.test(line);
}

/** What a line is shows at its start; a pasted blob is not searched to its end. */
const PROBE = 1000;

/** Whether a line outside a code fence carries no sentence of its author. */
export function isForeignLine(line: string): boolean {
  const probe = line.slice(0, PROBE);
  return (
    QUOTE.test(probe) ||
    HEADING.test(probe) ||
    TABLE.test(probe) ||
    probe.split(' | ').length > MIN_BARS ||
    RULE.test(probe) ||
    STACK.test(probe) ||
    LOG.test(probe) ||
    SHELL.test(probe) ||
    DIFF.test(probe) ||
    MARKUP.test(probe) ||
    isCode(probe)
  );
}
