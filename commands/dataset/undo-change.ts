import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { undoChange } from '../../src/services/example-changes.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'

export default defineCommand({
  name: 'undo-change',
  summary: 'undo exactly what was done with selected pictures',
  access: 'teacher',
  frontEnds: ['web'],
  hidden: true,
  isPrivate: true,
  options: { change: text('its id', { max: 100 }) },
  examples: [],
  async *run({ app, server, dataset, by, requireAccess, options: { change } }) {
    const { agreement } = await readSettings(app.db, server)
    const about = { change, by, as: actorOf(requireAccess), agreement }
    yield result('changeUndone', yield* undoChange(app, dataset, about))
  },
})
