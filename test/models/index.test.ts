// The library as others import it: the example of docs/models.md runs, and examples that do not fit together are refused.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Examples, train } from '../../models/index.ts'

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8')

function block(language: string): string {
  const found = page.match(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms'))?.[1]
  assert.ok(found, `docs/models.md has no block in ${language}`)
  return found
}

test('the example of docs/models.md runs and prints what the page says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-models-'))
  try {
    const code = block('ts')
    assert.match(code, /from 'mekiki\/models'/)
    const file = join(folder, 'example.ts')
    writeFileSync(file, code.replace("'mekiki/models'", `'${new URL('../../models/index.ts', import.meta.url)}'`))
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' })
    assert.equal(printed, block('text'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const vector = (...values: number[]) => Float32Array.from(values)
const fine: Examples = {
  features: [vector(1, 0, 0), vector(0, 1, 0), vector(0, 0, 1)],
  labels: ['b', 'a', 'a'],
}

test('labels are sorted, and one picture a label is enough', () => {
  const { classifier, measurement } = train(fine, { heads: ['means'] })
  assert.deepEqual(classifier.labels, ['a', 'b'])
  assert.equal(measurement.measured, 2)
  const { probabilities } = classifier.classify(vector(1, 0, 0))
  assert.ok(probabilities[1]! > probabilities[0]!)
})

test('what a person vouched for, hashes and views are taken', () => {
  const views = [{ row: 2, views: [vector(0, 0, 1), vector(0, 0.2, 1)] }]
  const { issues } = train(
    { ...fine, hashes: [1n, -1n, -1n], vouched: [true, false, true], views },
    { heads: ['means'] },
  )
  assert.deepEqual(
    issues.copies.map(({ a, b }) => [a, b]),
    [[1, 2]],
  )
})

const wrong: [string, Partial<Examples>, RegExp][] = [
  ['too few labels', { labels: ['a', 'a', 'a'] }, /Expected at least 2 different labels, received 1/],
  ['a label too many', { labels: ['a', 'b', 'a', 'b'] }, /Expected 3 labels, .* received 4/],
  ['nothing', { features: [], labels: [] }, /Expected at least 2 different labels, received 0/],
  [
    'vectors of two lengths',
    { features: [vector(1), vector(1, 2), vector(1)] },
    /1 values each, received 2 in vector 1/,
  ],
  ['empty vectors', { features: [vector(), vector(), vector()] }, /1 or more values/],
  [
    'not a number',
    { features: [vector(1), vector(Number.NaN), vector(1)] },
    /finite values, received others in vector 1/,
  ],
  ['too few hashes', { hashes: [1n] }, /Expected 3 hashes/],
  ['too few vouched', { vouched: [true] }, /Expected 3 vouched/],
  ['other queries', { queryFeatures: [vector(1, 2, 3)] }, /Expected 3 queryFeatures/],
  ['views of no row', { views: [{ row: 3, views: [vector(1, 2, 3)] }] }, /rows 0 to 2, received row 3/],
  ['a prior of another network', { prior: { upper: new Float32Array(6), d: 3 } }, /prior of 8 columns, received 3/],
]
for (const [name, change, message] of wrong)
  test(`refused: ${name}`, () => {
    assert.throws(() => train({ ...fine, ...change }), { name: 'RangeError', message })
  })
