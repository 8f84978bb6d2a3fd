// What is exported, and networks that are added.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { draw } from '../../../demo/characters.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { makeHome } from '../../support/mekiki.ts'
import { smallNetwork } from '../../support/small-network.ts'

const { root, mekiki } = makeHome()
const LABELS = ['CON', '..', '猫 🐈', 'a/b', 'A:B', 'x'.repeat(100)]
const NAMES = ['Akari', 'Botan', 'Chika', 'Daigo', 'Emi', 'Fuyu']

before(async () => {
  for (const [i, name] of NAMES.entries()) {
    for (let k = 0; k < 6; k++) await draw(join(root, 'pictures', name), name, k)
    await mekiki('a', 'label', LABELS[i]!, join(root, 'pictures', name), '--json')
  }
  await draw(join(root, 'asked'), 'Akari', 9)
})

test('export before training writes the pictures, and says that there is no classifier', async () => {
  const out = join(root, 'early')
  const { lines } = await mekiki('a', 'export', out, '--json')
  assert.deepEqual(lines, [{ dir: out, examples: 36, excluded: 0, withdrawn: 0, unreadable: 0, classifier: null }])
})

test('export writes folders that every system takes, a CSV, and a network that answers as Mekiki does', async () => {
  await mekiki('a', 'train', '--json')
  const out = join(root, 'out')
  const { classifier, examples } = (await mekiki('a', 'export', out, '--json')).lines[0] as {
    classifier: { largestDifference: number; checked: number }
    examples: number
  }
  assert.equal(examples, 36)
  assert.equal(classifier.checked, 16)
  assert.ok(classifier.largestDifference < 1e-4)
  const folders = readdirSync(join(out, 'pictures'))
  assert.equal(folders.length, 6)
  for (const name of folders) assert.doesNotMatch(name, /^(con|\.\.?)$|[/:]/i)
  const csv = readFileSync(join(out, 'metadata.csv'), 'utf8')
  for (const label of LABELS) assert.ok(csv.includes(label), label)
  assert.deepEqual(readdirSync(out).sort(), [
    'classifier.json',
    'classifier.onnx',
    'manifest.jsonl',
    'metadata.csv',
    'pictures',
  ])

  const about = JSON.parse(readFileSync(join(out, 'classifier.json'), 'utf8'))
  const file = join(root, 'asked', readdirSync(join(root, 'asked'))[0]!)
  // Not before the characters were drawn: it closes the loader of SVG for the whole process.
  const { decodeViews } = await import('../../../src/images/decode.ts')
  const input = (await decodeViews(new Uint8Array(readFileSync(file)), about.input, ['plain']))[0]!
  const network = await openNetwork(join(out, 'classifier.onnx'), about.input)
  const { probabilities } = await network.run(input, ['probabilities', 'known'])
  const { top } = (await mekiki('a', 'predict', file, '--json')).lines[0] as {
    top: { label: string; confidence: number }[]
  }
  for (const { label, confidence } of top)
    assert.ok(Math.abs(probabilities!.data[about.labels.indexOf(label)]! - confidence) < 1e-4)

  assert.match((await mekiki('a', 'export', out)).err, /export\.not-empty/)
})

test('another network by path: features of every picture are computed once, and the active version answers until then', async () => {
  const net = join(root, 'small.onnx')
  writeFileSync(net, smallNetwork())
  assert.match((await mekiki('a', 'backbone', 'use', net)).err, /backbone\.no-description/)
  writeFileSync(
    join(root, 'small.json'),
    JSON.stringify({ width: 64, height: 64, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }),
  )
  const used = (await mekiki('a', 'backbone', 'use', net, '--json')).lines[0] as {
    views: number
    backbone: string
    from: string
  }
  assert.equal(used.views, 36 + 36 + 24) // each picture as it is and mirrored, some from their random views
  assert.match(used.backbone, /^small@[0-9a-f]{12}$/)
  const again = (await mekiki('a', 'backbone', 'use', net, '--json')).lines[0]!
  assert.equal(again.views, 0)
  const file = join(root, 'asked', readdirSync(join(root, 'asked'))[0]!)
  assert.equal((await mekiki('a', 'predict', file, '--json')).lines[0]!.version, 1)
  const trained = (await mekiki('a', 'train', '--json')).lines.at(-1)!
  assert.equal(trained.version, 2)
  const out = join(root, 'small-out')
  const { classifier } = (await mekiki('a', 'export', out, '--json')).lines[0] as {
    classifier: { largestDifference: number }
  }
  assert.ok(classifier.largestDifference < 1e-4)
  assert.ok(existsSync(join(out, 'classifier.onnx')))
  const back = (await mekiki('a', 'backbone', 'use', used.from, '--json')).lines[0]!
  assert.equal(back.views, 0)
})

test('files that are no network are refused, and the backbone stays', async () => {
  const before = (await mekiki('a', 'backbone', '--json')).lines[0]
  mkdirSync(join(root, 'nets'))
  const description = join(root, 'nets', 'input.json')
  const cases: [string, Uint8Array | string, object, string][] = [
    ['text', 'no network', { width: 64, height: 64 }, 'backbone.unusable'],
    ['cut', smallNetwork().subarray(0, 900), { width: 64, height: 64 }, 'backbone.unusable'],
    ['size', smallNetwork(), { width: 8, height: 64 }, 'backbone.no-description'],
    ['output', smallNetwork(), { width: 64, height: 64, output: 'nothing' }, 'backbone.unusable'],
    ['layout', smallNetwork(), { width: 64, height: 64, layout: 'nhwc' }, 'backbone.unusable'],
  ]
  for (const [name, bytes, input, code] of cases) {
    writeFileSync(join(root, 'nets', `${name}.onnx`), bytes)
    writeFileSync(description, JSON.stringify(input))
    const { status, err } = await mekiki(
      'a',
      'backbone',
      'use',
      join(root, 'nets', `${name}.onnx`),
      '--input',
      description,
    )
    assert.equal(status, 1, `${name}: ${err}`)
    assert.match(err, new RegExp(code.replace('.', '\\.')), name)
  }
  assert.match((await mekiki('a', 'backbone', 'use', 'no-such-id', '--input', description)).err, /backbone\.not-found/)
  assert.deepEqual((await mekiki('a', 'backbone', '--json')).lines[0], before)
})
