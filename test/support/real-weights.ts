// The file that `backbone add photos` downloads, where it is there: nothing that big is in the repository. MEKIKI_TEST_WEIGHTS names its folder.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CATALOGUE } from '../../models/backbones/catalogue.ts'

export const photos = CATALOGUE.find(({ name }) => name === 'photos')!

const folder = process.env.MEKIKI_TEST_WEIGHTS ?? fileURLToPath(new URL('../../../shared/weights', import.meta.url))
const name = basename(photos.url)
export const photosFile = join(folder, name)
/** Why tests of it are skipped; false where it is there. */
export const skipWithoutPhotos = existsSync(photosFile)
  ? false
  : `no ${name} in ${folder}: set MEKIKI_TEST_WEIGHTS to its folder`
