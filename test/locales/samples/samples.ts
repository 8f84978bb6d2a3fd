import { backboneSamples } from './backbones.ts'
import { changeSamples, datasetSamples } from './dataset.ts'
import { gallerySamples } from './gallery.ts'
import { modelSamples } from './model.ts'
import { movingSamples } from './moving.ts'
import { operatorSamples } from './operator.ts'
import { peopleSamples, reviewSamples } from './people.ts'
import type { Samples } from './sample.ts'

/** Values of every result; the compiler misses none. */
export const samples: Samples = {
  ...datasetSamples,
  ...changeSamples,
  ...gallerySamples,
  ...modelSamples,
  ...backboneSamples,
  ...reviewSamples,
  ...peopleSamples,
  ...movingSamples,
  ...operatorSamples,
}
