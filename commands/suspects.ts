import { listScores, listSuspects } from '../src/store/suspicions.ts'
import { answer, command, flag } from './command.ts'
import { sayReason } from './reasons.ts'

export default command({
  name: 'suspects',
  summary: 'list the pictures that look wrongly filed, most suspect first, and why',
  access: 'reviewer',
  quiet: true,
  options: { all: flag('every example with its score', { optional: true, named: true }) },
  examples: ['suspects', 'suspects --all --json'],
  async *run({ app, dataset, chat, options: { all } }) {
    const suspects = await listSuspects(app.store, dataset)
    if (chat || (!all && suspects.length === 0)) {
      yield answer('suspects', { suspects })
      return
    }
    const line = (
      id: number,
      file: string,
      label: string,
      suggested: string | null,
      score: number | null,
      why: string,
    ) => answer('suspect', { id, file, label, suggested, score, reason: why })
    if (!all)
      for (const s of suspects)
        yield line(s.example, s.file, s.label, s.suggested, s.score, s.reasons.map(sayReason).join('; '))
    else
      for (const { example, file, label, score, suspect } of await listScores(app.store, dataset)) {
        const why = (suspect?.reasons ?? []).map(sayReason).join('; ')
        yield line(example, file, label, suspect?.suggested ?? null, suspect?.score ?? score, why)
      }
  },
})
