import { defineCommand, result } from '../../src/commands/define.ts'
import { ids, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { removeManyFromLabel } from '../../src/services/label-changes.ts'
import { actorAlone } from '../shared/actor.ts'

export default defineCommand({
  name: 'remove-examples',
  summary: 'remove from a label the pictures that were shown',
  access: 'teacher',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: { label: text('the label'), examples: ids('their ids') },
  examples: [],
  async *run({ app, server, dataset, by, requireAccess, options: { label, examples } }) {
    const as = await actorAlone({ app, server }, requireAccess)
    const removal = { label: parseLabel(label), examples, by, as }
    const { removed, refused } = await removeManyFromLabel(app, dataset, removal)
    const values = { removed, rejected: [] }
    yield result('removed', refused > 0 ? { ...values, refused } : values)
  },
})
