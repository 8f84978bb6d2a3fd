import { type PageResult, run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import type { PageChoice } from '../ui/choice-button.ts'
import { Icon } from '../ui/icon.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import { toastError } from '../ui/toast.ts'
import type { Asked, Prediction } from './asked.ts'
import { changeAsked } from './asked.ts'
import { teach } from './teach.ts'
import { Why } from './why.ts'

type FeedbackProps = { asked: Asked; prediction: Prediction; choices: readonly PageChoice[] }

/** Right, wrong or why; and then to teach the picture. */
export function Feedback({ asked, prediction, choices }: FeedbackProps): VNode {
  const { try: w } = words()
  const [busy, setBusy] = useState<'right' | 'wrong' | 'why' | 'teach' | undefined>(undefined)
  const [picks, setPicks] = useState<'truth' | 'teach' | undefined>(undefined)
  const [why, setWhy] = useState<PageResult | undefined>(undefined)
  const { id, said, taught } = asked
  const choiceOf = (key: string): PageChoice | undefined => choices.find((choice) => choice.key === key)

  async function busyWith(what: NonNullable<typeof busy>, work: () => Promise<void>): Promise<void> {
    setBusy(what)
    try {
      await work()
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(undefined)
    }
  }
  const confirmRight = ({ command, options }: PageChoice) =>
    busyWith('right', async () => {
      await run(command, options)
      changeAsked(id, { said: { right: true } })
    })
  const correct = (truth: string) =>
    busyWith('wrong', async () => {
      const wrong = choiceOf('wrong')
      if (wrong) await run(wrong.command, { ...wrong.options, truth })
      changeAsked(id, { said: { right: false, truth } })
    })
  const explain = ({ command, options }: PageChoice) =>
    busyWith('why', async () => setWhy((await run(command, options))[0]))
  const teachAs = (label: string) => busyWith('teach', () => teach(asked, label))
  const pick = (label: string): void => {
    const isTruth = picks === 'truth'
    setPicks(undefined)
    void (isTruth ? correct(label) : teachAs(label))
  }

  const right = prediction.label !== null && choiceOf('right')
  const wrong = choiceOf('wrong')
  const asks = choiceOf('why')
  const truth = said?.right === false ? said.truth : prediction.label
  return html`<div class="feedback">
    ${said && html`<p class="noted"><${Icon} name="check" size=${18} />${said.right ? w.notedRight : w.notedWrong(said.truth)}</p>`}
    ${taught && html`<p class="noted"><${Icon} name="check" size=${18} /><bdi>${taught.wasThere ? w.alreadyTaught(taught.label) : w.taught(taught.label)}</bdi></p>`}
    <div class="actions">
      ${!said && right && html`<${Button} icon="check" busy=${busy === 'right'} onClick=${() => confirmRight(right)}>${w.right}<//>`}
      ${!said && wrong && prediction.label !== null && html`<${Button} icon="cross" busy=${busy === 'wrong'} onClick=${() => setPicks('truth')}>${w.wrong}<//>`}
      ${
        !taught &&
        may('teacher') &&
        (said && truth !== null
          ? html`<${Button} kind="primary" icon="add" busy=${busy === 'teach'} onClick=${() => teachAs(truth)}>${w.teachAs(truth)}<//>`
          : prediction.label === null &&
            html`<${Button} icon="add" busy=${busy === 'teach'} onClick=${() => setPicks('teach')}>${w.teach}<//>`)
      }
      ${!why && asks && html`<${Button} kind="quiet" icon="question" busy=${busy === 'why'} onClick=${() => explain(asks)}>${w.why}<//>`}
    </div>
    ${why && html`<${Why} result=${why} onClose=${() => setWhy(undefined)} />`}
    ${
      picks &&
      html`<${LabelPicker} title=${picks === 'truth' ? w.whatIsIt : w.teachWhich} likely=${prediction.top.map(({ label }) => label)}
        without=${prediction.label === null ? [] : [prediction.label]} onPick=${pick} onClose=${() => setPicks(undefined)} />`
    }
  </div>`
}
