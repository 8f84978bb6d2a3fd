import { readFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import { EMBEDDED } from '../models/backbones/registry.ts'

/** The least work that turns a file into features: sharp and onnxruntime on the same graph, one thread, nothing checked or stored. */
export async function bareLoop(): Promise<(file: string) => Promise<Float32Array>> {
  const session = await InferenceSession.create(EMBEDDED.file, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const { width, height } = EMBEDDED.input
  return async (file) => {
    const pixels = await sharp(await readFile(file))
      .resize(width, height, { fit: 'contain', background: '#fff' })
      .raw()
      .toBuffer()
    const { features } = await session.run({ picture: new Tensor('uint8', pixels, [1, height, width, 3]) })
    return features!.data as Float32Array
  }
}
