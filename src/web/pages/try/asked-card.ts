import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from '../ui/button.ts'
import { Shown } from '../ui/picture.ts'
import { sayError } from '../ui/say-error.ts'
import { Progress } from '../ui/states.ts'
import { type Asked, askAgain, removeAsked } from './asked.ts'
import { Verdict } from './verdict.ts'

/** A picture that was asked about, beside its answer. */
export function AskedCard({ asked }: { asked: Asked }): VNode {
  const { try: w } = words()
  const { name, src, outcome } = asked
  const tone = outcome && 'prediction' in outcome ? outcome.prediction.grade : outcome ? 'error' : 'neutral'
  return html`<article class=${`asked-card tone-${tone}`} aria-label=${name} aria-busy=${outcome ? undefined : 'true'}>
    <div class="asked-picture"><${Shown} key=${src} src=${src} alt=${w.pictureOf(name)} /></div>
    <div class="asked-answer" aria-live="polite">
      <${Outcome} asked=${asked} />
      <p class="asked-file quiet">
        <bdi>${name}</bdi>
        <${IconButton} size="small" icon="close" label=${w.remove(name)} onClick=${() => removeAsked(asked.id)} />
      </p>
    </div>
  </article>`
}

function Outcome({ asked }: { asked: Asked }): VNode {
  const { shell, try: w } = words()
  const { outcome } = asked
  if (!outcome) return html`<${Progress} done=${0} label=${w.asking} />`
  if ('prediction' in outcome) return html`<${Verdict} asked=${asked} outcome=${outcome} />`
  const why = 'refused' in outcome ? outcome.refused : sayError(outcome.error).title
  return html`<div class="verdict">
    <p class="grade">${w.broken}</p>
    <p>${why}</p>
    ${'error' in outcome && html`<div class="actions"><${Button} icon="undo" onClick=${() => askAgain(asked)}>${shell.retry}<//></div>`}
  </div>`
}
