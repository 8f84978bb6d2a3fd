import { type PageResult, run } from '../lib/api.ts'
import { plainText } from '../ui/plain-text.ts'
import { toast } from '../ui/toast.ts'

/** Says what was done, with its undo where there is one. */
export function sayDone(results: readonly PageResult[], onUndone: () => void): void {
  for (const { answer, choices } of results) {
    const undo = choices.find(({ key }) => key === 'undo')
    const takeBack = async (): Promise<void> => {
      if (undo) await run(undo.command, undo.options)
      onUndone()
    }
    toast(plainText(answer.headline), { tone: 'good', ...(undo && { undo: takeBack }) })
  }
}
