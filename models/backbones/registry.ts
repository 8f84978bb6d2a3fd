import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a network takes: the size of the picture in pixels, and how their values become numbers. */
export const InputDescription = z.object({
  width: z.int().min(16).max(1024),
  height: z.int().min(16).max(1024),
  /** uint8: pixels as they are, 0 to 255. float32: (pixel / 255 - mean) / deviation. */
  type: z.enum(['uint8', 'float32']).default('float32'),
  layout: z.enum(['nchw', 'nhwc']).default('nchw'),
  order: z.enum(['rgb', 'bgr']).default('rgb'),
  mean: z.array(z.number()).length(3).default([0, 0, 0]),
  deviation: z.array(z.number().positive()).length(3).default([1, 1, 1]),
})
export type InputDescription = z.infer<typeof InputDescription>

/**
 * A frozen network. `id` names it and its version; features of different ids are never mixed. `file`: ONNX, or `.json`, a graph model of TensorFlow.js.
 * `output`: the tensor of features, [N, d], or [N, d, h, w], which is averaged; by default the first one. `prior`: a file for `readPrior`.
 */
export type Backbone = { id: string; file: string; input: InputDescription; output?: string; prior?: string }

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
export const weightsFolder = here('./weights/')

/** MobileNet V2 "mid" of nsfwjs, cut after the expansion of block 13: 14 x 14 x 816, averaged. */
export const EMBEDDED: Backbone = {
  id: 'mobilenet-v2-mid-b13@1',
  file: here('./weights/mobilenet-v2-mid-b13.onnx'),
  input: InputDescription.parse({ width: 224, height: 224, type: 'uint8', layout: 'nhwc' }),
  output: 'features',
  prior: here('./priors/mobilenet-v2-mid-b13.f16'),
}

/** Every backbone that comes with the program. */
export const BACKBONES: Backbone[] = [EMBEDDED]
