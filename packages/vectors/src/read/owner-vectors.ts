/** The direction of an owner's chunks together: the mean of their vectors, of unit length. */
export function meanOfChunks(
  chunks: readonly { readonly ownerId: string; readonly vector: readonly number[] }[],
): Map<string, Float32Array> {
  const sums = new Map<string, Float32Array>();
  for (const { ownerId, vector } of chunks) {
    const sum = sums.get(ownerId) ?? new Float32Array(vector.length);
    for (const [axis, value] of vector.entries()) sum[axis] = (sum[axis] ?? 0) + value;
    sums.set(ownerId, sum);
  }
  for (const sum of sums.values()) {
    const length = Math.hypot(...sum);
    if (length > 0) for (let axis = 0; axis < sum.length; axis++) sum[axis] = (sum[axis] ?? 0) / length;
  }
  return sums;
}
