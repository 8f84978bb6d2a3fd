import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, defineCommand, result, type Screen } from '../../src/commands/define.ts'
import { flag, pictures, text } from '../../src/commands/options.ts'
import type { Source } from '../../src/images/source.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import { findUnderLabel, removeFromLabel } from '../../src/services/labeling.ts'
import { actorAlone } from '../shared/actor.ts'
import { mustAsk } from '../shared/confirm.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'
import { requireSomeUsed } from '../shared/rejected.ts'

export default defineCommand({
  name: 'unlabel',
  summary: 'remove pictures from a label; your own files stay',
  access: 'teacher',
  isPrivate: true,
  options: {
    label: text('the label to remove them from', { suggest: 'labels' }),
    pictures: pictures('pictures, or folders of pictures'),
    yes: flag('remove several without asking', { optional: true, named: true, frontEnds: ['cli'] }),
  },
  examples: ['unlabel character-a wrong.png', 'unlabel character-a ./wrong --yes'],
  async *run({ app, server, screen, canChoose, dataset, by, requireAccess, options: { label, pictures, yes } }) {
    const from = parseLabel(label)
    const as = await actorAlone({ app, server }, requireAccess)
    const sources = await Array.fromAsync(pictures)
    if (sources.length > 1 && mustAsk({ screen, canChoose }, yes)) {
      yield* askToRemove({ app, dataset, screen }, from, sources)
      return
    }
    const remove = (source: Source) => removeFromLabel(app, { dataset, by, as }, { source, label: from })
    const { done, rejected } = yield* forEachPicture(sources, remove)
    yield result('removed', { removed: done, rejected })
    requireSomeUsed({ screen }, { used: done, rejected })
  },
})

type Where = { app: App; dataset: number; screen: Screen | undefined }

/** Finds out which pictures they are first: those that are confirmed are removed, and no others. */
async function* askToRemove(
  { app, dataset, screen }: Where,
  label: Label,
  sources: Source[],
): AsyncGenerator<CommandEvent> {
  const examples = new Set<number>()
  const { rejected } = yield* forEachPicture(sources, async (source) => {
    examples.add(await findUnderLabel(app, dataset, { source, label }))
  })
  const options = { label: label.name, examples: [...examples].join(',') }
  const choices: Choice[] = [{ key: 'removeThem', command: 'remove-examples', options }]
  if (examples.size === 0) yield result('removed', { removed: 0, rejected })
  else yield result('removeAsk', { label: label.name, pictures: examples.size, rejected }, { choices })
  requireSomeUsed({ screen }, { used: examples.size, rejected })
}
