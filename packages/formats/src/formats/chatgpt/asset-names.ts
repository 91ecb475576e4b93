const FILE_ID = /^file[-_][A-Za-z0-9]+/;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}\b/i;

/**
 * The ids by which conversations may point to a file of the archive: its name, its name without the extension, and the
 * id that names such as `file-AbC-photo.png`, `file_00aa-sanitized.jpg` or `file_00aa.dat` begin with. Other JSON and
 * HTML of the export are no files of conversations.
 */
export function fileIds(path: string): string[] {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const [id] = FILE_ID.exec(base) ?? [];
  if (id === undefined && /\.(json|html)$/i.test(base)) return [];
  const dot = base.lastIndexOf('.');
  return [...(id === undefined ? [] : [id]), base, ...(dot > 0 ? [base.slice(0, dot)] : [])];
}

/** The name that a file had where it came from: `photo.png` of `file-AbC-photo.png`; else its name in the archive. */
export function nameInside(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const rest = base.replace(FILE_ID, '').replace(/^-/, '');
  return rest === base || rest.startsWith('.') || /^(sanitized)?\./.test(rest) || UUID.test(rest) || rest === ''
    ? base
    : rest;
}
