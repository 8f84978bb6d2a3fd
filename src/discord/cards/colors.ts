import type { Tone } from '../../commands/tone.ts'

/** As RGB; told apart on Discord's dark theme and on its light one. The words say the same to those who see no colours. */
export const COLORS: Record<Tone, number> = {
  sure: 0x23a55a,
  unsure: 0xf0b232,
  unknown: 0x80848e,
  success: 0x23a55a,
  warning: 0xf0b232,
  error: 0xf23f43,
  neutral: 0x5865f2,
}
