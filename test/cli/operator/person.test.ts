// Requests that come by mail: an operator exports and forgets somebody, on every server.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { before, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { unzipSync } from 'fflate'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'
import { atTerminal, skipWithoutTerminal as skip } from '../../support/terminal.ts'

const PERSON = '140000000000000001'
const OTHER = '140000000000000002'
const { root, mekiki } = makeHome()
const path = (name: string): string => join(root, name)

/** Adds a picture as somebody on a Discord server. */
async function add(home: string, by: string, [server, label, seed]: [string, string, number]): Promise<void> {
  const file = path(`${seed}.png`)
  writeFileSync(file, await noisy(seed).png().toBuffer())
  const { USER } = process.env
  process.env.USER = by
  const added = await mekiki(home, 'label', label, file, '--server', server, '--json')
  process.env.USER = USER
  assert.equal(added.lines[0]?.added, 1, added.err)
}

const labelsOf = async (home: string, server: string) =>
  (await mekiki(home, 'labels', '--server', server, '--json')).lines[0]?.labels

/** Files of a home that hold a text, copies that were made before something left out. */
const filesWith = (home: string, text: string): string[] =>
  readdirSync(path(home)).filter(
    (name) => !name.includes('.before-') && readFileSync(path(`${home}/${name}`)).includes(text),
  )

before(async () => {
  await add('home', PERSON, ['11', 'cat', 1])
  await add('home', PERSON, ['22', 'cat', 2])
  await add('home', PERSON, ['22', 'dog', 3])
  await add('home', OTHER, ['22', 'bird', 4])
  cpSync(path('home'), path('terminal'), { recursive: true })
})

test('everything of a person is written into one file, for the operator alone, and never over another', async () => {
  const { status, err, lines } = await mekiki('home', 'export-person', PERSON, '--json')
  assert.equal(status, 0, err)
  const file = path(`mekiki-${PERSON}.zip`)
  assert.deepEqual(lines, [{ person: PERSON, examples: 3, feedback: 0, changes: 3, ignored: 0, files: [file] }])
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)
  const entries = unzipSync(readFileSync(file))
  const names = Object.keys(entries).map((name) => name.replace(/\d+\.jpg$/, ''))
  assert.deepEqual(names, ['11/main/cat/', '22/main/cat/', '22/main/dog/', 'my-data.json'])
  const about = JSON.parse(Buffer.from(entries['my-data.json'] ?? []).toString())
  assert.deepEqual(
    about.filed.map((row: { server: string; file: string }) => [row.server, basename(row.file)]),
    [
      ['11', '1.png'],
      ['22', '2.png'],
      ['22', '3.png'],
    ],
  )
  assert.match((await mekiki('home', 'export-person', PERSON)).err, /export\.exists/)
  const other = await mekiki('home', 'export-person', `<@${OTHER}>`, '--output', 'other.zip')
  assert.match(other.out, /^Wrote 1 picture, feedback on 0 answers and 1 change into .*other\.zip\./)
  const nowhere = await mekiki('home', 'export-person', PERSON, '--output', path('no/where.zip'))
  assert.match(nowhere.err, /export\.not-writable/)
  for (const command of ['export-person', 'forget'])
    assert.match((await mekiki('home', command, 'alice')).err, /person\.not-an-id/)
})

test('without a yes nothing is deleted', async () => {
  const asked = await mekiki('home', 'forget', PERSON)
  assert.equal(asked.status, 1)
  assert.match(asked.out, /on all servers: 3 pictures, feedback on 0 answers, 0 review decisions and 3 changes/)
  assert.match(asked.err, /forget\.not-confirmed/)
  assert.deepEqual(await labelsOf('home', '11'), [{ label: 'cat', examples: 1 }])
})

test('with a yes nothing names them anymore, also after a backup is restored', async () => {
  await mekiki('home', 'backup', 'create', path('backup.sqlite'))
  assert.deepEqual(filesWith('home', PERSON), ['mekiki.sqlite'])
  const { status, err, lines } = await mekiki('home', 'forget', PERSON, '--yes', '--json')
  assert.equal(status, 0, err)
  assert.deepEqual(lines, [{ person: PERSON, examples: 3 }])
  assert.deepEqual(filesWith('home', PERSON), [])
  assert.deepEqual(await labelsOf('home', '11'), [])
  assert.deepEqual(await labelsOf('home', '22'), [{ label: 'bird', examples: 1 }])

  const restored = await mekiki('home', 'backup', 'restore', path('backup.sqlite'), '--json')
  assert.equal(restored.lines[0]?.forgotten, 3, restored.err)
  assert.deepEqual(filesWith('home', PERSON), [])
  assert.deepEqual(await labelsOf('home', '22'), [{ label: 'bird', examples: 1 }])
  assert.deepEqual(filesWith('home', OTHER), ['mekiki.sqlite'])
})

test('somebody of whom nothing is there is forgotten in a backup all the same', async () => {
  const forgotten = await mekiki('empty', 'forget', PERSON, '--yes', '--json')
  assert.deepEqual(forgotten.lines, [{ person: PERSON, examples: 0 }])
  const restored = await mekiki('empty', 'backup', 'restore', path('backup.sqlite'), '--json')
  assert.equal(restored.lines[0]?.forgotten, 3, restored.err)
  assert.deepEqual(filesWith('empty', PERSON), [])
})

test('in a terminal a key says yes', { skip }, async () => {
  for (const [key, left] of [
    ['q', 1],
    ['y', 0],
  ] as const) {
    const answers: [RegExp, string][] = [[/\[q\] quit/, key]]
    const { out } = await atTerminal({ cwd: root, home: path('terminal'), answers }, 'forget', PERSON)
    assert.match(out, /\[y\] yes, delete it for good/)
    const seen = stripVTControlCharacters(out)
    assert.equal(
      /Deleted everything about 140000000000000001 on all servers, 3 pictures included/.test(seen),
      left === 0,
    )
    assert.equal(((await labelsOf('terminal', '11')) as unknown[]).length, left)
  }
  assert.ok(!existsSync(path('terminal/mekiki.sqlite-wal')))
})
