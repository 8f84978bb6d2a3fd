import { BackboneError } from '../network.ts'
import type { Operator, TfliteModel } from './read-model.ts'

/** Operations that a classifier may have besides its products. */
const AFTER_PRODUCT = new Set([
  'SOFTMAX',
  'LOGISTIC',
  'RESHAPE',
  'SQUEEZE',
  'QUANTIZE',
  'DEQUANTIZE',
  'RELU',
  'RELU6',
  'HARD_SWISH',
  'ADD',
  'MUL',
])
/** Of these the one that gives probabilities: what it is applied to are classes. */
const PROBABILITIES = 'SOFTMAX'

/**
 * The tensor whose mean over the picture are the features: before the classifier, and before the global mean, if there are any.
 * Walks back from the output over softmax, activations and dense layers (FULLY_CONNECTED, or CONV_2D of a single pixel). Where a global mean comes
 * before them, all of them are the classifier; otherwise the last one is.
 */
export function findFeatures(model: TfliteModel): number {
  const makers: Makers = new Map(model.operators.flatMap((op) => op.outputs.map((output) => [output, op] as const)))
  let [at] = model.outputs
  let lastProduct: number | undefined
  let givesClasses = false
  // Each step is another operation of the file: one that leads round is left.
  for (let steps = 0; at !== undefined && steps < model.operators.length; steps++) {
    const maker = makers.get(at)
    const from = maker && inputOf(model, makers, maker)
    if (!maker || from === undefined) break
    if (isGlobalMean(model, maker, from))
      return lastProduct === undefined && givesClasses ? beforeConvolution(model, makers, from) : from
    if (isProduct(model, maker, from)) lastProduct ??= from
    else if (!AFTER_PRODUCT.has(maker.name)) break
    givesClasses ||= maker.name === PROBABILITIES
    at = from
  }
  const features = lastProduct ?? model.outputs[0]
  if (features === undefined) throw new BackboneError('Expected a TFLite file with an output, found none')
  return features
}

/** The operation that makes each tensor. */
type Makers = Map<number, Operator>

/** Its only input that is no constant. */
function inputOf(model: TfliteModel, makers: Makers, { inputs }: Operator): number | undefined {
  const computed = inputs.filter((index) => index >= 0 && !isConstant(model, makers, index))
  return computed.length === 1 ? computed[0] : undefined
}

/** Constants of halves are widened by an operation. */
function isConstant(model: TfliteModel, makers: Makers, index: number): boolean {
  if (model.tensor(index).data) return true
  const maker = makers.get(index)
  const [from = -1] = maker?.inputs ?? []
  return maker?.name === 'DEQUANTIZE' && from >= 0 && model.tensor(from).data !== null
}

const isPixel = ([, height, width]: number[]): boolean => height === 1 && width === 1

function isProduct(model: TfliteModel, { name }: Operator, input: number): boolean {
  if (name === 'FULLY_CONNECTED') return true
  const { shape } = model.tensor(input)
  return name === 'CONV_2D' && shape.length === 4 && isPixel(shape)
}

function isGlobalMean(model: TfliteModel, { name, outputs: [output = -1] }: Operator, input: number): boolean {
  const { shape } = model.tensor(input)
  if (shape.length !== 4 || isPixel(shape)) return false
  const after = model.tensor(output).shape
  return name === 'MEAN' || (name === 'AVERAGE_POOL_2D' && isPixel(after))
}

/** Classes of each place in the picture, averaged, as in SqueezeNet: the features are what their convolution takes. */
function beforeConvolution(model: TfliteModel, makers: Makers, classes: number): number {
  let at = classes
  for (let steps = 0; steps < model.operators.length; steps++) {
    const maker = makers.get(at)
    const from = maker && inputOf(model, makers, maker)
    if (!maker || from === undefined) return classes
    if (maker.name === 'CONV_2D') return from
    if (!AFTER_PRODUCT.has(maker.name)) return classes
    at = from
  }
  return classes
}
