import { createHash } from 'node:crypto'

/** The first bytes of an encrypted picture; the id of its key follows. */
export const ENCRYPTED_MARK = Buffer.from('MKS1')
export const KEY_ID_BYTES = 4

/** The first bytes of a key's SHA-256, in hexadecimal. */
export const keyId = (key: Buffer): string =>
  createHash('sha256')
    .update(key)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES)
