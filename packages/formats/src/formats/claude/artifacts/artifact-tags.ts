/** A document that stands in the text of an answer between `<antArtifact ...>` and `</antArtifact>`. */
export interface TaggedArtifact {
  identifier: string | null;
  title: string | null;
  mediaType: string | null;
  text: string;
  /** Where its tag begins, in UTF-16 code units. */
  position: number;
}

const OPEN = '<antArtifact';
const CLOSE = '</antArtifact>';
const ATTRIBUTE = /([a-z]+)="([^"]*)"/g;

/** The tagged artifacts of a text, as exports of 2024 have them. */
export function taggedArtifacts(text: string): TaggedArtifact[] {
  const found: TaggedArtifact[] = [];
  for (let at = text.indexOf(OPEN); at !== -1; ) {
    const tagEnd = text.indexOf('>', at);
    const close = tagEnd === -1 ? -1 : text.indexOf(CLOSE, tagEnd);
    if (close === -1) break;
    const attributes = new Map(
      [...text.slice(at, tagEnd).matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value] as const),
    );
    found.push({
      identifier: attributes.get('identifier') ?? null,
      title: attributes.get('title') ?? null,
      mediaType: attributes.get('type') ?? null,
      text: text.slice(tagEnd + 1, close).trim(),
      position: at,
    });
    at = text.indexOf(OPEN, close);
  }
  return found;
}
