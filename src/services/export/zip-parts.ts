import type { ArchiveFile } from './person-archive.ts'
import { StoredZip } from './stored-zip.ts'

/** Files as ZIP files of at most `maxBytes` each, roughly, one in memory at a time. */
export async function* zipParts(
  files: AsyncIterable<ArchiveFile>,
  maxBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let zip = new MemoryZip()
  for await (const { path, bytes } of files) {
    if (zip.size > 0 && zip.size + bytes.length > maxBytes) {
      yield zip.end()
      zip = new MemoryZip()
    }
    zip.add(path, bytes)
  }
  if (zip.size > 0) yield zip.end()
}

class MemoryZip {
  private readonly chunks: Uint8Array[] = []
  private readonly zip = new StoredZip((chunk) => this.chunks.push(chunk))

  get size(): number {
    return this.zip.size
  }

  add(path: string, bytes: Uint8Array): void {
    this.zip.add(path, bytes)
  }

  end(): Uint8Array<ArrayBuffer> {
    this.zip.end()
    const all = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0))
    let at = 0
    for (const chunk of this.chunks) {
      all.set(chunk, at)
      at += chunk.length
      // Pictures are given away for this. Small buffers are parts of one that others use, too.
      const { buffer } = chunk
      if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength) buffer.transfer(0)
    }
    return all
  }
}
