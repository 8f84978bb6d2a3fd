import { existsSync } from 'node:fs'
import { defineCommand, result } from '../../src/commands/define.ts'
import { examples, pictures, text } from '../../src/commands/options.ts'
import { findByName, listExamplesOf } from '../../src/db/reviews.ts'
import { UserError } from '../../src/errors.ts'
import { sourcesOf } from '../../src/files.ts'
import type { Source } from '../../src/images/source.ts'
import { parseLabel } from '../../src/label.ts'
import { identifyPicture } from '../../src/services/labeling.ts'
import { review } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'

export default defineCommand({
  name: 'relabel',
  summary: 'move filed pictures to another label, whichever they are under now',
  access: 'teacher',
  options: {
    label: text('the label that they belong to', { suggest: 'labels', max: 100 }),
    examples: examples('their numbers (12), ranges (12-20), or files and folders', { optional: true }),
    pictures: pictures('the pictures themselves', { optional: true, frontEnds: ['discord'] }),
  },
  examples: ['relabel character-b misfiled.png', 'relabel character-b 12 15-20'],
  async *run({ options: { label, examples = [], pictures }, ...where }) {
    const { app, server, dataset, by, chat } = where
    const parsed = parseLabel(label)
    const numbers: number[] = []
    const sources: Source[] = pictures ? await Array.fromAsync(pictures) : []
    for (const name of examples) {
      // A chat's names are no files of this machine.
      const isFile = !chat && !isNumber(name) && existsSync(name)
      const found = isFile ? undefined : await findByName(app.db, dataset, name)
      if (found) numbers.push(...found)
      else if (chat) throw new UserError('review.not-found', `Expected the number of an example, received ${name}`)
      else sources.push(...(await Array.fromAsync(sourcesOf([name]))))
    }
    if (numbers.length + sources.length === 0)
      throw new UserError('picture.missing', 'Expected numbers or files of filed pictures, received none')
    const { agreement } = await readSettings(app.db, server)
    const move = (some: number[]) => review(app, dataset, some, { decision: 'move', label: parsed }, by, agreement)
    if (numbers.length > 0) yield result('reviewed', { decision: 'move', label: parsed.name, ...(await move(numbers)) })
    if (sources.length === 0) return
    const moved: { file: string; from: string[] }[] = []
    let [unchanged, waiting] = [0, 0]
    const { rejected } = yield* forEachPicture(sources, async (source) => {
      const filed = await listExamplesOf(app.db, await identifyPicture(app, dataset, source))
      const others = filed.filter((e) => parseLabel(e.label).key !== parsed.key)
      const outcome = await move(others.map((e) => e.example))
      waiting += outcome.waiting
      if (outcome.done > 0) moved.push({ file: source.name, from: others.map((e) => e.label) })
      else if (others.length === 0) unchanged++
    })
    if (waiting > 0) yield result('reviewed', { decision: 'move', label: parsed.name, done: 0, waiting })
    else yield result('moved', { label: parsed.name, moved, unchanged, rejected })
  },
})

const isNumber = (name: string): boolean => /^#?\d+(-\d+)?$/.test(name)
