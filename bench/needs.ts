// What some benchmarks need that not every machine has.
import { existsSync } from 'node:fs'
import { skipWithoutPhotos } from '../test/support/real-weights.ts'
import { noBrowser } from '../test/support/web/browser.ts'
import { cartons } from './sets/photographs.ts'

/** Why a part cannot be measured here; false: it can. */
const LACKS = {
  postgres: () => !process.env.MEKIKI_TEST_POSTGRES && 'MEKIKI_TEST_POSTGRES names no PostgreSQL',
  chromium: () => noBrowser,
  photographs: () =>
    skipWithoutPhotos ||
    (!existsSync(cartons) && `no photographs in ${cartons}: set MEKIKI_TEST_PICTURES to their folder`),
} satisfies Record<string, () => string | false>

export type Need = keyof typeof LACKS

/** Why the first need that is not met is not; undefined where all are. */
export const lackOf = (needs: Need[]): string | undefined =>
  needs.map((need) => LACKS[need]()).find((lack) => lack !== false)
