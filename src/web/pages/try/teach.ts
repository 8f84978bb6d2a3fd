import type { Results } from '../../../commands/results.ts'
import { run } from '../lib/api.ts'
import { words } from '../lib/words.ts'
import { toast } from '../ui/toast.ts'
import { type Asked, changeAsked } from './asked.ts'

/** Adds a picture that was asked about to a label. Throws ApiError */
export async function teach({ id, file, name }: Asked, label: string): Promise<void> {
  const { try: w } = words()
  const [result] = await run('label', { label }, { body: file, name })
  if (!result) return
  const { added, duplicates } = result.values as Results['added']
  if (added + duplicates === 0) {
    toast(result.refused[0]?.reason ?? result.answer.headline, { tone: 'bad' })
    return
  }
  changeAsked(id, { taught: { label, wasThere: added === 0 } })
  const undo = result.choices.find(({ key }) => key === 'undo')
  const takeBack = async (): Promise<void> => {
    if (undo) await run(undo.command, undo.options)
    changeAsked(id, { taught: undefined })
  }
  toast(added > 0 ? w.taught(label) : w.alreadyTaught(label), { tone: 'good', undo: undo && takeBack })
}
