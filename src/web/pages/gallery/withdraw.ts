import { run } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { confirm } from '../ui/dialog.ts'
import { plainText } from '../ui/plain-text.ts'
import { toast, toastError } from '../ui/toast.ts'
import type { Gallery } from './gallery.ts'
import { offerUndo } from './undo.ts'

type WithdrawProps = { gallery: Gallery; examples: readonly number[]; size?: 'small' | undefined; onDone: () => void }

/** Takes everything out of training that whoever added some pictures has added: where one person added all of them. */
export function WithdrawButton({ gallery, examples, size, onDone }: WithdrawProps): VNode | null {
  const { gallery: w } = words()
  const teacher = soleTeacher(gallery, examples)
  if (teacher === undefined || !may('manager')) return null
  const withdraw = async (): Promise<void> => {
    try {
      await withdrawAfterAsking(teacher)
    } catch (error) {
      toastError(error)
    } finally {
      gallery.details.outdate()
      onDone()
    }
  }
  return html`<${Button} kind="danger" size=${size} onClick=${withdraw}>${w.withdraw}<//>`
}

/** Who added all of them; undefined where they were several, or it is not known of some. */
function soleTeacher({ details }: Gallery, examples: readonly number[]): string | undefined {
  const people = new Set(examples.map((id) => details.get(id)?.by))
  const [one] = people
  return people.size === 1 ? one : undefined
}

async function withdrawAfterAsking(teacher: string): Promise<void> {
  const { gallery: w } = words()
  let [result] = await run('withdraw', { teacher })
  for (;;) {
    const choice = result?.choices.find(({ key }) => key === 'withdraw')
    if (!result || !choice) break
    const title = plainText(result.answer.headline)
    if (!(await confirm({ title, text: w.withdrawText, action: choice.label, danger: true })))
      return // Asked once more where they added others meanwhile.
    ;[result] = await run(choice.command, choice.options)
  }
  if (!result) return
  const said = plainText(result.answer.headline)
  const putBack = result.choices.find(({ key }) => key === 'putBack')
  if (!putBack) toast(said)
  else
    offerUndo(said, async () => {
      const [back] = await run(putBack.command, putBack.options)
      return back ? plainText(back.answer.headline) : words().shell.undone
    })
}
