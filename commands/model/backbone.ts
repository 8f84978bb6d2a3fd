import type { App } from '../../src/app.ts'
import { answer, choice, command, type Event, progress, relay, text } from '../../src/commands/define.ts'
import { listBackbones } from '../../src/db/backbones.ts'
import { datasetBackbone, setDatasetBackbone } from '../../src/db/datasets.ts'
import { currentSummary } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { type Compared, compareBackbone } from '../../src/services/backbones/benchmark.ts'
import { completeFeatures } from '../../src/services/backbones/features.ts'

const ACTIONS = ['list', 'add', 'use', 'compare'] as const

export default command({
  name: 'backbone',
  summary:
    'list the networks that can see pictures, add or compare some, or use another one and see every picture again',
  access: 'admin',
  only: 'terminal',
  options: {
    action: choice('what to do', ACTIONS, { fallback: 'list' }),
    which: text(
      'an id or name from the list, the path of an ONNX file, or its address; compare: several, with commas',
      {
        optional: true,
      },
    ),
    input: text('a JSON file that says what the network takes; left out: NET.json beside NET.onnx', {
      optional: true,
      named: true,
    }),
    sha256: text('the hash of what is downloaded from an address', { optional: true, named: true }),
  },
  examples: [
    'backbone',
    'backbone add resnet50',
    'backbone compare mobilenet-v2-mid-b13,resnet50',
    'backbone use resnet50',
    'backbone use ./net.onnx --input net-input.json',
  ],
  async *run({ app, dataset, by, options: { action, which, ...from } }) {
    const before = await datasetBackbone(app.store, dataset)
    const all = await listBackbones(app.store)
    // What adds backbones is large: loaded when it is wanted, as every other verb starts sooner without.
    if (action === 'list') {
      const { ADDABLE } = await import('../../src/services/backbones/install.ts')
      const backbones = all.map(({ id, file, input }) => ({ id, file, input, current: id === before.id }))
      yield answer('backbones', {
        backbones,
        toAdd: ADDABLE.filter((name) => !all.some((b) => b.id.startsWith(`${name}@`))),
      })
      return
    }
    if (action === 'compare') {
      yield* compare(app, dataset, which?.split(',') ?? all.map((b) => b.id))
      return
    }
    if (which === undefined)
      throw new UserError(
        'backbone.argument-missing',
        `Expected \`backbone ${action} ID\` or \`backbone ${action} FILE\``,
      )
    const { findBackbone } = await import('../../src/services/backbones/install.ts')
    const backbone = yield* relay(findBackbone(app, which, from))
    if (action === 'add') {
      yield answer('backboneAdded', { backbone: backbone.id, file: backbone.file })
      return
    }
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

async function* compare(app: App, dataset: number, names: string[]): AsyncGenerator<Event> {
  const { findBackbone } = await import('../../src/services/backbones/install.ts')
  const compared: Compared[] = []
  for (const name of names) {
    const backbone = yield* relay(findBackbone(app, name.trim(), {}))
    compared.push(yield* relay(compareBackbone(app, dataset, backbone)))
  }
  compared.sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))
  yield answer('compared', { compared })
}
