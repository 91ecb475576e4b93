import { pick } from '../../conversation/storable.ts';
import { asObject, type JsonObject, objectsIn } from '../../json/values.ts';
import { filled } from './filled.ts';

const ASSET = ['content_type', 'asset_pointer', 'size_bytes', 'width', 'height', 'format'];
/** How a picture was made, and which seconds of a recording this is. */
const MAKING = ['dalle', 'generation', 'start', 'end'];

/** Pointers to images, sound and video, wherever the content carries them. */
export function assetsOf(content: JsonObject | null): { assets?: unknown[] } {
  const screenshot = asObject(content?.screenshot);
  const carriers = [
    ...objectsIn(content?.parts),
    ...objectsIn(content?.assets),
    ...(screenshot === null ? [] : [screenshot]),
  ];
  const assets = carriers.flatMap((carrier) => {
    const nested = asObject(carrier.audio_asset_pointer);
    return [carrier, ...(nested ? [nested] : [])]
      .filter(({ asset_pointer }) => typeof asset_pointer === 'string')
      .map(describe);
  });
  return assets.length > 0 ? { assets } : {};
}

function describe(asset: JsonObject): Record<string, unknown> {
  return { ...pick(asset, ASSET), ...filled({ metadata: pick(asObject(asset.metadata), MAKING) }) };
}
