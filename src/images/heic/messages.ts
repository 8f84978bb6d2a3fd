import type { Pixels } from '../pixels.ts'

/** `module`: what reads HEIC. `leastSide`: that the longer side keeps, in pixels. `memoryBytes`: that it may take. */
export type HeicJob = {
  module: string
  bytes: Uint8Array
  leastSide: number
  maxPixels: number
  maxSide: number
  memoryBytes: number
}

/** `memory`: it would take more than it may. `damaged`: it cannot be decoded. */
export type HeicReply =
  | { pixels: Pixels }
  | { refused: 'missing' }
  | { refused: 'pixels' | 'memory'; width: number; height: number }
  | { refused: 'damaged'; reason: string }
