import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makePriorFile, PRIOR_VIEWS } from '../../../models/backbones/make-prior.ts'
import { readBackground, readPrior } from '../../../models/backbones/prior.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { encodeTriangle } from '../../../models/numbers/half-precision.ts'
import { diagonalIndices, symmetricMatrix, upperTriangleOf } from '../../../models/numbers/triangle.ts'

test('the embedded backbone has a prior of its 816 features, with nothing but positive variances', () => {
  const prior = readPrior(EMBEDDED)!
  assert.equal(prior.d, 816)
  for (const i of diagonalIndices(prior)) assert.ok(prior.upper[i]! > 0)
})

test('a prior is padded with zeros to a multiple of eight', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-prior-'))
  try {
    const file = join(folder, 'small.f16')
    const data = Float32Array.of(1, 0.5, 0.25, 0.5, 2, 0.125, 0.25, 0.125, 4)
    writeFileSync(file, encodeTriangle(upperTriangleOf({ data, rows: 3, columns: 3 })))
    const padded = symmetricMatrix(readPrior({ ...EMBEDDED, prior: file })!)
    assert.equal(padded.columns, 8)
    assert.deepEqual(
      [0, 1, 2].map((r) => [...padded.data.subarray(8 * r, 8 * r + 4)]),
      [
        [1, 0.5, 0.25, 0],
        [0.5, 2, 0.125, 0],
        [0.25, 0.125, 4, 0],
      ],
    )
    assert.ok(padded.data.subarray(24).every((v) => v === 0))
    writeFileSync(file, readFileSync(file).subarray(0, 8))
    assert.throws(() => readPrior({ ...EMBEDDED, prior: file }), /Expected 3 values, received 4/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a backbone without a prior has none', () => {
  const { prior: _, ...backbone } = EMBEDDED
  assert.equal(readPrior(backbone), null)
})

test('the embedded backbone has a background: the mean of vectors of length 1', () => {
  const background = readBackground(EMBEDDED)!
  assert.equal(background.length, 816)
  const length = Math.hypot(...background)
  assert.ok(length > 0.8 && length < 1, `${length}`)
})

test('a prior that is made of pictures is read with its background; one from before there were any has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-prior-'))
  try {
    const backbone = { ...EMBEDDED, prior: join(folder, 'made.f16') }
    const picture = (value: number) => PRIOR_VIEWS.map((_, i) => Float32Array.of(value, 4 - value, i, 1))
    const file = makePriorFile([picture(1), picture(3)])!
    writeFileSync(backbone.prior, file)
    const prior = readPrior(backbone)!
    const variances = [...diagonalIndices(prior)].map((i) => prior.upper[i]!)
    assert.equal(prior.d, 8)
    assert.ok(variances.slice(0, 4).every((v) => v > 0) && variances.slice(4).every((v) => v === 0))
    const background = readBackground(backbone)!
    assert.equal(background.length, 8)
    assert.ok(Math.abs(background[0]! - background[1]!) < 1e-3 && background[4] === 0)
    writeFileSync(backbone.prior, file.subarray(0, file.length - 2 * 8))
    assert.equal(readPrior(backbone)!.d, 8)
    assert.equal(readBackground(backbone), null)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
