import type { ServiceContext } from '../../context.ts'
import { readServerOf } from '../../db/datasets.ts'
import { openForgotten } from '../../db/forgotten.ts'
import { type ExportedDecision, type ExportedExample, restoreDecisions } from '../../db/restore-decisions.ts'
import { UserError } from '../../errors.ts'
import type { ExportFiles } from '../../files/export-files.ts'
import type { Source } from '../../images/source.ts'
import { type Label, parseLabel } from '../../label.ts'
import { type ManifestDecision, type ManifestExample, manifestPart } from '../export/manifest.ts'
import type { ExportedSource, Trust } from './exported-example.ts'
import { type Manifest, readManifest } from './read-manifest.ts'

/** What an export has beside its pictures. */
const BESIDE = ['metadata.csv', 'classifier.onnx', 'classifier.json']
/** Decisions that are written in one transaction. */
const DECISIONS_AT_ONCE = 200

type Options = { dataset: number; trust: Trust; nameOf(path: string): string }
type Refused = { path: string; error: UserError }

/** A dataset that was exported, to be merged into one that is there. */
export class OpenExport {
  readonly manifest: Manifest
  private readonly app: ServiceContext
  private readonly files: ExportFiles
  private readonly options: Options

  private constructor(app: ServiceContext, { manifest, files, options }: Parts) {
    this.app = app
    this.manifest = manifest
    this.files = files
    this.options = options
  }

  /** Undefined: these files are no export. Throws as `readManifest` */
  static async open(app: ServiceContext, files: ExportFiles, options: Options): Promise<OpenExport | undefined> {
    const manifest = await readManifest(files)
    return manifest && new OpenExport(app, { manifest, files, options })
  }

  /** Whether all of it counts as added by whoever imports it. */
  get isYours(): boolean {
    return this.options.trust !== 'operator'
  }

  /** The pictures in the order in which they were added; or why one is refused. Files that no line names come at the end. */
  async *examples(): AsyncGenerator<ExportedSource | Refused> {
    const { dataset, trust, nameOf } = this.options
    const { db } = this.app
    const servers = [await readServerOf(db, dataset), this.manifest.header.server]
    const isForgotten = await openForgotten(db, servers)
    const named = new Set<string>()
    for await (const line of this.manifest.lines()) {
      if (line.kind !== 'example') continue
      const path = line.picture
      named.add(path.normalize('NFC'))
      const label = tryLabel(line.label)
      const owners = [line.addedBy, ...(line.postedBy === undefined ? [] : [line.postedBy])]
      const addition = { at: line.addedAt, pixelHash: Buffer.from(line.pixelHash, 'hex') }
      if (label instanceof UserError) yield { path, error: label }
      else if (trust === 'teacher' && line.state !== 'kept') yield { path, error: decided(line) }
      else if (owners.some((person) => isForgotten({ ...addition, person }))) yield { path, error: forgotten() }
      else {
        const source: Source = { name: nameOf(path), storedAs: line.file, read: () => this.files.read(path) }
        yield { source, label, exported: line, trust }
      }
    }
    for await (const path of this.files.list())
      if (!named.has(path.normalize('NFC')) && !BESIDE.includes(path) && manifestPart(path) === undefined)
        yield { path, error: notListed() }
  }

  /** Once the pictures are there: what reviewers had decided about them. @returns how many decisions it wrote down */
  async restoreDecisions(): Promise<number> {
    const { dataset, trust } = this.options
    if (trust !== 'operator' || this.manifest.decisions === 0) return 0
    const about = await this.readDecidedAbout()
    let restored = 0
    let some: ExportedDecision[] = []
    for await (const line of this.manifest.lines()) {
      const decision = line.kind === 'decision' && toDecision(line, about)
      if (decision) some.push(decision)
      if (some.length < DECISIONS_AT_ONCE) continue
      restored += await restoreDecisions(this.app.db, dataset, some)
      some = []
    }
    return restored + (await restoreDecisions(this.app.db, dataset, some))
  }

  /** The examples that were decided about, by the numbers that they had. */
  private async readDecidedAbout(): Promise<Map<number, ExportedExample>> {
    const ids = new Set<number>()
    for await (const line of this.manifest.lines()) if (line.kind === 'decision') ids.add(line.example)
    const about = new Map<number, ExportedExample>()
    for await (const line of this.manifest.lines()) {
      if (line.kind !== 'example' || !ids.has(line.id)) continue
      const label = tryLabel(line.label)
      if (label instanceof UserError) continue
      const { addedBy, addedAt } = line
      about.set(line.id, { label, pixelHash: Buffer.from(line.pixelHash, 'hex'), addedBy, addedAt })
    }
    return about
  }
}

type Parts = { manifest: Manifest; files: ExportFiles; options: Options }

/** Undefined where a decision names a label that can be none. */
function toDecision(
  { before, ...line }: ManifestDecision,
  about: Map<number, ExportedExample>,
): ExportedDecision | undefined {
  const example = about.get(line.example)
  const labels = [line.label, before?.label, before?.labelNow, before?.after?.labelNow]
  const isSound = labels.every((label) => label === undefined || !(tryLabel(label) instanceof UserError))
  return example && isSound ? { ...line, before, example } : undefined
}

function tryLabel(text: string): Label | UserError {
  try {
    return parseLabel(text)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

const decided = ({ state }: ManifestExample): UserError =>
  new UserError(
    'import.decided',
    `Expected a picture that is learned from, received one that is ${state}: ask a manager`,
  )

const forgotten = (): UserError =>
  new UserError('import.forgotten', 'Expected a picture that nobody had forgotten, received one that was')

const notListed = (): UserError =>
  new UserError('import.not-listed', 'Expected a file that the manifest names, received another')
