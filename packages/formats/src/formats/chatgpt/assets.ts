import { pick } from '../../conversation/storable.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import { assetPointers } from './asset-pointers.ts';
import { filled } from './filled.ts';

const ASSET = ['content_type', 'asset_pointer', 'size_bytes', 'width', 'height', 'format'];
/** How a picture was made, and which seconds of a recording this is. */
const MAKING = ['dalle', 'generation', 'start', 'end'];

/** What the content says of images, sound and video. */
export function assetsOf(content: JsonObject | null): Record<string, unknown>[] {
  return assetPointers(content).map(({ asset }) => describe(asset));
}

function describe(asset: JsonObject): Record<string, unknown> {
  return { ...pick(asset, ASSET), ...filled({ metadata: pick(asObject(asset.metadata), MAKING) }) };
}
