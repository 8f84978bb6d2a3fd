import { z } from 'zod'

// Settings of Keras' layers, as TensorFlow.js writes them, in the forms that can be converted.

const MAX_STEP = 64
const step = z.int().min(1).max(MAX_STEP)
/** One number is for both sides. */
export const pair = z.union([z.tuple([step, step]), step.transform((n): [number, number] => [n, n])])
export const padding = z.enum(['valid', 'same'])
const one = z.union([z.literal(1), z.tuple([z.literal(1), z.literal(1)])]).default(1)
const dataFormat = z.enum(['channels_last', 'channelsLast']).nullish()
const activation = z.string().default('linear')
export const Convolution = z.object({
  strides: pair,
  padding,
  use_bias: z.boolean().default(true),
  activation,
  dilation_rate: one,
  data_format: dataFormat,
})
export const Norm = z.object({
  epsilon: z.number().positive(),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
  axis: z.union([z.literal(-1), z.literal(3), z.tuple([z.literal(3)])]).default(-1),
})
export const Pooling = z.object({ pool_size: pair, strides: pair.nullish(), padding, data_format: dataFormat })
const zeros = z.int().min(0).max(MAX_STEP)
const twice = z.tuple([zeros, zeros])
export const ZeroPadding = z.object({ padding: z.tuple([twice, twice]), data_format: dataFormat })
export const Bounded = z.object({
  max_value: z.number().nullish(),
  negative_slope: z.literal(0).nullish(),
  threshold: z.literal(0).nullish(),
})

export const Activation = z.object({ activation })
