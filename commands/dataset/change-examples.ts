import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { choice, ids, text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { CHANGES, changeExamples } from '../../src/services/example-changes.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'

export default defineCommand({
  name: 'change-examples',
  summary: 'keep, exclude, restore, move or remove the pictures that are selected',
  access: 'teacher',
  frontEnds: ['web'],
  hidden: true,
  isPrivate: true,
  options: {
    examples: ids('their ids'),
    change: choice<(typeof CHANGES)[number]>('what to do with them', CHANGES),
    label: text('where to move them', { optional: true, max: 100 }),
  },
  examples: [],
  async *run({ app, server, dataset, by, requireAccess, options: { examples, change, label } }) {
    // Whoever teaches corrects what teachers added, and says nothing in the place of a reviewer (transitions.ts).
    if (change !== 'move' && change !== 'remove') requireAccess('reviewer')
    const target = change === 'move' ? parseLabel(label ?? '') : undefined
    const as = actorOf(requireAccess)
    const { agreement } = await readSettings(app.db, server)
    const about = { examples, change, label: target, by, as, agreement }
    const { id, done, waiting, refused, gone } = yield* changeExamples(app, dataset, about)
    if (done + waiting + refused === 0)
      throw new UserError('review.gone', `Expected examples of this dataset, found none of ${gone}`)
    const undo: Choice = { key: 'undo', command: 'undo-change', options: { change: id } }
    const extras = done + waiting > 0 ? { choices: [undo] } : {}
    const left = refused > 0 ? { refused } : {}
    if (change === 'remove') yield result('removed', { removed: done, rejected: [], ...left }, extras)
    else yield result('reviewed', { decision: change, label: target?.name ?? null, done, waiting, ...left }, extras)
  },
})
