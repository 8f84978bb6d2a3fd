import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Backbone } from '../../models/backbones/registry.ts'
import { photos, photosFile } from '../../test/support/real-weights.ts'
import { CACHE } from './fetch.ts'

/**
 * What `mekiki backbone add photos` makes of the real file: converted, tried, and with a prior. Cached in a home of its own. Null where the file is
 * neither in the folder of MEKIKI_TEST_WEIGHTS nor in ../shared/weights.
 */
export async function photosBackbone(): Promise<Backbone | null> {
  if (!existsSync(photosFile)) return null
  // Not before the sets are drawn: the decoder closes the loader of SVG for the whole process.
  const { openApp } = await import('../../src/app.ts')
  const { findBackbone, installBackbone } = await import('../../src/services/backbones/install.ts')
  const { runToEnd } = await import('../../src/workers/shared-task.ts')
  const app = await openApp(join(CACHE, 'home-with-photos'))
  try {
    return (await findBackbone(app, photos.name)) ?? (await runToEnd(installBackbone(app, photosFile, {})))
  } finally {
    await app.close()
  }
}
