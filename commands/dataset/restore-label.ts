import { defineCommand } from '../../src/commands/define.ts'
import { number } from '../../src/commands/options.ts'
import { bringLabelBack } from '../../src/services/label-changes.ts'
import { actorAlone } from '../shared/actor.ts'
import { restored } from '../shared/label-results.ts'

export default defineCommand({
  name: 'restore-label',
  summary: 'bring back a label that was just deleted or merged',
  access: 'teacher',
  frontEnds: ['discord', 'web'],
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: { label: number('its id') },
  examples: [],
  async *run({ app, server, dataset, by, requireAccess, options: { label } }) {
    const as = await actorAlone({ app, server }, requireAccess)
    yield restored(await bringLabelBack(app, dataset, { label, by, as }))
  },
})
