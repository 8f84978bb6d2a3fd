import { defineCommand } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { describeLabel } from '../../src/db/labels.ts'
import { errorCode } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { removeLabel } from '../../src/services/label-changes.ts'
import { actorAlone } from '../shared/actor.ts'
import { askToDelete, deleted } from '../shared/label-results.ts'

export default defineCommand({
  name: 'delete-label',
  summary: 'delete a label as it was shown',
  access: 'teacher',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: { label: text('the label'), mark: text('what it had when it was shown') },
  examples: [],
  async *run({ app, server, screen, dataset, by, requireAccess, options: { label, mark } }) {
    const name = parseLabel(label)
    const as = await actorAlone({ app, server }, requireAccess)
    try {
      const removed = await removeLabel(app, dataset, { label: name, by, as, mark })
      yield deleted(label, removed, screen ? removed.id : undefined)
    } catch (error) {
      if (errorCode(error) !== 'confirm.changed') throw error
      yield askToDelete(await describeLabel(app.db, dataset, name), true)
    }
  },
})
