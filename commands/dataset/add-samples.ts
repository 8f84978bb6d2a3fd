import { defineCommand } from '../../src/commands/define.ts'
import { countLabels } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { sampleQuestions, sampleSources } from '../../src/services/samples/sample-pictures.ts'
import { addAndReport } from '../shared/add-pictures.ts'

export default defineCommand({
  name: 'add-samples',
  summary: 'add drawn pictures of two characters to an empty dataset, to try everything with',
  access: 'teacher',
  frontEnds: ['web'],
  hidden: true,
  options: {},
  examples: [],
  createsDataset: true,
  async *run(call) {
    const labels = await countLabels(call.app.db, call.dataset)
    if (labels.length > 0)
      throw new UserError('samples.not-empty', `Expected an empty dataset, found ${labels.length} labels`)
    // The result offers pictures to ask about that were not added.
    for await (const event of addAndReport(call, sampleSources(), {}))
      yield 'result' in event ? { result: { ...event.result, gallery: await sampleQuestions() } } : event
  },
})
