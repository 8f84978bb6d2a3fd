// Pictures that several people send at the same moment share transactions, and each still gets its own outcome.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { parseLabel } from '../../src/label.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { noisy } from '../support/bad-pictures.ts'
import { openTestApp } from '../support/test-app.ts'

const { app } = await openTestApp()

const open = (name: string): Promise<number> => openDataset(app.db, { server: LOCAL_SERVER, name, create: true })
const picture = (seed: number): Promise<Buffer> => noisy(seed, 48).jpeg().toBuffer()

/** As one request does: one picture of one person. */
async function send(dataset: number, bytes: Buffer, { by = 'somebody', label = 'cat' } = {}) {
  const source = { name: `${by}.jpg`, read: async () => new Uint8Array(bytes) }
  const [outcome] = await Array.fromAsync(addPictures(app, { dataset, by }, [{ source, label: parseLabel(label) }]))
  if (outcome === 'duplicate') return outcome
  return outcome && 'added' in outcome ? outcome.added : outcome?.code
}

test('each of many at once has its own outcome and its own row in the audit log', async () => {
  const dataset = await open('many')
  const pictures = await Promise.all(Array.from({ length: 12 }, (_, i) => picture(i)))
  const people = ['ann', 'bob', 'cleo']
  const sent = pictures.map((bytes, i) => send(dataset, bytes, { by: people[i % 3]!, label: i % 2 ? 'cat' : 'dog' }))
  const [broken, ...ids] = await Promise.all([send(dataset, Buffer.from('no picture')), ...sent])
  assert.equal(broken, 'picture.not-a-picture')
  assert.equal(new Set(ids).size, 12)
  const rows = await app.db.selectFrom('audit').select(['by', 'detail']).where('dataset', '=', dataset).execute()
  const filed = rows.map(({ by, detail }) => ({ by, example: JSON.parse(detail).example }))
  for (const [i, id] of ids.entries())
    assert.deepEqual(
      filed.filter(({ example }) => example === id),
      [{ by: people[i % 3], example: id }],
    )
})

test('the same picture at once is added once', async () => {
  const dataset = await open('same')
  const bytes = await picture(100)
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => send(dataset, bytes)))
  assert.equal(outcomes.filter((outcome) => outcome === 'duplicate').length, 3)
})
