import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { ENCRYPTED_MARK, KEY_ID_BYTES, keyId } from './key-id.ts'

// AES-256-GCM. Encrypted bytes are: mark, the key's id, nonce, authentication tag, ciphertext.
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCE_AT = ENCRYPTED_MARK.length + KEY_ID_BYTES
const TAG_AT = NONCE_AT + NONCE_BYTES
const TEXT_AT = TAG_AT + TAG_BYTES
/** Of encrypted bytes: what comes before the ciphertext, without which nobody decrypts it. */
export const HEAD_BYTES = TEXT_AT

/** How the copies of pictures are kept. Bytes without a mark are not encrypted: they were kept before there was a key. */
type Encryption = {
  /** With the first key; as they are where there is none. */
  encrypt(bytes: Uint8Array): Buffer
  /** With whichever key they were encrypted with. Throws UserError data.key-missing, data.damaged */
  decrypt(bytes: Uint8Array): Buffer
  /** Whether `encrypt` would keep them in this way: with the first key, or not encrypted where there is none. */
  isCurrent(bytes: Uint8Array): boolean
}

const encryptions = new WeakMap<Database, Encryption>()
const PLAIN = makeEncryption([])

/** Gives a database the keys of its pictures. @param keys 32 bytes each, newest first; none: pictures are not encrypted */
export const useEncryptionKeys = (db: Database, keys: Buffer[]): void => void encryptions.set(db, makeEncryption(keys))
export const encryptionOf = (db: Database): Encryption => encryptions.get(db) ?? PLAIN

function makeEncryption(keys: Buffer[]): Encryption {
  const byId = new Map(keys.map((key) => [keyId(key), key]))
  const current = keys[0]

  return {
    isCurrent: (bytes) => (current ? isEncrypted(bytes) && keyIdIn(bytes) === keyId(current) : !isEncrypted(bytes)),
    encrypt: (bytes) => (current ? encryptWith(current, bytes) : Buffer.from(bytes)),
    decrypt(bytes) {
      if (!isEncrypted(bytes)) return Buffer.from(bytes)
      const key = byId.get(keyIdIn(bytes))
      if (!key)
        throw new UserError(
          'data.key-missing',
          'Expected the key that the pictures were encrypted with in DATA_KEY, found none',
        )
      return decryptWith(key, bytes)
    },
  }
}

const isEncrypted = (bytes: Uint8Array): boolean => ENCRYPTED_MARK.equals(bytes.subarray(0, ENCRYPTED_MARK.length))
const keyIdIn = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(ENCRYPTED_MARK.length, NONCE_AT)).toString('hex')

function encryptWith(key: Buffer, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce)
  const text = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([ENCRYPTED_MARK, Buffer.from(keyId(key), 'hex'), nonce, cipher.getAuthTag(), text])
}

function decryptWith(key: Buffer, bytes: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(NONCE_AT, TAG_AT))
    decipher.setAuthTag(bytes.subarray(TAG_AT, TEXT_AT))
    return Buffer.concat([decipher.update(bytes.subarray(TEXT_AT)), decipher.final()])
  } catch (cause) {
    throw new UserError('data.damaged', 'Expected an encrypted picture, found it changed', {}, { cause })
  }
}
