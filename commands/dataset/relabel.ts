import { existsSync } from 'node:fs'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { examples, pictures, text } from '../../src/commands/options.ts'
import { findByNames, listExamplesOf } from '../../src/db/example-lists.ts'
import { UserError } from '../../src/errors.ts'
import { FileSources } from '../../src/files/sources.ts'
import type { Source } from '../../src/images/source.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import { identifyPicture } from '../../src/services/labeling.ts'
import { decideOnExamples } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'
import { requireSomeUsed } from '../shared/rejected.ts'
import { reviewed } from '../shared/reviewed.ts'

export default defineCommand({
  name: 'relabel',
  summary: 'move pictures to another label, whatever label they have now',
  access: 'teacher',
  isPrivate: true,
  options: {
    label: text('the label they should have', { suggest: 'labels', max: 100 }),
    examples: examples('their numbers (12), ranges (12-20), or files and folders', { optional: true }),
    pictures: pictures('the pictures themselves', { optional: true, frontEnds: ['discord', 'web'] }),
  },
  examples: ['relabel character-b mislabelled.png', 'relabel character-b 12 15-20'],
  async *run({ app, server, screen, namesAreFiles, dataset, by, requireAccess, options }) {
    const { label, examples = [], pictures } = options
    const target = parseLabel(label)
    const { numbers, sources, skipped } = await resolveNames({ app, dataset, namesAreFiles }, examples)
    if (pictures) sources.push(...(await Array.fromAsync(pictures)))
    if (numbers.length + sources.length === 0)
      throw new UserError('picture.missing', 'Expected the numbers or files of added pictures, received none')
    const as = actorOf(requireAccess)
    const { agreement } = await readSettings(app.db, server)
    const move = (some: number[]) =>
      decideOnExamples(app, dataset, { examples: some, decision: 'move', label: target, by, as, agreement })
    if (numbers.length > 0) yield reviewed('move', target.name, await move(numbers))
    if (sources.length === 0) return

    const moved: { file: string; from: string[] }[] = []
    const counts = { unchanged: 0, waiting: 0, refused: 0 }
    const { rejected } = yield* forEachPicture(sources, async (source) => {
      const misplaced = findMisplaced(await listExamplesOf(app.db, await identifyPicture(app, dataset, source)), target)
      if (misplaced.length === 0) {
        counts.unchanged++
        return
      }
      const { done, waiting, refused } = await move(misplaced.map((e) => e.example))
      counts.waiting += waiting
      counts.refused += refused
      if (done > 0) moved.push({ file: source.name, from: misplaced.map((e) => e.label) })
    })
    const { unchanged, waiting, refused } = counts
    yield result('moved', {
      label: target.name,
      moved,
      unchanged,
      ...(waiting > 0 && { waiting }),
      ...(refused > 0 && { refused }),
      rejected,
      ...(skipped > 0 && { skipped }),
    })
    requireSomeUsed({ screen }, { used: moved.length + unchanged + waiting, rejected })
  },
})

type Place = Awaited<ReturnType<typeof listExamplesOf>>[number]

/** The examples of a picture that another label learns from; where none does, those that are excluded or withdrawn. */
function findMisplaced(places: Place[], target: Label): Place[] {
  const kept = places.filter((e) => e.state === 'kept')
  return kept.length === 0 ? places : kept.filter((e) => parseLabel(e.label).key !== target.key)
}

type Where = { app: App; dataset: number; namesAreFiles: true | undefined }

/** A name is the number, range or file name of added pictures; on a command line, also a file or folder to look up. */
async function resolveNames({ app, dataset, namesAreFiles }: Where, names: string[]) {
  const numbers: number[] = []
  const paths: string[] = []
  const isFile = (name: string): boolean => namesAreFiles === true && !isNumber(name) && existsSync(name)
  const found = await findByNames(
    app.db,
    dataset,
    names.filter((name) => !isFile(name)),
  )
  for (const name of names) {
    const examples = found.get(name)
    if (examples) numbers.push(...examples)
    else if (!namesAreFiles || isNumber(name))
      throw new UserError('review.not-found', `Expected the number of an example, received ${name}`)
    else paths.push(name)
  }
  const files = new FileSources(paths)
  const sources: Source[] = paths.length === 0 ? [] : await Array.fromAsync(files)
  return { numbers, sources, skipped: files.skipped }
}

const isNumber = (name: string): boolean => /^#?\d+(-\d+)?$/.test(name)
