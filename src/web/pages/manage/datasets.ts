import { run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { loadMe } from '../lib/me.ts'
import { go, hrefIn, place } from '../lib/place.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { keepComposition, readInto } from '../ui/choice-button.ts'
import { Field } from '../ui/form.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import { Panel } from './panel.ts'

/** The datasets of a server: what they hold, and what can be done with each. */
export function DatasetsTab(): VNode {
  const [changes, setChanges] = useState(0)
  const { value, error, reload } = useLoaded(() => run('datasets'), [changes])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  const refresh = (): void => {
    void loadMe().catch(() => {})
    setChanges((n) => n + 1)
  }
  return html`<div class="panels">
    ${value ? value.map((result) => html`<${AnswerCard} key=${changes} result=${result} />`) : html`<${Loading} />`}
    <${NewDataset} onMade=${refresh} />
  </div>`
}

function NewDataset({ onMade }: { onMade: () => void }): VNode {
  const { manage: w } = words()
  const [name, setName] = useState('')
  const send = (event: Event): void => {
    event.preventDefault()
    const { server } = place.value
    // It is made with its first pictures.
    go(hrefIn({ server, dataset: name.trim(), page: 'add' }))
    onMade()
  }
  return html`<${Panel} title=${w.newDataset} text=${w.newDatasetText}>
    <form class="inline-form" onSubmit=${send}>
      <${Field} label=${w.datasetName}>
        <input type="text" required maxlength="100" value=${name} onInput=${readInto(setName)} onKeyDown=${keepComposition} />
      <//>
      <${Button} type="submit">${w.open}<//>
    </form>
  <//>`
}
