/**
 * Frees blobs of rows that are never read again, with all that lay in the same message of a database thread. The garbage
 * collector would wait until tens of megabytes of them have gathered. Small ones may lie in Node's pool, which others share.
 */
export function freeBlobs(blobs: Iterable<ArrayBufferView>): void {
  for (const { buffer } of blobs)
    if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength !== Buffer.poolSize) buffer.transfer(0)
}
