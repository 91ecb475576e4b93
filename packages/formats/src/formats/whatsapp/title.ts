const CHAT_FILE = /WhatsApp[ _-]+(?:Chat[ _-]+)?(?:with|mit|con|com|avec|met|с|z|med|ile|-)[ _]+(.+)$/iu;

/** The name of the chat in the name of its file, or of the folder or ZIP around a `_chat.txt`; null when there is none. */
export function titleFromName(name: string): string | null {
  const parts = name.split('/').toReversed();
  for (const part of parts) {
    const title = CHAT_FILE.exec(part.replace(/\.(txt|zip)$/i, ''))?.[1]?.trim();
    if (title) return title;
  }
  return null;
}

/** As `titleFromName`, for the name of an upload; browsers add ` (1)` to a second download of the same name. */
export function titleFromUpload(fileName: string | null): string | null {
  return fileName === null ? null : titleFromName(fileName.replace(/ \(\d+\)(?=\.(txt|zip)$)/i, ''));
}
