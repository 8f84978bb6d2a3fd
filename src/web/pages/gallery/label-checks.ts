import { html, useState, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { formatNumber, words } from '../lib/words.ts'
import { readInto } from '../ui/choice-button.ts'
import { readLabels } from '../ui/label-picker.ts'
import { ErrorState, Loading } from '../ui/states.ts'

/** Labels that are drawn: of thousands one types a part of the name. */
const MOST_SHOWN = 200
/** From so many on, a line finds them. */
const MANY = 12

type LabelChecksProps = { chosen: readonly string[]; onChange: (chosen: string[]) => void }

/** Any number of labels to choose. */
export function LabelChecks({ chosen, onChange }: LabelChecksProps): VNode {
  const { filter: w } = words().gallery
  const { value: labels, error, reload } = useLoaded(readLabels, [])
  const [typed, setTyped] = useState('')
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!labels) return html`<${Loading} count=${2} />`
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  const isChosen = new Set(chosen)
  const found = labels
    .filter(({ label }) => isChosen.has(label) || label.normalize('NFKC').toLowerCase().includes(wanted))
    .slice(0, MOST_SHOWN)
  const toggle = (label: string): void =>
    onChange(isChosen.has(label) ? chosen.filter((each) => each !== label) : [...chosen, label])
  return html`<fieldset class="label-checks">
    <legend class="field-label">${w.labels}</legend>
    ${labels.length > MANY && html`<input type="search" aria-label=${w.findLabel} placeholder=${w.findLabel} value=${typed} onInput=${readInto(setTyped)} />`}
    <div class="checks">
      ${found.map(
        ({ label, examples }) => html`<label class="check" key=${label}>
          <input type="checkbox" checked=${isChosen.has(label)} onChange=${() => toggle(label)} />
          <bdi>${label}</bdi><small>${formatNumber(examples)}</small>
        </label>`,
      )}
    </div>
    <span class="field-hint">${w.labelsHint}</span>
  </fieldset>`
}
