import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { UserError } from '../errors.ts'
import { type Progress, pictureProgress } from '../progress.ts'
import type { Database } from './connection.ts'

const MARK = Buffer.from('MKS1')
const ID = 4
const IV = 12
const TAG = 16

type Encryption = {
  seal(bytes: Uint8Array): Buffer
  open(bytes: Uint8Array): Buffer
  isCurrent(bytes: Uint8Array): boolean
}
const encryptions = new WeakMap<Database, Encryption>()
const PLAIN = makeEncryption([])

/** Gives a store the keys that its pictures are sealed with: the first seals, all open. */
export const useEncryptionKeys = (db: Database, keys: Buffer[]): void => void encryptions.set(db, makeEncryption(keys))
export const encryptionOf = (db: Database): Encryption => encryptions.get(db) ?? PLAIN

/**
 * AES-256-GCM: mark, the key's id, nonce, tag, text. What has no mark was kept before there was a key. @param keys of 32
 * bytes. `open` throws UserError data.key-missing, data.damaged
 */
function makeEncryption(keys: Buffer[]): Encryption {
  const byId = new Map(keys.map((key) => [idOf(key), key]))
  const current = keys[0]
  const isSealed = (bytes: Uint8Array): boolean => MARK.equals(bytes.subarray(0, MARK.length))
  const keyId = (bytes: Uint8Array): string =>
    Buffer.from(bytes.subarray(MARK.length, MARK.length + ID)).toString('hex')
  return {
    isCurrent: (bytes) => (current ? isSealed(bytes) && keyId(bytes) === idOf(current) : !isSealed(bytes)),
    seal(bytes) {
      if (!current) return Buffer.from(bytes)
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', current, iv)
      const text = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([MARK, Buffer.from(idOf(current), 'hex'), iv, cipher.getAuthTag(), text])
    },
    open(bytes) {
      if (!isSealed(bytes)) return Buffer.from(bytes)
      const key = byId.get(keyId(bytes))
      if (!key)
        throw new UserError(
          'data.key-missing',
          'Expected the key that the pictures were sealed with in DATA_KEY, found none',
        )
      const at = MARK.length + ID
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(at, at + IV))
      decipher.setAuthTag(bytes.subarray(at + IV, at + IV + TAG))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(at + IV + TAG)), decipher.final()])
      } catch (cause) {
        throw new UserError('data.damaged', 'Expected a sealed picture, found it changed', {}, { cause })
      }
    },
  }
}

const idOf = (key: Buffer): string =>
  createHash('sha256')
    .update(key)
    .digest('hex')
    .slice(0, ID * 2)

/** Seals every picture with the first key, or opens all where there is none any more. Yields how many it has looked at. */
export async function* reencryptPictures(db: Database): AsyncGenerator<Progress, number> {
  const { seal, open, isCurrent } = encryptionOf(db)
  const ids = await db.selectFrom('pictures').select('id').orderBy('id').execute()
  let changed = 0
  for (const [i, { id }] of ids.entries()) {
    const row = await db.selectFrom('pictures').select('copy').where('id', '=', id).executeTakeFirst()
    if (row && !isCurrent(row.copy)) {
      const copy = seal(open(row.copy))
      await db.updateTable('pictures').set({ copy }).where('id', '=', id).execute()
      changed++
    }
    yield pictureProgress(i + 1, ids.length)
  }
  return changed
}
