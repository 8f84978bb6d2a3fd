import { listEach } from '../src/files.ts'
import { openPredictor } from '../src/predictor.ts'
import { answer, command, paths, progress } from './command.ts'

export default command({
  name: 'predict',
  summary: 'say which label pictures belong to, or that none is known; stores nothing',
  options: { files: paths('pictures, or folders of them') },
  examples: ['predict new.jpg', 'predict ./folder'],
  async *run({ app, dataset, options: { files } }) {
    const predict = await openPredictor(app, dataset)
    let done = 0
    for await (const prediction of predict(listEach(files))) {
      yield answer(prediction)
      yield progress(++done)
    }
  },
})
