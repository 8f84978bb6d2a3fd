import { basename } from 'node:path'
import type { App } from '../../src/app.ts'
import type { Chat, Screen } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { UserError } from '../../src/errors.ts'
import { CHAT_ZIP, TERMINAL_ZIP } from '../../src/files/zip/limits.ts'
import type { OpenZip, ZipFailure, ZippedFile } from '../../src/files/zip/open-zip.ts'
import type { Source } from '../../src/images/source.ts'
import { isSpoiler, SPOILER_PREFIX } from '../../src/images/spoiler.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import type { FairQueue } from '../../src/workers/fair-queue.ts'

/** Pictures of a ZIP that take their turn together. */
const PACE = 20

export type Call = {
  app: App
  screen?: Screen
  chat?: Chat
  namesAreFiles?: true
  server: string
  dataset: number
  by: string
  /** As `Call` of src/commands/define.ts. */
  begunAt?: string
}

/** What turns up while pictures are listed. `total`: pictures so far; others: as in the result `added`. */
export class Listing {
  total = 0
  readonly rejected: Rejected[] = []
  skipped = 0
  readonly parts: string[] = []
  hasSpoilers = false
  /** Folders in ZIPs, where all of them are added to one label. */
  folders = 0
  private readonly call: Call
  private readonly opened: OpenZip[] = []
  private endTurn: (() => void) | undefined

  constructor(call: Call) {
    this.call = call
  }

  /** A ZIP that somebody handed over. Of those that are sent, few are open at once: each may be in memory. Throws UserError zip.*, download.*, file.*, busy.* */
  async open(source: Source): Promise<OpenZip> {
    const { app, screen, server, namesAreFiles } = this.call
    if (!namesAreFiles) this.endTurn ??= await takeTurn(app.zipQueue, server)
    // Loaded when it is used: other commands start sooner.
    const { openZip } = await import('../../src/files/zip/open-zip.ts')
    const bytes = (await source.zip?.()) ?? { bytes: await source.read() }
    const zip = await openZip(bytes, namesAreFiles ? TERMINAL_ZIP : (screen?.zipLimits ?? CHAT_ZIP))
    this.opened.push(zip)
    this.skipped += zip.skipped
    this.reject(source, zip.failures)
    return zip
  }

  /** To be called when everything was read. */
  close(): void {
    for (const zip of this.opened) zip.close()
    this.endTurn?.()
  }

  reject(zip: Source, failures: readonly ZipFailure[]): void {
    for (const { path, error } of failures)
      this.rejected.push({ ...rejection(error), file: path === null ? zip.name : this.nameOf(zip, path) })
  }

  /** The files of a ZIP as pictures under a label, given out as fast as this person may add pictures. */
  async *give(zip: Source, files: readonly ZippedFile[], label: Label): AsyncGenerator<LabelledSource> {
    for await (const file of this.inTurn(files, { of: zip, total: files.length }))
      yield { source: this.toSource(zip, file), label }
  }

  /** Pictures, given out in the same way. `of`: what they come from. */
  async *inTurn<T>(items: Iterable<T> | AsyncIterable<T>, { of, total }: { of: Source; total: number }) {
    let given = 0
    for await (const item of items) {
      if (given % PACE === 0 && !(await this.mayGo(of, Math.max(1, Math.min(PACE, total - given))))) return
      given++
      yield item
    }
  }

  /** Waits for the turn of some pictures. False: what is left is not added, and it is said why. */
  private async mayGo(zip: Source, pictures: number): Promise<boolean> {
    try {
      await this.call.screen?.waitForPictures?.(pictures)
      return true
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      this.rejected.push({ file: zip.name, ...rejection(error) })
      return false
    }
  }

  private toSource(zip: Source, { path, read }: ZippedFile): Source {
    const inside = path.join('/')
    const isCovered = isSpoiler(zip.name)
    this.hasSpoilers ||= isCovered
    const storedAs = isCovered ? SPOILER_PREFIX + inside : inside
    return { name: this.nameOf(zip, inside), storedAs, read }
  }

  /** Whoever sent a ZIP knows which; a terminal names files so that they can be found. */
  nameOf({ name }: Source, inside: string): string {
    return this.call.namesAreFiles ? `${basename(name)}/${inside}` : inside
  }
}

export const rejection = ({ code, message }: UserError): Omit<Rejected, 'file'> => ({ code, message })

/** A folder's name as a label; what is wrong with it as a value. */
export function parseFolderName(name: string): Label | UserError {
  try {
    return parseLabel(name)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

/** Resolves when it is this group's turn, to what ends it. Throws UserError busy.* */
async function takeTurn(queue: FairQueue, group: string): Promise<() => void> {
  const started = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const turn = queue.run(group, () => {
    started.resolve()
    return ended.promise
  })
  turn.catch(started.reject)
  await started.promise
  return ended.resolve
}
