import { CATALOGUE } from '../../models/backbones/catalogue.ts'
import type { App } from '../../src/app.ts'
import { type CommandEvent, result } from '../../src/commands/define.ts'
import { joinBackboneIds, listBackbones, splitBackboneIds } from '../../src/db/backbones.ts'
import { datasetBackboneIds } from '../../src/db/datasets.ts'
import { UserError } from '../../src/errors.ts'
import type { Progress } from '../../src/progress.ts'
import type { BackboneBenchmark } from '../../src/services/backbones/benchmark.ts'
import { useBackbones } from '../../src/services/backbones/use.ts'

/** Where the description and the hash of a network come from, if it is a file or a URL. */
type InstallOptions = { input?: string | undefined; sha256?: string | undefined }

/** What installs backbones is large: it is loaded only when needed, so that other commands start sooner. */
const loadInstaller = () => import('../../src/services/backbones/install.ts')

export async function* listAvailable({ db }: App, dataset: number): AsyncGenerator<CommandEvent> {
  const { factsOf, listInstallable } = await import('../../src/services/backbones/facts.ts')
  const used: string[] = await splitBackboneIds(db, await datasetBackboneIds(db, dataset))
  const known = await listBackbones(db)
  const catalogue = listInstallable(known.map(({ id }) => id))
  yield result('backbones', {
    backbones: known.map(({ id, file, input }) => ({
      id,
      file,
      input,
      current: used.includes(id),
      facts: factsOf(id),
    })),
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
 * Cross-validates a dataset under each backbone, best first. @param names may name several that answer together; by default every backbone that
 * is there, and the best two together
 * @param from for names that are files or URLs; a description or a hash is of one network alone
 */
export async function* compareBackbones(
  app: App,
  dataset: number,
  names: string[] | undefined,
  from: InstallOptions,
): AsyncGenerator<CommandEvent> {
  const { installBackbones } = await import('../../src/services/backbones/install-several.ts')
  const { benchmarkBackbones } = await import('../../src/services/backbones/benchmark.ts')
  const compared: BackboneBenchmark[] = []
  const compare = async function* (name: string): AsyncGenerator<Progress> {
    const backbones = yield* installBackbones(app, name.trim(), from)
    const { benchmark } = yield* benchmarkBackbones(app, dataset, backbones)
    compared.push(benchmark)
    compared.sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))
  }
  for (const name of names ?? (await listBackbones(app.db)).map((b) => b.id)) yield* compare(name)
  const [best, second] = compared
  if (!names && best && second) yield* compare(joinBackboneIds([{ id: best.backbone }, { id: second.backbone }]))
  yield result('compared', { compared })
}

/** Computes the features of every picture under other backbones, then makes them the dataset's own. */
export async function* switchBackbone(
  { app, dataset, by }: { app: App; dataset: number; by: string },
  which: string | undefined,
  from: InstallOptions,
): AsyncGenerator<CommandEvent> {
  const { installBackbones } = await import('../../src/services/backbones/install-several.ts')
  const backbones = yield* installBackbones(app, required(which, 'use'), from)
  yield result('backboneChanged', yield* useBackbones(app, dataset, { backbones, by }))
}

/** Compares what is there, and switches to what is chosen. @param budget milliseconds that a picture may take */
export async function* switchToBest(
  { app, dataset, by }: { app: App; dataset: number; by: string },
  budget: number | undefined,
): AsyncGenerator<CommandEvent> {
  const { chooseBackbones } = await import('../../src/services/backbones/choose.ts')
  const { backbones, compared, ...choice } = yield* chooseBackbones(app, dataset, { budget })
  yield result('compared', { compared })
  yield result('backboneChanged', { ...(yield* useBackbones(app, dataset, { backbones, by })), choice })
}

/**
 * Where names of files mean nothing: what is there already, what the catalogue has, and URLs. @param names as in `backbone`
 * Throws UserError backbone.not-found
 */
export async function requireNoFile(app: App, names: string): Promise<void> {
  const { findBackbone } = await loadInstaller()
  const isKnown = async (name: string): Promise<boolean> =>
    /^https?:/.test(name) || CATALOGUE.some((entry) => entry.name === name) || (await findBackbone(app, name)) !== null
  for (const name of names.split(/[+,]/).map((part) => part.trim()))
    if (!(await isKnown(name)))
      throw new UserError('backbone.not-found', `Expected the name of a backbone or a URL, received ${name}`)
}

/** Throws UserError backbone.argument-missing. */
function required(which: string | undefined, action: string): string {
  if (which !== undefined) return which
  throw new UserError(
    'backbone.argument-missing',
    `Expected \`backbone ${action} ID\` or \`backbone ${action} FILE\`, received neither`,
  )
}
