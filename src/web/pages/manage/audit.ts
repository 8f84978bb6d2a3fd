import { read } from '../lib/api.ts'
import { useRevision } from '../lib/events.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { keepComposition, readInto } from '../ui/choice-button.ts'
import { Field } from '../ui/form.ts'
import { ErrorState, Loading } from '../ui/states.ts'

/** Who changed what and when, page by page. */
export function AuditTab(): VNode {
  const { manage: w } = words()
  const [typed, setTyped] = useState('')
  const [person, setPerson] = useState('')
  const revision = useRevision()
  const { value, error, reload } = useLoaded(() => read('audit', person ? { person } : {}), [person, revision])
  const send = (event: Event): void => {
    event.preventDefault()
    setPerson(typed.trim())
  }
  return html`<div class="stack">
    <form class="inline-form" onSubmit=${send}>
      <${Field} label=${w.auditPerson} hint=${w.personHint}>
        <input type="text" value=${typed} onInput=${readInto(setTyped)} onKeyDown=${keepComposition} />
      <//>
      <${Button} type="submit">${w.auditShow}<//>
    </form>
    ${
      error !== undefined
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : value
          ? value.map((result) => html`<${AnswerCard} key=${`${person} ${revision}`} result=${result} />`)
          : html`<${Loading} count=${6} />`
    }
  </div>`
}
