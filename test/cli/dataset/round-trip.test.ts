// What is exported comes back elsewhere as it was: labels, states, decisions, and who added what and when.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { setWithdrawn } from '../../../src/db/people.ts'
import { decide } from '../../../src/db/reviews.ts'
import type { Source } from '../../../src/images/source.ts'
import { parseLabel } from '../../../src/label.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import { type App, openApp } from '../../support/app.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'
import { readRows } from '../../support/round-trip.ts'

const { root, mekiki } = makeHome()
/** Two that differ by case alone, what no folder can be called, and what other programs take for theirs. */
const LABELS = ['CON', '..', 'a/b', 'A:B', 'a_b', 'Thumbs.db', '.git', '猫 🐈', ' x'.repeat(40), '=1+1', 'train']
const [TEACHER, LEAVER, POSTER, REVIEWER] = ['111', '222', '333', '444'] as const

let pictures = 0
const makeSource = async (name: string): Promise<Source> => {
  const bytes = await noisy(900 + pictures++, 96)
    .png()
    .toBuffer()
  return { name, read: async () => new Uint8Array(bytes) }
}

/** Every state, several labels of one picture, decisions that were carried out, taken back and that wait. */
async function fill(app: App): Promise<void> {
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  const add = async (label: string, source: Source, { by = TEACHER as string, ageRestricted = false } = {}) => {
    for await (const outcome of addPictures(app, { dataset, by, ageRestricted }, [
      { source, label: parseLabel(label) },
    ]))
      if (typeof outcome === 'object' && 'added' in outcome) return outcome.added
    throw new Error('Expected the picture to be added')
  }
  const ids: number[] = []
  for (const label of LABELS) ids.push(await add(label, await makeSource(`deep/${label}.png`)))
  const shared = await makeSource('SPOILER_both.png')
  await add('CON', shared)
  await add('猫 🐈', shared, { by: LEAVER })
  await add('a/b', { ...(await makeSource('posted.png')), poster: POSTER })
  await add('a/b', await makeSource('adults.png'), { ageRestricted: true })
  await add('gone soon', await makeSource('left.png'), { by: LEAVER })
  const verdict = { by: REVIEWER, as: 'reviewer' as const, agreement: 1 }
  await decide(app.db, dataset, { ...verdict, examples: [ids[0]!], decision: 'keep' })
  await decide(app.db, dataset, { ...verdict, examples: [ids[1]!, ids[2]!], decision: 'exclude' })
  await decide(app.db, dataset, { ...verdict, examples: [ids[3]!], decision: 'move', label: parseLabel('new: label') })
  await decide(app.db, dataset, { ...verdict, examples: [ids[2]!], decision: 'restore' })
  await decide(app.db, dataset, { ...verdict, agreement: 2, examples: [ids[4]!], decision: 'exclude' })
  await setWithdrawn(app.db, dataset, { teacher: LEAVER, by: REVIEWER, withdrawn: true })
}

before(async () => {
  const app = await openApp(join(root, 'from'))
  await fill(app)
  await app.close()
})

for (const target of ['folder', 'file.zip'])
  test(`row by row, by way of a ${target}, and a second import changes nothing`, async () => {
    const out = join(root, `out-${target}`)
    const exported = await mekiki('from', 'export', out, '--json')
    assert.equal(exported.status, 0, exported.err)
    assert.deepEqual(exported.lines, [
      { dir: out, examples: 13, excluded: 1, withdrawn: 2, unreadable: 0, classifier: null },
    ])
    const home = `to-${target}`
    const { lines, status, err } = await mekiki(home, 'import', out, '--json')
    assert.equal(status, 0, err)
    const { labels: _, ...summary } = lines[0] as { labels: object[] }
    const restored = { excluded: 1, withdrawn: 2, decisions: 6, isYours: false }
    assert.deepEqual(summary, { added: 16, duplicates: 0, rejected: [], restored })
    assert.deepEqual(readRows(join(root, home)), readRows(join(root, 'from')))

    const before = readRows(join(root, home), { withAudit: true })
    const again = await mekiki(home, 'import', out, '--json')
    assert.deepEqual(again.lines[0], {
      added: 0,
      duplicates: 16,
      rejected: [],
      labels: [],
      restored: { excluded: 0, withdrawn: 0, decisions: 0, isYours: false },
    })
    assert.deepEqual(readRows(join(root, home), { withAudit: true }), before)
    const back = await mekiki('from', 'import', out, '--json')
    assert.equal(back.lines[0]?.duplicates, 16)
  })

test('an import that was cut goes on, in the same order and with every decision', async () => {
  const out = join(root, 'whole')
  const half = join(root, 'half')
  await mekiki('from', 'export', out, '--json')
  cpSync(out, half, { recursive: true })
  const lines = readFileSync(join(out, 'manifest.jsonl'), 'utf8').trimEnd().split('\n')
  const some = lines.slice(0, 8)
  const end = JSON.stringify({ kind: 'end', examples: some.length - 1, decisions: 0 })
  writeFileSync(join(half, 'manifest.jsonl'), `${[...some, end].join('\n')}\n`)
  const cut = await mekiki('cut', 'import', half, '--json')
  assert.equal(cut.lines[0]?.added, 7)
  const { lines: rest } = await mekiki('cut', 'import', out, '--json')
  assert.deepEqual([rest[0]?.added, rest[0]?.duplicates], [9, 7])
  assert.deepEqual(readRows(join(root, 'cut')), readRows(join(root, 'from')))
})
