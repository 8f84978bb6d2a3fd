import { close, read } from 'node:fs'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { RandomAccessReader } from 'yauzl'

type Callback = (error: Error | null, bytesRead?: number) => void

/** Bytes that are read at once. */
const CHUNK = 2 ** 16

/** An open file, closed with the ZIP. yauzl's own reader crashes the process where a ZIP names a place beyond any file. */
export class FileReader extends RandomAccessReader {
  private readonly fd: number
  private readonly size: number

  constructor({ fd, size }: { fd: number; size: number }) {
    super()
    this.fd = fd
    this.size = size
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.chunks(start, end), { objectMode: false })
  }

  /** A stream of Node's own would close the file when it is left early. */
  private async *chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const length = Math.min(CHUNK, end - at)
      const { bytesRead, buffer } = await promisify(read)(this.fd, Buffer.alloc(length), 0, length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }

  // Its parameters are those of yauzl.
  override read(...[buffer, offset, length, position, callback]: [Buffer, number, number, number, Callback]): void {
    if (position < 0 || position >= this.size) return void setImmediate(() => callback(null, 0))
    read(this.fd, buffer, offset, length, position, callback)
  }

  override close(callback: (error: Error | null) => void): void {
    close(this.fd, callback)
  }
}
