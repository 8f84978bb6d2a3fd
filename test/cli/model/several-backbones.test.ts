// A dataset of two backbones: chosen, trained, asked, explained, exported, and what happens where one of them is gone.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { draw, TAUGHT } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'
import { smallNetwork } from '../../support/small-network.ts'

const { root, mekiki } = makeHome()
const LABELS = 8
const EACH = 10

/** Networks of different random filters: neither is good alone. */
function addNetwork(name: string, seed: number, side = 64): string {
  const file = join(root, `${name}.onnx`)
  writeFileSync(file, smallNetwork(seed, side))
  writeFileSync(join(root, `${name}.json`), JSON.stringify({ width: side, height: side }))
  return file
}

const networks = [addNetwork('one', 9), addNetwork('two', 10)]
const asked: string[] = []

before(async () => {
  for (const name of TAUGHT.slice(0, LABELS)) {
    for (let k = 0; k < EACH; k++) await draw(join(root, 'pictures', name), name, k)
    asked.push(await draw(join(root, 'asked'), name, EACH))
  }
  await mekiki('home', 'import', join(root, 'pictures'))
})

const json = async <T>(...args: string[]): Promise<T> => (await mekiki('home', ...args, '--json')).lines.at(-1) as T

test('two files joined by a plus sign become the backbones of a dataset; training says which of them answer', async () => {
  const changed = await json<{ backbone: string; views: number }>('backbone', 'use', networks.join('+'))
  assert.match(changed.backbone, /^one@[0-9a-f]{12}\+two@[0-9a-f]{12}$/)
  assert.ok(changed.views >= 2 * LABELS * EACH)
  const trained = await json<{ backbones: string[]; unhelpful: string[]; accuracy: number }>(
    'train',
    '--head',
    'linear',
  )
  assert.deepEqual([...trained.backbones, ...trained.unhelpful].sort(), changed.backbone.split('+'))
  assert.equal(trained.backbones.length, 2)
  const list = await json<{ backbones: { id: string; current: boolean }[] }>('backbone')
  assert.deepEqual(
    list.backbones.filter((b) => b.current).map((b) => b.id),
    changed.backbone.split('+'),
  )
})

test('a dataset of two backbones answers, and explains what it answers', async () => {
  let right = 0
  for (const [i, file] of asked.entries()) {
    const { status, lines } = await mekiki('home', 'predict', file, '--json')
    assert.equal(status, 0)
    const { top } = lines[0] as { top: { label: string; confidence: number }[] }
    assert.ok(top.reduce((sum, t) => sum + t.confidence, 0) < 1 + 1e-5)
    right += Number(top[0]?.label === TAUGHT[i])
  }
  // By chance it would be one.
  assert.ok(right >= 3, `${right}`)
  const [first = ''] = asked
  const { status, lines } = await mekiki('home', 'predict', first, '--why', '--json')
  assert.equal(status, 0)
  const { why } = lines[0] as { why: { nearest: { similarity: number }[] } }
  assert.ok(why.nearest.length > 0 && why.nearest.every((n) => n.similarity <= 1 + 1e-6))
})

test('both are compared together, on the same folds as each alone', async () => {
  const { compared } = await json<{ compared: { backbone: string; accuracy: number; features: number }[] }>(
    'backbone',
    'compare',
    'one,two,one+two',
  )
  const together = compared.find((c) => c.backbone.includes('+'))
  const alone = compared.filter((c) => !c.backbone.includes('+'))
  assert.equal(together?.features, 2 * (alone[0]?.features ?? 0))
  assert.ok((together?.accuracy ?? 0) >= Math.max(...alone.map((c) => c.accuracy)) - 0.05)
})

test('both are exported as one network that answers alike, with one input where they take the same', async () => {
  const dir = join(root, 'exported')
  const { classifier } = await json<{ classifier: { largestDifference: number } }>('export', dir)
  assert.ok(classifier.largestDifference < 1e-3)
  const description = JSON.parse(readFileSync(join(dir, 'classifier.json'), 'utf8'))
  assert.match(description.backbone, /^one@.*\+two@/)
  assert.equal(description.inputs, undefined)
})

test('two that take pictures of different sizes are exported with an input each', async () => {
  const wide = addNetwork('wide', 7, 96)
  await mekiki('home', 'backbone', 'use', `one+${wide}`)
  await mekiki('home', 'train', '--head', 'linear')
  const dir = join(root, 'exported wide')
  const { classifier } = await json<{ classifier: { largestDifference: number } }>('export', dir)
  assert.ok(classifier.largestDifference < 1e-3)
  const { inputs } = JSON.parse(readFileSync(join(dir, 'classifier.json'), 'utf8'))
  assert.deepEqual(
    inputs.map((i: { description: { width: number } }) => i.description.width),
    [64, 96],
  )
})

test('the same backbone twice, or one that is not there, changes nothing', async () => {
  const before = await json<object>('backbone')
  const twice = await mekiki('home', 'backbone', 'use', 'one+one')
  assert.match(twice.err, /backbone\.repeated/)
  const missing = await mekiki('home', 'backbone', 'use', 'one+nothing')
  assert.match(missing.err, /backbone\.not-found/)
  assert.deepEqual([twice.status, missing.status], [1, 1])
  assert.deepEqual(await json('backbone'), before)
})

test('where the file of one is gone it is written again from the database', async () => {
  for (const file of networks) rmSync(file)
  const { status } = await mekiki('home', 'predict', asked[0] ?? '', '--json')
  assert.equal(status, 0)
})
