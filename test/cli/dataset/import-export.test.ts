// Exports that were tampered with, cut, or forgotten since: what is wrong is said, and nothing is believed that leads outside.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'
import { readRows } from '../../support/round-trip.ts'
import { makeZip } from '../../support/zip-file.ts'

const { root, mekiki } = makeHome()
const whole = join(root, 'whole')

before(async () => {
  for (const [label, seeds] of [
    ['cat', [1, 2, 3]],
    ['dog', [4, 5]],
  ] as const) {
    mkdirSync(join(root, 'pictures', label), { recursive: true })
    for (const seed of seeds)
      writeFileSync(join(root, 'pictures', label, `${seed}.png`), await noisy(seed, 80).png().toBuffer())
  }
  const imported = await mekiki('from', 'import', join(root, 'pictures'), '--json')
  assert.equal(imported.lines[0]?.added, 5, imported.out + imported.err)
  await mekiki('from', 'export', whole, '--json')
})

const PERSON = '123456789012345678'
let copies = 0
type Line = Record<string, unknown>
/** A copy of the export whose manifest was changed. */
function tamper(change: (lines: Line[]) => unknown[]): string {
  const dir = join(root, `copy-${++copies}`)
  cpSync(whole, dir, { recursive: true })
  const lines = readFileSync(join(dir, 'manifest.jsonl'), 'utf8').trimEnd().split('\n')
  const changed = change(lines.map((line): Line => JSON.parse(line)))
  const texts = changed.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(join(dir, 'manifest.jsonl'), `${texts.join('\n')}\n`)
  return dir
}

test('a manifest that is wrong somewhere adds nothing, and the line is named', async () => {
  const dir = tamper((lines) => lines.map((line, i) => (i === 3 ? { ...line, picture: '../../secret.jpg' } : line)))
  const { status, err } = await mekiki('bad', 'import', dir)
  assert.equal(status, 1)
  assert.match(err, /line 4 of manifest\.jsonl.*picture/)
  assert.deepEqual((await mekiki('bad', 'labels', '--json')).lines, [{ labels: [] }])
})

test('what was changed, is gone, is a link, or stands in no line is named, and the rest is added', async () => {
  const dir = tamper((lines) => lines)
  const [first, second, third] = readdirSync(join(dir, 'pictures', 'cat')).sort()
  const at = (name: string | undefined) => join(dir, 'pictures', 'cat', name ?? '')
  writeFileSync(at(first), await noisy(77, 80).jpeg().toBuffer())
  rmSync(at(second))
  rmSync(at(third))
  symlinkSync(join(whole, 'pictures', 'cat', third ?? ''), at(third))
  writeFileSync(join(dir, 'pictures', 'dog', 'new.jpg'), await noisy(78, 80).jpeg().toBuffer())
  const { lines } = await mekiki('some', 'import', dir, '--json')
  const { added, rejected } = lines[0] as { added: number; rejected: { file: string; code: string }[] }
  assert.equal(added, 2)
  const codes = ['import.changed', 'import.missing', 'import.link', 'import.not-listed']
  assert.deepEqual(rejected.map((r) => r.code).sort(), codes.sort())
})

test('a folder that is a link leads nowhere', async () => {
  const dir = tamper((lines) => lines)
  rmSync(join(dir, 'pictures', 'dog'), { recursive: true })
  symlinkSync(join(whole, 'pictures', 'dog'), join(dir, 'pictures', 'dog'))
  const { lines } = await mekiki('linked', 'import', dir, '--json')
  const { added, rejected } = lines[0] as { added: number; rejected: { code: string }[] }
  assert.deepEqual([added, rejected.map((r) => r.code)], [3, ['import.link', 'import.link']])
})

test('what somebody had forgotten since stays so, also from what an operator imports', async () => {
  const dir = tamper((lines) => lines.map((line) => (line.label === 'cat' ? { ...line, addedBy: PERSON } : line)))
  await mekiki('forget', 'import', dir, '--json')
  assert.ok(JSON.stringify(readRows(join(root, 'forget'), { withAudit: true })).includes(PERSON))
  await mekiki('forget', 'forget', PERSON, '--yes', '--json')
  const rows = JSON.stringify(readRows(join(root, 'forget'), { withAudit: true }))
  for (const name of [PERSON, 'cat/1.png']) assert.ok(!rows.includes(name), name)
  const { lines } = await mekiki('forget', 'import', dir, '--json')
  const { added, duplicates, rejected } = lines[0] as {
    added: number
    duplicates: number
    rejected: { code: string }[]
  }
  assert.deepEqual([added, duplicates, rejected.map((r) => r.code)], [0, 2, Array(3).fill('import.forgotten')])
})

test('pictures that were kept out do not come back under another hash', async () => {
  await mekiki('blocked', 'import', join(root, 'pictures'), '--json')
  const removed = await mekiki(
    'blocked',
    'pictures',
    'remove',
    join(root, 'pictures', 'cat', '1.png'),
    '--everywhere',
    '--yes',
    '--json',
  )
  assert.equal(removed.status, 0, removed.err)
  const other = createHash('sha256').update('other').digest('hex')
  const dir = tamper((lines) =>
    lines.map((line) =>
      line.kind === 'example' ? { ...line, perceptualHash: 'f0f0f0f0f0f0f0f0', pixelHash: other } : line,
    ),
  )
  const { lines } = await mekiki('blocked', 'import', dir, '--json')
  const { rejected } = lines[0] as { rejected: { code: string }[] }
  assert.ok(
    rejected.some((r) => r.code === 'picture.blocked'),
    JSON.stringify(rejected),
  )
})

test('a ZIP that somebody packed anew, with a folder around it, is read as well', async () => {
  const entries = readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: `my export${file.slice(whole.length)}`, bytes: readFileSync(file), isDeflated: true }))
  const zip = join(root, 'packed.zip')
  writeFileSync(zip, makeZip([...entries, { name: 'my export/pictures/cat/../../../up.jpg', bytes: Buffer.from('x') }]))
  const { lines } = await mekiki('packed', 'import', zip, '--json')
  const { added, rejected } = lines[0] as { added: number; rejected: { code: string }[] }
  assert.deepEqual([added, rejected.map((r) => r.code)], [5, ['zip.path']])
})
