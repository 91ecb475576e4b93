import { toUnitLength } from '../unit-vector.ts';
import type { LocalModel } from './models.ts';

/** Token vectors of one text, laid one after the other -> its vector of unit length. */
export function pool(tokenVectors: Float32Array, dimensions: number, pooling: LocalModel['pooling']): Float32Array {
  const vector = tokenVectors.slice(0, dimensions);
  if (pooling === 'mean') {
    for (let at = dimensions; at < tokenVectors.length; at++) {
      const axis = at % dimensions;
      vector[axis] = (vector[axis] as number) + (tokenVectors[at] as number);
    }
  }
  return toUnitLength(vector);
}
