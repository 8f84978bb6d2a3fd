// An export of elsewhere, sent to a chat: nobody can say by it who added what, and only managers bring decisions along.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { noisy } from '../support/bad-pictures.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { readRows } from '../support/round-trip.ts'
import { makeZip } from '../support/zip-file.ts'

const [FORGED, REVIEWER] = ['123456789012345678', '876543210987654321']
const AT = '2020-01-01T00:00:00.000Z'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An export of three pictures of one label, one of each state. */
async function makeExport(label: string, seed: number): Promise<Buffer> {
  const states = ['kept', 'excluded', 'withdrawn'] as const
  const files = await Promise.all(
    states.map(async (state, i) => ({
      name: `${state}/${i + 1}.jpg`,
      bytes: await noisy(seed + i, 64)
        .jpeg()
        .toBuffer(),
    })),
  )
  const lines = [
    { kind: 'dataset', format: 'mekiki-dataset', version: 1, dataset: 'main', server: '', exportedAt: AT },
    ...files.map(({ name, bytes }, i) => ({
      kind: 'example',
      id: i + 1,
      picture: name,
      label,
      file: `${i}.png`,
      addedBy: FORGED,
      addedAt: AT,
      postedBy: FORGED,
      state: states[i],
      vouched: states[i] === 'kept',
      copyHash: sha256(bytes),
      pixelHash: sha256(Buffer.from(name)),
      fileHash: sha256(Buffer.from('any')),
      perceptualHash: 'f0',
    })),
    { kind: 'decision', example: 1, by: REVIEWER, decision: 'keep', at: AT, state: 'done' },
    { kind: 'end', examples: 3, decisions: 1 },
  ]
  const manifest = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return makeZip([...files, { name: 'manifest.jsonl', bytes: manifest }])
}

const examplesOf = (label: string) => readRows(world.home).examples.filter((row) => row.label === label)

test('of a manager, states come along; who added them and when does not', async () => {
  const { stand, people } = world
  const zip = await makeExport('from a manager', 10)
  const added = stand.command(people.manager, 'import', {}, [stand.keep('export.zip', zip)])
  const text = await stand.textOf(added, /Added/)
  assert.match(text, /Added 3 pictures to 1 label/)
  assert.match(text, /1 is excluded and 1 is withdrawn/)
  assert.match(text, /count as added by you/)
  const rows = examplesOf('from a manager')
  assert.deepEqual(
    rows.map((row) => [row.state, row.vouched, row.filed_by, row.posted_by]),
    ['kept', 'excluded', 'withdrawn'].map((state) => [state, Number(state === 'kept'), people.manager.user.id, null]),
  )
  for (const { filed_at } of rows) assert.notEqual(filed_at, AT)
  assert.deepEqual(readRows(world.home).reviews, [])
  const again = stand.command(people.manager, 'import', {}, [stand.keep('export.zip', zip)])
  assert.match(await stand.textOf(again), /3 pictures were already there/)
})

test('of a teacher, what reviewers decided stays behind, and is named', async () => {
  const { stand, people } = world
  const zip = await makeExport('from a teacher', 20)
  const added = stand.command(people.teacher, 'import', {}, [stand.keep('export.zip', zip)])
  assert.match(await stand.textOf(added, /Added/), /Added 1 picture to 1 label[\s\S]*Skipped 2 files/)
  const [row, ...others] = examplesOf('from a teacher')
  assert.deepEqual([others, row?.state, row?.vouched, row?.filed_by], [[], 'kept', 0, people.teacher.user.id])
})
