import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw, TAUGHT } from '../../demo/characters.ts'
import type { makeHome } from './mekiki.ts'
import { smallNetwork } from './small-network.ts'

/**
 * Trains `home` on two drawn characters with a network of its own, so many pictures each. Resolves to a picture to ask about.
 */
export async function trainTwoLabels({ root, mekiki }: ReturnType<typeof makeHome>, each: number): Promise<string> {
  for (const name of TAUGHT.slice(0, 2))
    for (let k = 0; k < each; k++) await draw(join(root, 'pictures', name), name, k)
  const asked = await draw(join(root, 'asked'), TAUGHT[0] ?? '', 20)
  writeFileSync(join(root, 'net.onnx'), smallNetwork())
  writeFileSync(join(root, 'net.json'), JSON.stringify({ width: 64, height: 64 }))
  await mekiki('home', 'import', join(root, 'pictures'))
  const used = await mekiki('home', 'backbone', 'use', join(root, 'net.onnx'), '--json')
  assert.equal(used.status, 0, used.err)
  const trained = await mekiki('home', 'train', '--json')
  assert.equal(trained.status, 0, trained.err)
  return asked
}

/** What a home answers about a picture, without what differs each time. */
export async function answerOf(
  { mekiki }: ReturnType<typeof makeHome>,
  home: string,
  picture: string,
): Promise<Record<string, unknown>> {
  const { status, lines, err } = await mekiki(home, 'predict', picture, '--json')
  assert.equal(status, 0, err)
  const { milliseconds: _, prediction: __, ...answer } = lines[0] ?? {}
  return answer
}
