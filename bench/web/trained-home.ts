// Fills a home folder with examples that can be trained on: `node bench/web/trained-home.ts HOME EXAMPLES`.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { seededRandom } from '../../models/random.ts'
import { RANDOM_VIEWS } from '../../models/views.ts'
import { openApp } from '../../src/app.ts'
import { DEFAULT_DATASET, openDataset } from '../../src/db/datasets.ts'
import { viewKey } from '../../src/db/features.ts'
import { VIEWED_PICTURES } from '../../src/services/backbones/features.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { fillWithExamples, numberedLabels } from '../../test/support/web/many-examples.ts'

const LABELS = 20
const DIMENSIONS = 816
/** How far vectors of one label are from each other, measured by how far labels are. */
const NOISE = 0.7

/** With a first version, so that pictures can be asked about. */
async function fillTrainedHome(home: string, examples: number): Promise<void> {
  await fillWithExamples(home, { examples, labels: numberedLabels(LABELS) })
  addFeatures(join(home, 'mekiki.sqlite'))
  const app = await openApp(home)
  const dataset = await openDataset(app.db, { server: '', name: DEFAULT_DATASET, create: false })
  for await (const _ of trainVersion(app, dataset, { heads: ['svm'], by: 'bench' }));
  await app.close()
}

/** Made-up ones: computing them would take minutes, and the training is the same. */
function addFeatures(file: string): void {
  const database = new SQLite(file)
  const random = seededRandom(1)
  const centres = new Map<number, Float32Array>()
  const draw = (label: number): Buffer => {
    const centre = centres.get(label) ?? Float32Array.from({ length: DIMENSIONS }, () => random())
    centres.set(label, centre)
    return Buffer.from(centre.map((v) => v + NOISE * random()).buffer)
  }
  const examples = database.prepare<[], { picture: number; label: number }>('select picture, label from examples').all()
  const insert = database.prepare('insert into features (picture, backbone, vector) values (?, ?, ?)')
  database.transaction(() => {
    for (const [i, { picture, label }] of examples.entries()) {
      for (const views of ['plain', 'mirrored'] as const) insert.run(picture, viewKey(EMBEDDED.id, views), draw(label))
      if (i >= VIEWED_PICTURES) continue
      insert.run(picture, viewKey(EMBEDDED.id, 'views'), Buffer.concat(RANDOM_VIEWS.map(() => draw(label))))
    }
  })()
  database.close()
}

if (import.meta.main) {
  const [home = '', examples = ''] = process.argv.slice(2)
  await fillTrainedHome(home, Number(examples))
}
