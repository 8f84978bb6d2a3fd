import { UserError } from '../src/errors.ts'
import { listFiles } from '../src/files.ts'
import { openPredictor } from '../src/predictor.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'predict',
  summary: 'say which label pictures belong to, or that none is known; stores nothing',
  arguments: ['<files...>'],
  examples: ['predict new.jpg', 'predict ./folder'],
  async *run({ app, values }) {
    const predict = await openPredictor(app, app.dataset)
    for await (const prediction of predict(files(values))) yield answer(prediction)
  },
} satisfies Command

async function* files(paths: string[]): AsyncGenerator<string> {
  for (const path of paths) {
    // A missing path is one bad answer among others: the predictor says so when it reads it.
    try {
      yield* listFiles(path)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      yield path
    }
  }
}
