import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { convertTfjsGraph } from '../../../models/backbones/convert-tfjs.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'

const source = readNsfwjs('mobilenet_v2_mid', 2)
const size = EMBEDDED.input.width

test('the embedded backbone is what the conversion gives, byte by byte', () => {
  const model = convertTfjsGraph(source, { lastOperation: '/expanded_conv_13/expand/Relu6', size })
  assert.ok(readFileSync(EMBEDDED.file).equals(encodeModel(model)))
})

test('an operation that is not there, and weights that are cut off, are named', () => {
  assert.throws(
    () => convertTfjsGraph(source, { lastOperation: '/expanded_conv_99', size }),
    /Expected an operation ending in \/expanded_conv_99/,
  )
  const cutOff = { ...source, weights: source.weights.subarray(0, -1) }
  assert.throws(
    () => convertTfjsGraph(cutOff, { lastOperation: '/expanded_conv_13/expand/Relu6', size }),
    /Expected \d+ bytes of weights, received \d+/,
  )
})
