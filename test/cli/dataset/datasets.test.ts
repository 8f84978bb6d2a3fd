// Datasets on a command line, as a person manages them.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const home = 'home'
before(async () => {
  for (let i = 0; i < 3; i++)
    writeFileSync(
      join(root, `${i}.jpg`),
      await noisy(900 + i, 48)
        .jpeg()
        .toBuffer(),
    )
  for (const [dataset, label, file] of [
    ['main', 'cat', '0.jpg'],
    ['main', 'dog', '1.jpg'],
    ['Birds', 'owl', '2.jpg'],
  ] as const)
    assert.equal((await mekiki(home, 'label', label, join(root, file), '--dataset', dataset)).status, 0)
})

type Row = { name: string; labels: number; examples: number }
async function list(): Promise<Record<string, number>> {
  const { lines } = await mekiki(home, 'datasets', '--json')
  const { datasets } = lines[0] as { datasets: Row[] }
  return Object.fromEntries(datasets.map((d) => [d.name, d.examples]))
}

test('they are listed, and found whatever their case and width', async () => {
  assert.deepEqual(await list(), { Birds: 1, main: 2 })
  const { out } = await mekiki(home, 'datasets')
  assert.match(out, /2 datasets/)
  assert.match(out, /main +2 labels and 2 pictures/)
  assert.match((await mekiki(home, 'labels', '--dataset', 'birds')).out, /owl/)
})

test('renamed, copied, emptied and deleted; what deletes wants a yes', async () => {
  assert.match((await mekiki(home, 'datasets', 'rename', 'birds', 'garden')).out, /Birds is now called garden/)
  const copied = await mekiki(home, 'datasets', 'copy', 'main', 'trial')
  assert.equal(copied.status, 0, copied.err)
  assert.match(copied.out, /Copied main to trial: 2 labels, 2 pictures/)
  assert.match((await mekiki(home, 'labels', '--dataset', 'trial')).out, /cat/)
  assert.deepEqual(await list(), { garden: 1, main: 2, trial: 2 })
  for (const action of ['empty', 'delete']) {
    const refused = await mekiki(home, 'datasets', action, 'trial')
    assert.equal(refused.status, 1)
    assert.match(refused.err, /confirm\.missing/)
  }
  assert.equal((await mekiki(home, 'datasets', 'empty', 'main', '--yes')).status, 0)
  assert.equal((await mekiki(home, 'datasets', 'delete', 'garden', '--yes')).status, 0)
  assert.deepEqual(await list(), { main: 0, trial: 2 })
  assert.match((await mekiki(home, 'datasets', 'delete', 'garden', '--yes')).err, /dataset\.not-found/)
  assert.match((await mekiki(home, 'datasets', 'rename', 'trial')).err, /dataset\.argument-missing/)
  assert.match((await mekiki(home, 'datasets', 'copy', 'main', 'TRIAL')).err, /dataset\.exists/)
})
