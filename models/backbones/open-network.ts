import { BackboneError, type Network, orBackboneError } from './network.ts'
import { openOnnx } from './onnx-engine.ts'
import type { InputDescription } from './registry.ts'
import { loadTensorflow, openTfjs } from './tfjs-engine.ts'

/**
 * Opens a network with the engine for its format. Throws BackboneError, at once or from `run`.
 * @param source the bytes of an ONNX model, or a file: ONNX, or `.json`, a graph model of TensorFlow.js
 */
export async function openNetwork(source: string | Uint8Array, input: InputDescription): Promise<Network> {
  if (typeof source === 'string' && source.endsWith('.json')) return openGraphModel(source, input)
  return openOnnx(source, input)
}

async function openGraphModel(file: string, input: InputDescription): Promise<Network> {
  const tf = await loadTensorflow().catch((error) => {
    throw new BackboneError(
      `Expected @tensorflow/tfjs-node to run ${file}: npm install @tensorflow/tfjs-node (${error})`,
    )
  })
  return orBackboneError(file, openTfjs(tf, file, input))
}
