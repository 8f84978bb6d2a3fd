// Arrays of 32-bit numbers as base64, little endian: the form in which saved classifiers hold them.

export const encodeFloats = (values: Float32Array): string => encodeBytes(values)
/** Throws RangeError where the bytes are no multiple of 4. */
export const decodeFloats = (text: string): Float32Array => new Float32Array(decodeBytes(text))

export const encodeIntegers = (values: Int32Array): string => encodeBytes(values)
/** Throws RangeError where the bytes are no multiple of 4. */
export const decodeIntegers = (text: string): Int32Array => new Int32Array(decodeBytes(text))

const encodeBytes = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** In a buffer of their own: small ones of Node share one, at any offset. */
const decodeBytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64')).buffer
