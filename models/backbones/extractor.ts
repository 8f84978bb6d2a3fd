import { openNetwork } from './open-network.ts'
import type { Backbone } from './registry.ts'

/** Turns pictures into feature vectors. */
export type Extractor = {
  /**
   * @param pixels as for `Network.run`
   * @returns d features: an output of [1, d] as it is, one of [1, d, h, w] averaged over the picture; and the `rank` of that output, 2 or 4
   */
  extract(pixels: Uint8Array): Promise<{ features: Float32Array; rank: number }>
}

/** Throws BackboneError, at once or from `extract`. */
export async function openExtractor({ file, input, output }: Backbone): Promise<Extractor> {
  const network = await openNetwork(file, input)
  const name = output ?? network.firstOutput
  return {
    async extract(pixels) {
      const { data, dims } = (await network.run(pixels, [name]))[name]!
      const channels = dims[1] ?? data.length
      return { features: averageChannels(data, channels), rank: dims.length }
    },
  }
}

/** Mean of each channel over the picture. @param data channels x area */
function averageChannels(data: Float32Array, channels: number): Float32Array {
  const area = data.length / channels
  if (area === 1) return data
  const mean = new Float32Array(channels)
  for (let c = 0; c < channels; c++) {
    let sum = 0
    for (let i = 0; i < area; i++) sum += data[c * area + i]!
    mean[c] = sum / area
  }
  return mean
}
