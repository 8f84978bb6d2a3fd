// Whatever a manifest holds: it is read as it was written, or the line that is wrong is named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readManifest } from '../../../src/services/import/read-manifest.ts'

type Line = Record<string, unknown>

const HASH = 'ab'.repeat(32)
const header: Line = {
  kind: 'dataset',
  format: 'mekiki-dataset',
  version: 1,
  dataset: 'main',
  server: '',
  exportedAt: '2026-11-27T00:00:00.000Z',
}
const example = (id: number, more: Line = {}): Line => ({
  kind: 'example',
  id,
  picture: `pictures/cat/${id}.jpg`,
  label: 'cat',
  file: 'a.png',
  addedBy: 'ann',
  addedAt: '2026-11-26T00:00:00.000Z',
  state: 'kept',
  copyHash: HASH,
  pixelHash: HASH,
  fileHash: HASH,
  perceptualHash: 'f0',
  ...more,
})
const decision = { kind: 'decision', example: 1, by: 'bo', decision: 'keep', at: header.exportedAt, state: 'done' }
const end: Line = { kind: 'end', examples: 2, decisions: 1 }
const whole: Line[] = [header, example(1), example(2), decision, end]

const toText = (lines: readonly unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')

/** Manifests by the name of their file. */
const read = (files: Record<string, string>) =>
  readManifest({
    top: Object.keys(files),
    list: () => Object.keys(files),
    read: async (path) => new Uint8Array(Buffer.from(files[path] ?? '')),
  })
const readLines = (lines: readonly unknown[]) => read({ 'manifest.jsonl': toText(lines) })

test('a manifest in parts is read in their order, and line by line again', async () => {
  const parts = Object.fromEntries(
    whole.map((line, i) => [i === 0 ? 'manifest.jsonl' : `manifest-${i + 1}.jsonl`, toText([line])]),
  )
  const manifest = await read(parts)
  assert.deepEqual([manifest?.examples, manifest?.decisions, manifest?.header.dataset], [2, 1, 'main'])
  for (let again = 0; again < 2; again++) {
    const kinds: string[] = []
    for await (const line of manifest?.lines() ?? []) kinds.push(line.kind)
    assert.deepEqual(kinds, ['example', 'example', 'decision'])
  }
})

test('without a manifest there is none', async () => {
  assert.equal(await read({ 'metadata.csv': '', 'manifest.json': '{}', 'manifest-1x.jsonl': '' }), undefined)
})

const invalid: [name: string, lines: readonly unknown[], says: RegExp][] = [
  ...[
    '../../secret.jpg',
    '/etc/hostname',
    'C:/secret.jpg',
    'a\\..\\b.jpg',
    'a/../b.jpg',
    'a//b.jpg',
    'a\0b',
    '',
    '.',
  ].map((picture): [string, unknown[], RegExp] => [
    `the path ${JSON.stringify(picture)}`,
    [header, example(1, { picture }), example(2), decision, end],
    /line 2 of manifest\.jsonl.*picture/,
  ]),
  ['an unknown state', [header, example(1), example(2, { state: 'loved' }), decision, end], /line 3 .*state/],
  ['half a hash', [header, example(1, { pixelHash: 'abc' })], /line 2 .*pixelHash/],
  ['a moment that is none', [header, example(1, { addedAt: 'yesterday' })], /line 2 .*addedAt/],
  ['a decision of another kind', [header, { ...decision, decision: 'adopt' }], /line 2 .*decision/],
  ['another kind of line', [header, { kind: 'label' }], /line 2 .*kind/],
  ['no JSON', [header, '{"kind":'], /line 2 .*JSON/],
  ['numbers and lists', ['[1, 2]'], /line 1 /],
  ['nothing', [], /line 1 /],
  ['no first line', whole.slice(1), /line 1 /],
  ['two first lines', [header, ...whole], /line 2 /],
  ['lines after the end', [...whole, example(3)], /line 6 /],
  ['another format', [{ ...header, format: 'others' }, ...whole.slice(1)], /line 1 .*format/],
]
for (const [name, lines, message] of invalid)
  test(`the line is named: ${name}`, () => assert.rejects(readLines(lines), { code: 'manifest.invalid', message }))

test('one of a newer program, and one that is not whole', async () => {
  await assert.rejects(readLines([{ ...header, version: 2 }, ...whole.slice(1)]), { code: 'manifest.newer' })
  const cut = [whole.slice(0, -1), [header, ...whole.slice(2)], [header, end]]
  for (const lines of cut) await assert.rejects(readLines(lines), { code: 'manifest.incomplete' })
  const gap = { 'manifest.jsonl': toText(whole), 'manifest-3.jsonl': '' }
  await assert.rejects(read(gap), { code: 'manifest.incomplete', message: /manifest-2/ })
})
