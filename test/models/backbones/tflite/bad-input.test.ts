// Files that are no image classifiers, or damaged: an error that says so, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BackboneError } from '../../../../models/backbones/network.ts'
import { openOnnx } from '../../../../models/backbones/onnx-engine.ts'
import { convertTflite } from '../../../../models/backbones/tflite/convert.ts'
import { GraphOf, smallMobileNet } from '../../../support/small-tflite.ts'
import { type TestGraph, writeTflite } from '../../../support/tflite-file.ts'

const { graph, features } = smallMobileNet('channel')
const whole = writeTflite(graph)
const refused = (bytes: Uint8Array, message: RegExp): void =>
  assert.throws(() => convertTflite(bytes), { name: 'BackboneError', message })

/** The small network, changed. */
function changed(change: (graph: TestGraph) => void): Uint8Array {
  const copy = structuredClone(graph)
  change(copy)
  return writeTflite(copy)
}

test('what is no TFLite file', () => {
  refused(new Uint8Array(0), /Expected a TFLite file/)
  refused(new Uint8Array(100_000_000), /Expected a TFLite file/)
  refused(Buffer.from('\0\0\0\0TFL3'), /./)
  refused(Buffer.from('a picture of a cat, or a text that is long enough'), /Expected a TFLite file/)
})

test('a file that is cut off anywhere', () => {
  for (let length = 0; length < whole.length - 64; length += 61)
    assert.throws(() => convertTflite(whole.subarray(0, length)), BackboneError, `${length} bytes`)
})

test('other operations, operations of their own, and 16 bits', () => {
  const replaceFirst = (op: 'RESIZE_BILINEAR' | 'CUSTOM') =>
    changed(({ operators }) => {
      operators[2]!.op = op
    })
  refused(replaceFirst('RESIZE_BILINEAR'), /received operation 23 of TFLite/)
  refused(replaceFirst('CUSTOM'), /received CUSTOM own/)
  refused(
    changed(({ tensors, input }) => {
      tensors[input]!.type = 'int16'
    }),
    /received int16/,
  )
  refused(
    changed(({ tensors }) => {
      tensors.find(({ type }) => type === 'int8')!.type = 'int16'
    }),
    /received int16/,
  )
})

test('a network that takes no picture', () => {
  const small = new GraphOf('channel')
  const tiny = small.picture(8)
  refused(writeTflite(small.end(tiny, small.convolution(tiny, 1, [1, 8, 8, 4]))), /Expected pictures of 16 to 1024/)
  const grey = new GraphOf('channel')
  const one = grey.picture(16, 1)
  refused(writeTflite(grey.end(one, grey.convolution(one, 1, [1, 16, 16, 4]))), /Expected pictures of 16 to 1024/)
  refused(
    changed((g) => {
      delete g.tensors[g.input]!.scale
    }),
    /uint8 or int8 with a scale/,
  )
})

test('operations that lead round, or that make one tensor twice', () => {
  refused(
    changed(({ operators }) => {
      const [first, second] = operators
      first!.inputs[0] = second!.output
    }),
    /in the order of their inputs/,
  )
  refused(
    changed(({ operators }) => {
      operators[1]!.output = operators[0]!.output
    }),
    /Expected/,
  )
  // Its end leads round, where the classifier is looked for.
  const round = changed(({ operators }) => {
    const last = operators.at(-1)!
    last.inputs[0] = last.output
  })
  refused(round, /in the order of their inputs/)
})

test('shapes, weights and settings that do not fit together', () => {
  const weights = graph.operators[0]!.inputs[1]!
  refused(
    changed(({ tensors }) => void tensors[weights]!.values!.pop()),
    /Expected \d+ bytes/,
  )
  refused(
    changed(({ tensors }) => void tensors[weights]!.scale!.pop()),
    /Expected a scale and a zero point/,
  )
  refused(
    changed(({ tensors }) => {
      tensors[features]!.shape = [1, 5, 5, 13]
    }),
    /Expected the shape 1,5,5,12/,
  )
  refused(
    changed(({ tensors }) => {
      tensors[features]!.shape = [1, 5, -5, 12]
    }),
    /Expected a shape of positive numbers/,
  )
  refused(
    changed(({ operators }) => {
      operators[0]!.options!.strides = [0, 2]
    }),
    /Expected steps/,
  )
  refused(
    changed(({ tensors }) => {
      tensors[weights]!.scale = tensors[weights]!.scale!.map(() => Number.NaN)
    }),
    /scales of quantization/,
  )
})

test('more work than a picture is worth', () => {
  const g = new GraphOf('channel')
  let layer = g.picture(1024)
  const picture = layer
  for (let i = 0; i < 40; i++) layer = g.convolution(layer, 3, [1, 1024, 1024, 16], { same: true })
  refused(writeTflite(g.end(picture, layer)), /multiplications/)
})

test('offsets that lead outside and lists of absurd length, in every place of the file', () => {
  const values = [0xffffffff, 0x7fffffff, 0x80000000, whole.length, 1 << 16]
  for (let at = 0; at + 4 <= whole.length; at += 4) {
    const bytes = new Uint8Array(whole)
    new DataView(bytes.buffer).setUint32(at, values[(at / 4) % values.length]!, true)
    convertOrRefuse(bytes)
  }
})

/** The network, or null where it is refused. Throws whatever is no BackboneError. */
function convertOrRefuse(bytes: Uint8Array): ReturnType<typeof convertTflite> | null {
  try {
    return convertTflite(bytes)
  } catch (error) {
    if (error instanceof BackboneError) return null
    throw error
  }
}

test('bytes that are flipped: refused, or a network that runs or is refused by the runtime', async () => {
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(flips, async (places) => {
      const bytes = new Uint8Array(whole)
      for (const [at, bits] of places) bytes[at]! ^= bits
      const network = convertOrRefuse(bytes)
      if (!network) return
      const { width, height } = network.input
      try {
        await (await openOnnx(network.onnx, network.input)).run(new Uint8Array(width * height * 3), ['features'])
      } catch (error) {
        assert.ok(error instanceof BackboneError, String(error))
      }
    }),
    { numRuns: 400 },
  )
})
