import { promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'

const GZIP_MAGIC = [0x1f, 0x8b]

/**
 * What becomes JSON, as bytes. Most of it is floats in base64: without a search for repetitions they shrink as far, in a
 * tenth of the time.
 */
export const packClassifier = (classifier: unknown): Promise<Buffer> =>
  promisify<string, object, Buffer>(gzip)(JSON.stringify(classifier), { strategy: constants.Z_HUFFMAN_ONLY })

/** The JSON of packed bytes, or of those that were written before they were packed. */
export async function unpackClassifier(bytes: Buffer): Promise<string> {
  const isPacked = GZIP_MAGIC.every((byte, i) => bytes[i] === byte)
  return (isPacked ? await promisify<Buffer, Buffer>(gunzip)(bytes) : bytes).toString()
}
