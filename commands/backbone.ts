import { completeFeatures, findBackbone } from '../src/backbones.ts'
import { UserError } from '../src/errors.ts'
import { listBackbones } from '../src/store/backbones.ts'
import { datasetBackbone, setDatasetBackbone } from '../src/store/datasets.ts'
import { currentSummary } from '../src/store/versions.ts'
import { answer, choice, command, progress, text } from './command.ts'

export default command({
  name: 'backbone',
  summary: 'list the networks that can see pictures, or use another one and see every picture again',
  access: 'admin',
  only: 'terminal',
  options: {
    action: choice('what to do', ['list', 'use'] as const, { fallback: 'list' }),
    which: text('an id from the list, or the path of an ONNX file', { optional: true }),
    input: text('a JSON file that says what the network takes; left out: NET.json beside NET.onnx', {
      optional: true,
      named: true,
    }),
  },
  examples: ['backbone', 'backbone use ./net.onnx --input net-input.json', 'backbone use mobilenet-v2-mid-b13@1'],
  async *run({ app, dataset, by, options: { action, which, input } }) {
    const before = await datasetBackbone(app.store, dataset)
    if (action === 'list') {
      const all = await listBackbones(app.store)
      const backbones = all.map(({ id, file, input }) => ({ id, file, input, current: id === before.id }))
      yield answer('backbones', { backbones })
      return
    }
    if (which === undefined)
      throw new UserError('backbone.argument-missing', 'Expected `backbone use ID` or `backbone use FILE`')
    const backbone = await findBackbone(app, which, input)
    let views = 0
    const effort = (await currentSummary(app.store, dataset))?.effort ?? 'fast'
    for await (const { done, total } of completeFeatures(app, dataset, backbone, effort)) {
      views = done
      yield progress(done, total)
    }
    // Only now: a run that is cut off leaves the one before in use.
    await setDatasetBackbone(app.store, dataset, backbone.id, by)
    yield answer('backboneChanged', { backbone: backbone.id, from: before.id, views })
  },
})
