import { defineCommand } from '../../src/commands/define.ts'
import { choice, number, text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { carryOut, readOne } from '../shared/datasets.ts'

/** The button and the key that confirm what `datasets` asked. */
export default defineCommand({
  name: 'change-dataset',
  summary: 'empty or delete a dataset',
  access: 'manager',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    action: choice('what to do', ['empty', 'delete'] as const),
    name: text('the dataset'),
    id: number('its id'),
  },
  examples: [],
  async *run({ app, server, by, options: { action, name, id } }) {
    const where = { app, server, by }
    const dataset = await readOne(where, name)
    if (dataset.id !== id)
      throw new UserError('dataset.not-found', `Expected the dataset ${name} as it was, found another of that name`)
    yield* carryOut(where, action, dataset)
  },
})
