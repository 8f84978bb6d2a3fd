import { answer, command, text } from '../../src/commands/define.ts'
import { removeFiled } from '../../src/db/examples.ts'

export default command({
  name: 'undo',
  summary: 'take back what you filed just now',
  access: 'anyone',
  only: 'button',
  options: { examples: text('their ids') },
  examples: [],
  async *run({ app, dataset, by, options: { examples } }) {
    const removed = await removeFiled(app.store, dataset, examples.split(',').map(Number), by)
    if (removed > 0) app.events.emit('filed', dataset, removed)
    yield answer('undone', { removed })
  },
})
