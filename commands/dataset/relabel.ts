import { existsSync } from 'node:fs'
import type { App } from '../../src/app.ts'
import { type Chat, defineCommand, result } from '../../src/commands/define.ts'
import { examples, pictures, text } from '../../src/commands/options.ts'
import { findByName, listExamplesOf } from '../../src/db/example-lists.ts'
import { UserError } from '../../src/errors.ts'
import { FileSources } from '../../src/files/sources.ts'
import type { Source } from '../../src/images/source.ts'
import { parseLabel } from '../../src/label.ts'
import { identifyPicture } from '../../src/services/labeling.ts'
import { decideOnExamples } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'
import { reviewed } from '../shared/reviewed.ts'

export default defineCommand({
  name: 'relabel',
  summary: 'move pictures to another label, whatever label they have now',
  access: 'teacher',
  options: {
    label: text('the label they should have', { suggest: 'labels', max: 100 }),
    examples: examples('their numbers (12), ranges (12-20), or files and folders', { optional: true }),
    pictures: pictures('the pictures themselves', { optional: true, frontEnds: ['discord'] }),
  },
  examples: ['relabel character-b mislabelled.png', 'relabel character-b 12 15-20'],
  async *run({ app, server, chat, dataset, by, requireAccess, options: { label, examples = [], pictures } }) {
    const target = parseLabel(label)
    const { numbers, sources } = await resolveNames({ app, chat, dataset }, examples)
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
    let unchanged = 0
    let waiting = 0
    const { rejected } = yield* forEachPicture(sources, async (source) => {
      const current = await listExamplesOf(app.db, await identifyPicture(app, dataset, source))
      const others = current.filter((e) => parseLabel(e.label).key !== target.key)
      if (others.length === 0) {
        unchanged++
        return
      }
      const outcome = await move(others.map((e) => e.example))
      waiting += outcome.waiting
      if (outcome.done > 0) moved.push({ file: source.name, from: others.map((e) => e.label) })
    })
    if (waiting > 0) yield reviewed('move', target.name, { done: 0, waiting, refused: 0 })
    else yield result('moved', { label: target.name, moved, unchanged, rejected })
  },
})

type Where = { app: App; chat: Chat | undefined; dataset: number }

/** A name is the number, range or file name of added pictures; on a command line, also a file or folder to look up. */
async function resolveNames({ app, chat, dataset }: Where, names: string[]) {
  const numbers: number[] = []
  const sources: Source[] = []
  for (const name of names) {
    // In a chat, a name never means a file of this machine.
    const isFile = !chat && !isNumber(name) && existsSync(name)
    const found = isFile ? undefined : await findByName(app.db, dataset, name)
    if (found) numbers.push(...found)
    else if (chat) throw new UserError('review.not-found', `Expected the number of an example, received ${name}`)
    else sources.push(...(await Array.fromAsync(new FileSources([name]))))
  }
  return { numbers, sources }
}

const isNumber = (name: string): boolean => /^#?\d+(-\d+)?$/.test(name)
