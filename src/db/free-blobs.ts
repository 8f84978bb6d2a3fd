/**
 * Frees blobs of rows that are never read again, with all that lay in the same message of a database thread. The garbage
 * collector would wait until tens of megabytes of them have gathered.
 */
export function freeBlobs(blobs: Iterable<ArrayBufferView>): void {
  for (const { buffer } of blobs) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
}
