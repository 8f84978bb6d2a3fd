// The gradient of a convolution's filter, which the wasm engine of TensorFlow.js lacks.
import * as tf from '@tensorflow/tfjs-core'

type Attributes = { strides: [number, number]; pad: 'same' | 'valid'; filterShape: [number, number, number, number] }

/**
 * Built from convolutions that exist: the input with channels and batch exchanged, [C, H, W, N], is convolved with the output's gradient
 * as filter, [h, w, N, O]. The stride becomes the dilation. A 1 x 1 filter is a matrix product.
 */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, { strides, pad, filterShape }: Attributes): tf.Tensor4D {
  const [kh, kw, c, o] = filterShape
  const [step] = strides
  if (kh === 1 && kw === 1) {
    const sampled = step === 1 ? x : tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, step, step, 1])
    return tf.reshape(
      tf.matMul(tf.reshape(sampled, [-1, c]), tf.reshape(dy, [-1, o]), true),
      filterShape,
    ) as tf.Tensor4D
  }
  const padded = pad === 'same' ? padLikeSame(x, dy, { kh, kw, step }) : x
  const whole = tf.conv2d(
    tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D,
    tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
    1,
    'valid',
    'NHWC',
    [step, step],
  )
  return tf.transpose(tf.slice(whole, [0, 0, 0, 0], [c, kh, kw, o]), [1, 2, 0, 3]) as tf.Tensor4D
}

type Filter = { kh: number; kw: number; step: number }

/** Pads the input as the padding `same` did. */
function padLikeSame(x: tf.Tensor4D, dy: tf.Tensor4D, { kh, kw, step }: Filter): tf.Tensor4D {
  const around = (size: number, out: number, k: number): [number, number] => {
    const all = Math.max(0, (out - 1) * step + k - size)
    return [all >> 1, all - (all >> 1)]
  }
  const [, h, w] = x.shape
  const [, oh, ow] = dy.shape
  return tf.pad(x, [[0, 0], around(h, oh, kh), around(w, ow, kw), [0, 0]])
}

export function registerFilterGradient(backendName = 'wasm'): void {
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName,
    kernelFunc({ inputs, attrs }) {
      const [x, dy] = [inputs.x, inputs.dy].map((info) => tf.engine().makeTensorFromTensorInfo(info!)) as [
        tf.Tensor4D,
        tf.Tensor4D,
      ]
      return filterGradient(x, dy, attrs as unknown as Attributes)
    },
  })
}
