import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { giveDatasetName, makeCopy } from '../../src/services/datasets.ts'
import { mustAsk } from '../shared/confirm.ts'
import { askAbout, carryOut, readDatasets, readOne, showDatasets } from '../shared/datasets.ts'

const ACTIONS = ['list', 'rename', 'copy', 'empty', 'delete'] as const

export default defineCommand({
  name: 'datasets',
  summary: 'list the datasets with what is in them; rename, copy, empty or delete one',
  access: 'manager',
  onlyReads: ['list'],
  isPrivate: true,
  options: {
    action: choice('what to do', ACTIONS, { fallback: 'list' }),
    name: text('the dataset', { optional: true, suggest: 'datasets', max: 100 }),
    to: text('rename, copy: the new name', { optional: true, max: 100 }),
    yes: flag('empty or delete without asking', { optional: true, named: true, frontEnds: ['cli'] }),
  },
  examples: [
    'datasets',
    'datasets rename birds garden-birds',
    'datasets copy main experiment',
    'datasets empty experiment',
    'datasets delete experiment --yes',
  ],
  ifInterrupted: 'A copy that is not finished is deleted by itself; what was deleted or emptied stays so.',
  async *run({ app, server, by, screen, canChoose, options: { action, name, to, yes } }) {
    const where = { app, server, by }
    if (action === 'list') {
      yield showDatasets(
        name === undefined ? await readDatasets(where) : [await readOne(where, name)],
        name === undefined,
      )
      return
    }
    const target = { server, by, name: required(name, action) }
    if (action === 'empty' || action === 'delete') {
      const dataset = await readOne(where, target.name)
      if (mustAsk({ screen, canChoose }, yes)) yield askAbout(action, dataset)
      else yield* carryOut(where, action, dataset)
      return
    }
    const newName = required(to, action)
    if (action === 'rename') {
      yield result('datasetRenamed', await giveDatasetName(app, target, newName))
      return
    }
    const { dataset: _, ...copied } = yield* makeCopy(app, { ...target, to: newName })
    yield result('datasetCopied', copied)
  },
})

/** Throws UserError dataset.argument-missing */
function required(given: string | undefined, action: string): string {
  if (given !== undefined) return given
  const usage = `datasets ${action} NAME${action === 'rename' || action === 'copy' ? ' TO' : ''}`
  throw new UserError('dataset.argument-missing', `Expected \`${usage}\`, received fewer arguments`)
}
