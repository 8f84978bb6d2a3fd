// A small network under the id of the catalogue's `photos`, so that nothing is downloaded.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Backbone, InputDescription } from '../../models/backbones/registry.ts'
import { addBackbone } from '../../src/db/backbones.ts'
import type { Database } from '../../src/db/connection.ts'
import { catalogueId } from '../../src/services/backbones/facts.ts'
import { photos } from './real-weights.ts'
import { smallNetwork } from './small-network.ts'

const SIDE = 64

/** @param folder where its file is written */
export async function addPhotosStandIn(db: Database, folder: string): Promise<Backbone> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'photos.onnx')
  writeFileSync(file, smallNetwork(11, SIDE))
  return addBackbone(db, {
    id: catalogueId(photos),
    file,
    input: InputDescription.parse({ width: SIDE, height: SIDE }),
  })
}
