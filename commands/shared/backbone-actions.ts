import type { App } from '../../src/app.ts'
import { type CommandEvent, result } from '../../src/commands/define.ts'
import { listBackbones } from '../../src/db/backbones.ts'
import { datasetBackbone, setDatasetBackbone } from '../../src/db/datasets.ts'
import { readActiveSummary } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { type BackboneBenchmark, benchmarkBackbone } from '../../src/services/backbones/benchmark.ts'
import { completeFeatures } from '../../src/services/backbones/features.ts'

/** Where the description and the hash of a network come from, if it is a file or a URL. */
type InstallOptions = { input?: string | undefined; sha256?: string | undefined }

/** What installs backbones is large: it is loaded only when needed, so that other commands start sooner. */
const loadInstaller = () => import('../../src/services/backbones/install.ts')

export async function* listAvailable({ db }: App, dataset: number): AsyncGenerator<CommandEvent> {
  const { factsOf, listInstallable } = await import('../../src/services/backbones/facts.ts')
  const active = await datasetBackbone(db, dataset)
  const known = await listBackbones(db)
  const catalogue = listInstallable(known.map(({ id }) => id))
  yield result('backbones', {
    backbones: known.map(({ id, file, input }) => ({ id, file, input, current: id === active.id, facts: factsOf(id) })),
    toAdd: catalogue.map(({ name }) => name),
    catalogue,
  })
}

export async function* addBackbone(
  app: App,
  which: string | undefined,
  from: InstallOptions,
): AsyncGenerator<CommandEvent> {
  const { installBackbone } = await loadInstaller()
  const { id, file } = yield* installBackbone(app, required(which, 'add'), from)
  yield result('backboneAdded', { backbone: id, file })
}

/**
 * Cross-validates a dataset under each backbone, best first. @param names by default every backbone that was added
 * @param from for names that are files or URLs; a description or a hash is of one network alone
 */
export async function* compareBackbones(
  app: App,
  dataset: number,
  names: string[] | undefined,
  from: InstallOptions,
): AsyncGenerator<CommandEvent> {
  const { installBackbone } = await loadInstaller()
  const compared: BackboneBenchmark[] = []
  for (const name of names ?? (await listBackbones(app.db)).map((b) => b.id)) {
    const backbone = yield* installBackbone(app, name.trim(), from)
    compared.push(yield* benchmarkBackbone(app, dataset, backbone))
  }
  compared.sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))
  yield result('compared', { compared })
}

/** Computes the features of every picture under another backbone, then makes it the dataset's own. */
export async function* switchBackbone(
  { app, dataset, by }: { app: App; dataset: number; by: string },
  which: string | undefined,
  from: InstallOptions,
): AsyncGenerator<CommandEvent> {
  const { installBackbone } = await loadInstaller()
  const before = await datasetBackbone(app.db, dataset)
  const backbone = yield* installBackbone(app, required(which, 'use'), from)
  const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
  const views = yield* completeFeatures(app, dataset, { backbone, effort })
  // Last: a run that is cut off leaves the previous one active.
  await setDatasetBackbone(app.db, dataset, { backbone: backbone.id, by })
  yield result('backboneChanged', { backbone: backbone.id, from: before.id, views })
}

/** Throws UserError backbone.argument-missing. */
function required(which: string | undefined, action: string): string {
  if (which !== undefined) return which
  throw new UserError(
    'backbone.argument-missing',
    `Expected \`backbone ${action} ID\` or \`backbone ${action} FILE\`, received neither`,
  )
}
