import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { choice } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { BACKBONES_FOR, PICTURE_KINDS } from '../../src/services/backbones/picture-kinds.ts'
import { readSettings } from '../../src/services/settings.ts'
import { kindsOffered } from '../shared/kinds-offered.ts'

/** Trains afterwards, where the server's settings do not. */
const TRAIN: Choice = { key: 'train', command: 'train', options: {} }

export default defineCommand({
  name: 'backbone',
  summary: 'choose the network that reads pictures: for drawings, for photographs (4 MB), or both',
  access: 'manager',
  isPrivate: true,
  frontEnds: ['discord'],
  options: { pictures: choice('what most of the pictures are', PICTURE_KINDS, { offered: kindsOffered }) },
  examples: [],
  async *run({ app, server, dataset, by, options: { pictures } }) {
    const offered = kindsOffered()
    if (!offered.includes(pictures))
      throw new UserError('backbone.not-offered', `Expected one of ${offered.join(', ')}, received ${pictures}`)
    // What installs backbones is large: it is loaded only when needed.
    const { installBackbones } = await import('../../src/services/backbones/install-several.ts')
    const { useBackbones } = await import('../../src/services/backbones/use.ts')
    const backbones = yield* installBackbones(app, BACKBONES_FOR[pictures], {})
    const { backbone, from } = yield* useBackbones(app, dataset, { backbones, by })
    const { retraining } = await readSettings(app.db, server)
    const isChanged = backbone !== from
    const offersTraining = isChanged && retraining !== 'at-once'
    yield result(
      'backboneChosen',
      { pictures, changed: isChanged, retraining },
      offersTraining ? { choices: [TRAIN] } : {},
    )
  },
})
