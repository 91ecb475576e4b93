import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** A member of the content that points to a file. */
export interface AssetPointer {
  /** The object that says what is known of the file. */
  asset: JsonObject;
  /** Place in `parts`; null for a pointer outside of them. */
  part: number | null;
}

/** Pointers to images, sound and video, wherever the content carries them. */
export function assetPointers(content: JsonObject | null): AssetPointer[] {
  if (!content?.assets && !content?.screenshot && asArray(content?.parts).every((part) => typeof part === 'string')) {
    return [];
  }
  const screenshot = asObject(content?.screenshot);
  const others = [...objectsIn(content?.assets), ...(screenshot === null ? [] : [screenshot])];
  return [
    ...asArray(content?.parts).flatMap((value, part) => {
      const carrier = asObject(value);
      return carrier === null ? [] : pointersOf(carrier).map((asset) => ({ asset, part }));
    }),
    ...others.flatMap(pointersOf).map((asset) => ({ asset, part: null })),
  ];
}

function pointersOf(carrier: JsonObject): JsonObject[] {
  const nested = asObject(carrier.audio_asset_pointer);
  return [carrier, ...(nested ? [nested] : [])].filter(({ asset_pointer }) => typeof asset_pointer === 'string');
}

/** The id of a file that a pointer such as `sediment://file_00aa` or `file-service://file-AbC` names. */
export function assetId(pointer: string): string {
  return pointer.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
}

/** Pointers without an object around them: frames and film of a video call, and pictures that a program made. */
export function barePointers(content: JsonObject | null, metadata: JsonObject | null): string[] {
  const calls = objectsIn(content?.parts);
  const results = objectsIn(asObject(metadata?.aggregate_result)?.messages);
  const values = [
    ...calls.flatMap((part) => [...asArray(part.frames_asset_pointers), part.video_container_asset_pointer]),
    ...results.map(({ image_url }) => image_url),
  ];
  return values.map(asText).filter((pointer) => pointer !== null && /^[a-z-]+:\/\/file[-_]/i.test(pointer)) as string[];
}
