import assert from 'node:assert/strict'
import type { Database } from '../../src/db/connection.ts'
import { encryptionOf, useEncryptionKeys } from '../../src/db/encryption.ts'
import { readCopies } from '../../src/db/pictures.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { addNew, makeDatabase, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const OLD = Buffer.alloc(32, 1)
const NEW = Buffer.alloc(32, 2)
const picture = Buffer.from('a picture')

/** Runs to the end. @returns how many pictures were changed, and how many were looked at */
async function reencrypt(db: Database): Promise<{ changed: number; seen: number }> {
  const work = reencryptPictures(db)
  for (let seen = 0; ; seen++) {
    const step = await work.next()
    if (step.done) return { changed: step.value.changed, seen }
  }
}

test('what is encrypted is read again, looks different each time, and shows nothing of the picture', async () => {
  const { db } = await makeDatabase()
  useEncryptionKeys(db, [OLD])
  const { encrypt, decrypt, isCurrent } = encryptionOf(db)
  const encrypted = encrypt(picture)
  assert.deepEqual(decrypt(encrypted), picture)
  assert.notDeepEqual(encrypt(picture), encrypted)
  assert.equal(encrypted.includes(picture), false)
  assert.deepEqual([isCurrent(encrypted), isCurrent(picture)], [true, false])
})

test('without a key bytes are kept as they are; those from before there was a key are still read', async () => {
  const { db } = await makeDatabase()
  assert.deepEqual(encryptionOf(db).encrypt(picture), picture)
  assert.equal(encryptionOf(db).isCurrent(picture), true)
  useEncryptionKeys(db, [NEW])
  assert.deepEqual(encryptionOf(db).decrypt(picture), picture)
})

test('a key that is missing, and bytes that were changed, are clear errors', async () => {
  const { db } = await makeDatabase()
  useEncryptionKeys(db, [OLD])
  const encrypted = encryptionOf(db).encrypt(picture)
  const changed = Buffer.from(encrypted)
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1)
  assert.throws(() => encryptionOf(db).decrypt(changed), { code: 'data.damaged' })
  assert.throws(() => encryptionOf(db).decrypt(encrypted.subarray(0, 20)), { code: 'data.damaged' })
  useEncryptionKeys(db, [NEW])
  assert.throws(() => encryptionOf(db).decrypt(encrypted), { code: 'data.key-missing' })
})

test('keys are changed: the first encrypts, all decrypt, and afterwards the old one is not needed', async () => {
  const { db, dataset } = await makeDataset()
  const plain = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  useEncryptionKeys(db, [OLD])
  const old = await addNew(db, dataset, { label: 'cat', pixels: 'b' })
  const read = async () => [...(await readCopies(db, dataset, [plain, old])).values()].map(String)

  useEncryptionKeys(db, [NEW, OLD])
  assert.deepEqual(await read(), ['copy of a', 'copy of b'])
  assert.deepEqual(await reencrypt(db), { changed: 2, seen: 2 })
  assert.deepEqual(await reencrypt(db), { changed: 0, seen: 2 })
  useEncryptionKeys(db, [NEW])
  assert.deepEqual(await read(), ['copy of a', 'copy of b'])

  useEncryptionKeys(db, [])
  await assert.rejects(read(), { code: 'data.key-missing' })
  await assert.rejects(reencrypt(db), { code: 'data.key-missing' })
})
