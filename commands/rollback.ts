import { UserError } from '../src/errors.ts'
import { listVersions, promote } from '../src/store/versions.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'rollback',
  summary: 'put another version in use, at once: the one before, or the one named',
  arguments: ['[version]'],
  examples: ['rollback', 'rollback 3'],
  async *run({ app, values: [wanted] }) {
    const versions = await listVersions(app.store, app.dataset)
    const current = versions.find((v) => v.current)?.number
    const number = wanted === undefined ? versions.findLast((v) => v.number < (current ?? 0))?.number : Number(wanted)
    if (!versions.some((v) => v.number === number))
      throw new UserError(
        'version.not-found',
        `Expected one of the versions ${versions.map((v) => v.number).join(', ') || '(none)'}, received ${wanted ?? 'none'}`,
      )
    await promote(app.store, app.dataset, number!)
    yield answer({ version: number, from: current ?? null })
  },
} satisfies Command
