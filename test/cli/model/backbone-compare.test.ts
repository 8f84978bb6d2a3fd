// A network that is not added yet is compared under the description that is given.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { draw, TAUGHT } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'
import { smallNetwork } from '../../support/small-network.ts'

const { root, mekiki } = makeHome()
const [net, description] = [join(root, 'small.onnx'), join(root, 'input.json')]

before(async () => {
  writeFileSync(net, smallNetwork())
  writeFileSync(description, JSON.stringify({ width: 64, height: 64 }))
  for (const name of TAUGHT.slice(0, 2)) for (let k = 0; k < 5; k++) await draw(join(root, 'pictures', name), name, k)
  await mekiki('a', 'import', join(root, 'pictures'))
})

test('compare FILE --input JSON reads the description', async () => {
  const without = await mekiki('a', 'backbone', 'compare', net)
  assert.match(without.err, /backbone\.no-description/)
  const { lines, err } = await mekiki('a', 'backbone', 'compare', net, '--input', description, '--json')
  const { compared } = lines[0] as { compared: { backbone: string; features: number }[] }
  assert.deepEqual(
    compared.map(({ features }) => features),
    [13],
    err,
  )
})
