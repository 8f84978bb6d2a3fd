import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../../src/errors.ts'
import { decodeExample } from '../../src/images/decode.ts'
import { badPictures, formats } from '../support/bad-pictures.ts'

const cases = await badPictures()
let good: Buffer[]
before(async () => {
  good = Object.values(await formats())
})

test('there are enough of them', () => assert.ok(cases.length >= 60, `${cases.length}`))

for (const { name, bytes, code } of cases)
  test(`refused: ${name}`, async () => {
    await assert.rejects(decodeExample(new Uint8Array(bytes), EMBEDDED.input), (error) => {
      assert.ok(error instanceof UserError, `${error}`)
      assert.equal(error.code, code, error.message)
      return true
    })
  })

test('whatever bytes are damaged, a picture is decoded or refused as a person’s mistake', async () => {
  const damage = fc.record({
    which: fc.nat({ max: 7 }),
    changes: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.nat({ max: 255 }) }), {
      minLength: 1,
      maxLength: 30,
    }),
    keep: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })
  const usable = async ({
    which,
    changes,
    keep,
  }: {
    which: number
    changes: { at: number; to: number }[]
    keep: number
  }) => {
    const bytes = Uint8Array.from(good[which]!.subarray(0, Math.ceil(good[which]!.length * keep)))
    for (const { at, to } of changes) bytes[Math.floor(at * (bytes.length - 1))] = to
    try {
      const { input, copy } = await decodeExample(bytes, EMBEDDED.input)
      return input.length === 224 * 224 * 3 && (await copy).length > 0
    } catch (error) {
      return error instanceof UserError && error.code.startsWith('picture.')
    }
  }
  await fc.assert(fc.asyncProperty(damage, usable), { numRuns: 400, seed: 20 })
})
