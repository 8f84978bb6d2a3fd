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

const MARK_HEX = ENCRYPTED_MARK.toString('hex')
/** As SQL, the condition of an index (migration 010): pictures that are encrypted. */
export const IS_ENCRYPTED = `substr(copy, 1, 4) = x'${MARK_HEX}'`
/** The same on PostgreSQL, where `x''` are bits. */
export const IS_ENCRYPTED_POSTGRES = `substr(copy, 1, 4) = '\\x${MARK_HEX}'::bytea`
/** The first 8 bytes of pictures that are encrypted with a key. @param id the key's */
export const encryptedStart = (id: string): Buffer => Buffer.concat([ENCRYPTED_MARK, Buffer.from(id, 'hex')])
