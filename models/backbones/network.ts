/** A network's file is missing or damaged, is no network, or takes something else than its description says. */
export class BackboneError extends Error {
  override name = 'BackboneError'
}

/** A tensor of one picture. */
export type Output = { data: Float32Array; dims: readonly number[] }

/** A network in this thread. Open one a thread and keep it: `run` blocks its thread, and sessions leak when they are made again and again. */
export type Network = {
  /** The output that is taken where the backbone names none. */
  firstOutput: string
  /**
   * @param pixels of one picture: RGB, 8 bits, height x width x 3 as `InputDescription` says; one for each input where there are several
   * @returns the outputs by name
   */
  run(pixels: Uint8Array | Uint8Array[], outputs: string[]): Promise<Record<string, Output>>
}

/** What `work` gives. Throws BackboneError where it fails. @param name of the network, for the message */
export async function orBackboneError<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new BackboneError(`Expected a network that runs at ${name}: ${error}`, { cause: error })
  }
}
