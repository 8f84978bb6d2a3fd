/**
 * Frees numbers that nobody reads again. The collector would wait until 64 MiB of them are garbage, in every thread, and the allocator
 * keeps what it once had. Views of memory that others see, and what is freed already, stay as they are.
 */
export function discard(...all: Float32Array[]): void {
  for (const data of all) {
    const { buffer } = data
    if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === data.byteLength) buffer.transfer(0)
  }
}
