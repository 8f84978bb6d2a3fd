// `backbone use auto`: the simplest that no other beats by more than chance, within a budget, and why.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { makeHome } from '../../support/mekiki.ts'
import { makePhotograph } from '../../support/photographs.ts'
import { smallNetwork } from '../../support/small-network.ts'

const { root, mekiki } = makeHome()
const EACH = 12

type Changed = {
  backbone: string
  from: string
  choice: {
    because: { reason: string; than?: string; wins?: number; losses?: number }
    tooSlow: { backbone: string }[]
    unusable: string[]
  }
}

before(async () => {
  for (const [hue, label] of ['red', 'green', 'blue'].entries()) {
    mkdirSync(join(root, 'pictures', label), { recursive: true })
    for (let k = 0; k < EACH; k++)
      writeFileSync(join(root, 'pictures', label, `${k}.jpg`), await makePhotograph([hue], k))
  }
  await mekiki('home', 'import', join(root, 'pictures'))
})

function write(name: string, network: Uint8Array): string {
  writeFileSync(join(root, `${name}.json`), JSON.stringify({ width: 64, height: 64 }))
  const file = join(root, `${name}.onnx`)
  writeFileSync(file, network)
  return file
}

async function useAuto(...more: string[]) {
  const { status, lines, err } = await mekiki('home', 'backbone', 'use', 'auto', '--json', ...more)
  assert.equal(status, 0, err)
  const [{ compared }, changed] = lines as [{ compared: { backbone: string }[] }, Changed]
  return { compared: compared.map((c) => c.backbone), changed }
}

test('alone it stays, and says that there is nothing to compare', async () => {
  const { compared, changed } = await useAuto()
  assert.deepEqual(compared, ['mobilenet-v2-mid-b13@1'])
  assert.deepEqual([changed.backbone, changed.choice.because.reason], ['mobilenet-v2-mid-b13@1', 'only'])
  assert.match((await mekiki('home', 'backbone', 'use', 'auto')).out, /no other one to compare/)
})

test('what is no better by more than chance is not chosen, alone or together', async () => {
  await mekiki('home', 'backbone', 'add', write('small', smallNetwork(5)))
  const { compared, changed } = await useAuto()
  assert.equal(compared.length, 3)
  assert.ok(compared.some((name) => name.includes('+')))
  assert.deepEqual([changed.backbone, changed.choice.because.reason], ['mobilenet-v2-mid-b13@1', 'simplest'])
})

test('where the dataset uses another, it finds its way back to the simplest', async () => {
  await mekiki('home', 'backbone', 'use', 'small')
  const { changed } = await useAuto()
  assert.match(changed.from, /^small@/)
  assert.equal(changed.backbone, 'mobilenet-v2-mid-b13@1')
})

test('one that no longer runs is left out and named', async () => {
  const file = join(root, 'home', 'backbones')
  for (const name of readdirSync(file, { recursive: true }).map(String))
    if (name.endsWith('small.onnx')) writeFileSync(join(file, name), 'no network')
  const { compared, changed } = await useAuto()
  assert.deepEqual(compared, ['mobilenet-v2-mid-b13@1'])
  assert.match(String(changed.choice.unusable), /^small@/)
})

test('what takes longer than the budget is not compared; if nothing is fast enough, nothing changes', async () => {
  const tight = await mekiki('home', 'backbone', 'use', 'auto', '--budget', '1')
  assert.match(tight.err, /backbone\.over-budget/)
  assert.equal(tight.status, 1)
  const { changed } = await useAuto('--budget', '100000')
  assert.deepEqual(changed.choice.tooSlow, [])
  const wrong = await mekiki('home', 'backbone', 'use', 'auto', '--budget', 'soon')
  assert.notEqual(wrong.status, 0)
})
