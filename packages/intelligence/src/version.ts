/** Changes whenever the same messages could give other items. */
export const EXTRACTOR_VERSION = 'cues+linear-2';
