import type { App } from '../../src/app.ts'
import { type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { choice, text } from '../../src/commands/options.ts'
import { listBackbones } from '../../src/db/backbones.ts'
import { datasetBackbone, setDatasetBackbone } from '../../src/db/datasets.ts'
import { readActiveSummary } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { type BackboneBenchmark, benchmarkBackbone } from '../../src/services/backbones/benchmark.ts'
import { completeFeatures } from '../../src/services/backbones/features.ts'

const ACTIONS = ['list', 'add', 'use', 'compare'] as const

export default defineCommand({
  name: 'backbone',
  summary:
    'list the networks that can see pictures, add or compare some, or use another one and see every picture again',
  access: 'operator',
  frontEnds: ['cli'],
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
    const before = await datasetBackbone(app.db, dataset)
    const all = await listBackbones(app.db)
    // What adds backbones is large: loaded when it is wanted, as every other verb starts sooner without.
    if (action === 'list') {
      const { ADDABLE } = await import('../../src/services/backbones/install.ts')
      const backbones = all.map(({ id, file, input }) => ({ id, file, input, current: id === before.id }))
      yield result('backbones', {
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
    const { installBackbone } = await import('../../src/services/backbones/install.ts')
    const backbone = yield* installBackbone(app, which, from)
    if (action === 'add') {
      yield result('backboneAdded', { backbone: backbone.id, file: backbone.file })
      return
    }
    const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
    const views = yield* completeFeatures(app, dataset, backbone, effort)
    // Only now: a run that is cut off leaves the one before in use.
    await setDatasetBackbone(app.db, dataset, backbone.id, by)
    yield result('backboneChanged', { backbone: backbone.id, from: before.id, views })
  },
})

async function* compare(app: App, dataset: number, names: string[]): AsyncGenerator<CommandEvent> {
  const { installBackbone } = await import('../../src/services/backbones/install.ts')
  const compared: BackboneBenchmark[] = []
  for (const name of names) {
    const backbone = yield* installBackbone(app, name.trim(), {})
    compared.push(yield* benchmarkBackbone(app, dataset, backbone))
  }
  compared.sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))
  yield result('compared', { compared })
}
