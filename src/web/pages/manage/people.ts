import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { keepComposition, readInto } from '../ui/choice-button.ts'
import { Field } from '../ui/form.ts'
import { Panel, useCommand } from './panel.ts'

/** What is done about the contributions of one person. */
export const PeopleTab = (): VNode => html`<div class="panels"><${Withdraw} /><${CleanUp} /></div>`

function Withdraw(): VNode {
  const { manage: w } = words()
  const [teacher, setTeacher] = useState('')
  const { start, isBusy, shown } = useCommand()
  const ask = (restore: boolean): void => {
    if (teacher.trim()) void start('withdraw', { teacher: teacher.trim(), ...(restore && { restore }) })
  }
  const send = (event: Event): void => {
    event.preventDefault()
    ask(false)
  }
  return html`<${Panel} title=${w.withdraw} text=${w.withdrawText}>
    <form class="stack" onSubmit=${send}>
      <${Field} label=${w.person} hint=${w.personHint}>
        <input type="text" required value=${teacher} onInput=${readInto(setTeacher)} onKeyDown=${keepComposition} />
      <//>
      <div class="actions">
        <${Button} type="submit" busy=${isBusy}>${w.withdrawAction}<//>
        <${Button} kind="quiet" busy=${isBusy} onClick=${() => ask(true)}>${w.restoreAction}<//>
      </div>
    </form>
    ${shown}
  <//>`
}

function CleanUp(): VNode {
  const { manage: w } = words()
  const [person, setPerson] = useState('')
  const [since, setSince] = useState('2h')
  const { start, isBusy, shown } = useCommand()
  const send = (event: Event): void => {
    event.preventDefault()
    void start('clean-up', { person: person.trim(), since: since.trim() })
  }
  return html`<${Panel} title=${w.cleanUp} text=${w.cleanUpText}>
    <form class="stack" onSubmit=${send}>
      <${Field} label=${w.person} hint=${w.personHint}>
        <input type="text" required value=${person} onInput=${readInto(setPerson)} onKeyDown=${keepComposition} />
      <//>
      <${Field} label=${w.since} hint=${w.sinceHint}>
        <input type="text" required value=${since} onInput=${readInto(setSince)} onKeyDown=${keepComposition} />
      <//>
      <div class="actions"><${Button} type="submit" busy=${isBusy}>${w.cleanUpAction}<//></div>
    </form>
    ${shown}
  <//>`
}
