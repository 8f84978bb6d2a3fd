// What the wasm engine of TensorFlow.js lacks for training: the gradient of a convolution's filter.
import * as tf from '@tensorflow/tfjs-core'

type Attributes = { strides: [number, number]; pad: 'same' | 'valid'; filterShape: [number, number, number, number] }

/**
 * Made of convolutions that exist: that of the input with channels and batch exchanged, [C, H, W, N], by the output's gradient as
 * filter, [h, w, N, O], where the stride becomes the dilation. A 1 x 1 filter is a product of matrices.
 */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, { strides, pad, filterShape }: Attributes): tf.Tensor4D {
  const [kh, kw, c, o] = filterShape
  const [step] = strides
  if (kh === 1 && kw === 1) {
    const seen = step === 1 ? x : tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, step, step, 1])
    return tf.reshape(tf.matMul(tf.reshape(seen, [-1, c]), tf.reshape(dy, [-1, o]), true), filterShape) as tf.Tensor4D
  }
  const padded = pad === 'same' ? padLikeSame(x, dy, kh, kw, step) : x
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

function padLikeSame(x: tf.Tensor4D, dy: tf.Tensor4D, kh: number, kw: number, step: number): tf.Tensor4D {
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
    ...{ kernelName: 'Conv2DBackpropFilter', backendName },
    kernelFunc({ inputs, attrs }) {
      const [x, dy] = [inputs.x, inputs.dy].map((info) => tf.engine().makeTensorFromTensorInfo(info!)) as [
        tf.Tensor4D,
        tf.Tensor4D,
      ]
      return filterGradient(x, dy, attrs as unknown as Attributes)
    },
  })
}
