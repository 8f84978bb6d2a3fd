import type { Results } from '../../../src/commands/results.ts'

/** `says`: what every language has to say of these values, whatever it says around it. `inTerminals`: what a chat leaves out. */
export type Sample<K extends keyof Results> = {
  values: Results[K]
  says?: readonly (string | RegExp)[]
  inTerminals?: readonly string[]
}

/** Results by key, of every kind that reads differently. */
export type Samples<K extends keyof Results = keyof Results> = { [P in K]: readonly Sample<P>[] }

/** Ids as Discord has them, and a moment. */
export const [PERSON, CHANNEL, ROLE, SERVER] = [
  '140000000000000001',
  '150000000000000002',
  '160000000000000003',
  '170000000000000004',
]
export const MOMENT = '2026-07-01T12:30:00.000Z'
export const REJECTED = { file: 'torn.gif', code: 'picture.damaged', message: 'Expected a whole picture' }
