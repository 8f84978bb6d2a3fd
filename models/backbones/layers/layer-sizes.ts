import { z } from 'zod'
import { BackboneError } from '../network.ts'
import type { Weight } from '../tfjs-weights.ts'
import { MAX_PRODUCTS } from '../work-limit.ts'
import { padding, pair, ZeroPadding } from './layer-settings.ts'
import type { Layer } from './read-layers.ts'

/** [height, width]. */
export type Size = [number, number]

const Window = z.object({ kernel_size: pair.optional(), pool_size: pair.optional(), strides: pair.nullish(), padding })
const SLIDING = new Set(['Conv2D', 'DepthwiseConv2D', 'MaxPooling2D', 'AveragePooling2D'])

/** The size of what a layer gives. Throws BackboneError where its window is larger than the picture */
export function sizeAfter({ type, config, name }: Layer, [height, width]: Size): Size {
  if (type === 'ZeroPadding2D') {
    const [[top, bottom], [left, right]] = ZeroPadding.parse(config).padding
    return [height + top + bottom, width + left + right]
  }
  if (!SLIDING.has(type)) return [height, width]
  const { kernel_size, pool_size, strides, padding } = Window.parse(config)
  const window = kernel_size ?? pool_size ?? [1, 1]
  const steps = strides ?? pool_size ?? [1, 1]
  const along = (side: number, axis: 0 | 1): number =>
    padding === 'same' ? Math.ceil(side / steps[axis]) : Math.floor((side - window[axis]) / steps[axis]) + 1
  const size: Size = [along(height, 0), along(width, 1)]
  if (Math.min(...size) < 1)
    throw new BackboneError(`Expected a window within ${height} × ${width} in ${name}, received ${window}`)
  return size
}

/** Throws BackboneError where a picture would take too long. @param products of the layers before @returns those with this one */
export function countProducts(products: number, [height, width]: Size, kernel: Weight | undefined): number {
  const sum = products + height * width * (kernel?.data.length ?? 0)
  if (sum <= MAX_PRODUCTS) return sum
  throw new BackboneError(`Expected at most ${MAX_PRODUCTS} multiplications for a picture, found more`)
}
