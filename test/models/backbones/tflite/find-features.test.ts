// Where the classifier begins.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertTflite } from '../../../../models/backbones/tflite/convert.ts'
import { findFeatures } from '../../../../models/backbones/tflite/find-features.ts'
import { readTfliteModel } from '../../../../models/backbones/tflite/read-model.ts'
import { GraphOf, smallMobileNet } from '../../../support/small-tflite.ts'
import { type TestGraph, writeTflite } from '../../../support/tflite-file.ts'

const cut = (graph: TestGraph): number => findFeatures(readTfliteModel(writeTflite(graph)))

/** A picture and a layer of 6 channels, 8 x 8. */
function begin(): { g: GraphOf; picture: number; layer: number } {
  const g = new GraphOf('channel')
  const picture = g.picture(16)
  return {
    g,
    picture,
    layer: g.convolution(picture, 3, [1, 8, 8, 6], { same: true, strides: [2, 2], activation: 'RELU6' }),
  }
}

test('before the mean that a convolution of one pixel classifies', () => {
  const { graph, features } = smallMobileNet('channel')
  assert.equal(cut(graph), features)
})

test('before the mean, however many dense layers follow: those of Teachable Machine are of other pictures', () => {
  const { g, picture, layer } = begin()
  const hidden = g.dense(g.mean(layer, false), 100, { activation: 'RELU' })
  const output = g.layer({ op: 'SOFTMAX', inputs: [g.dense(hidden, 3)], shape: [1, 3] })
  assert.equal(cut(g.end(picture, output)), layer)
})

test('before pooling over all of the picture', () => {
  const { g, picture, layer } = begin()
  const options = { window: [8, 8] as [number, number] }
  const pooled = g.layer({ op: 'AVERAGE_POOL_2D', inputs: [layer], shape: [1, 1, 1, 6], options })
  assert.equal(cut(g.end(picture, g.dense(pooled, 3))), layer)
})

test('before the last dense layer where nothing is averaged', () => {
  const { g, picture, layer } = begin()
  const hidden = g.dense(layer, 20, { activation: 'RELU' })
  assert.equal(cut(g.end(picture, g.dense(hidden, 3))), hidden)
})

test('before the convolution whose classes are averaged', () => {
  const { g, picture, layer } = begin()
  const mean = g.mean(g.convolution(layer, 1, [1, 8, 8, 3], { activation: 'RELU' }), false)
  assert.equal(cut(g.end(picture, g.layer({ op: 'SOFTMAX', inputs: [mean], shape: [1, 3] }))), layer)
})

test('before the mean, where a shape is computed on the way to the classes', () => {
  const { g, picture, layer } = begin()
  const mean = g.mean(layer)
  const shape = g.layer({ op: 'SHAPE', inputs: [mean], shape: [4] })
  const flat = g.layer({ op: 'RESHAPE', inputs: [mean, shape], shape: [1, 6] })
  const graph = g.end(picture, g.dense(flat, 3))
  assert.equal(cut(graph), layer)
  assert.equal(convertTflite(writeTflite(graph)).channels, 6)
})

test('a network without a classifier is taken whole', () => {
  const { g, picture, layer } = begin()
  assert.equal(cut(g.end(picture, g.mean(layer))), layer)
  assert.equal(cut(g.end(picture, layer)), layer)
})
