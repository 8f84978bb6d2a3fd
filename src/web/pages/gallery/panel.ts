import type { Results } from '../../../commands/results.ts'
import { type PageResult, read } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { AnswerText } from '../ui/answer-text.ts'
import { Button, IconButton } from '../ui/button.ts'
import { Dialog } from '../ui/dialog.ts'
import { Icon } from '../ui/icon.ts'
import { Picture, pictureHref } from '../ui/picture.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import { ChangeButtons } from './change-buttons.ts'
import { useChanges } from './changes.ts'
import type { ExampleDetails } from './details.ts'
import { Facts } from './facts.ts'
import type { Gallery } from './gallery.ts'
import { useIsNarrow } from './is-narrow.ts'

type PanelProps = { gallery: Gallery; onChanged: () => void }

/** Everything about the active picture: beside the others where there is room, otherwise before them. */
export function Panel({ gallery, onChanged }: PanelProps): VNode | null {
  const { gallery: w } = words()
  const isNarrow = useIsNarrow()
  const { ids, active, isOpen } = gallery
  const id = ids.value[active.value]
  if (!isOpen.value || id === undefined) return null
  const close = (): void => {
    isOpen.value = false
  }
  const body = html`<${About} id=${id} gallery=${gallery} onChanged=${onChanged} onClose=${isNarrow ? undefined : close} />`
  if (isNarrow) return html`<${Dialog} title=${w.details} onClose=${close} class="details-dialog">${body}<//>`
  return html`<aside class="details-panel" aria-label=${w.details}>${body}</aside>`
}

type AboutProps = { id: number; gallery: Gallery; onChanged: () => void; onClose?: (() => void) | undefined }

function About({ id, gallery, onChanged, onClose }: AboutProps): VNode {
  const { gallery: w } = words()
  const { ids, active, details } = gallery
  // Drawn again when its details arrive; its history is read again when something may have changed.
  details.version.value
  const { value, error, reload } = useLoaded(() => readExample(id), [id, details.generation.value])
  const shown = value?.id === id ? value : undefined
  const known = details.get(id) ?? shown?.example
  const [last, place] = [ids.value.length - 1, active.value]
  const step = (by: number): void => gallery.moveTo(Math.min(last, Math.max(0, place + by)))
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'ArrowRight') step(1)
    else return
    event.preventDefault()
  }
  // In a dialog the arrow keys work from the beginning.
  return html`<div class="details" tabindex="-1" autofocus=${!onClose} onKeyDown=${press}>
    <header class="details-head">
      <${IconButton} icon="left" label=${w.previous} disabled=${place <= 0} onClick=${() => step(-1)} />
      <span class="details-position">${w.position(place + 1, last + 1)}</span>
      <${IconButton} icon="right" label=${w.next} disabled=${place >= last} onClick=${() => step(1)} />
      <a class="button quiet icon-only details-download" href=${pictureHref(id, 512)} download=${known?.file.split('/').at(-1) ?? `${id}.jpg`}
        aria-label=${w.download} title=${w.download}><${Icon} name="download" /></a>
      ${onClose && html`<span class="details-close"><${IconButton} icon="close" label=${w.closeDetails} onClick=${onClose} /></span>`}
    </header>
    <${Large} key=${id} id=${id} details=${known} />
    ${
      error !== undefined && !known
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : known
          ? html`<${Known} details=${known} gallery=${gallery} onChanged=${onChanged} />`
          : html`<${Loading} count=${4} />`
    }
    ${shown && html`<${History} result=${shown.result} />`}
  </div>`
}

/** The picture as it is stored. A spoiler stays covered until somebody wants to see it. */
function Large({ id, details }: { id: number; details: ExampleDetails | undefined }): VNode {
  const [wants, setWants] = useState(false)
  const covered = details?.isSpoiler === true && !wants
  return html`<div class=${`details-picture ${covered ? 'covered' : ''}`}>
    <${Picture} example=${id} size=${512} alt=${details?.file ?? words().gallery.picture} />
    ${covered && html`<${Button} onClick=${() => setWants(true)}>${words().gallery.spoiler}<//>`}
  </div>`
}

type KnownProps = { details: ExampleDetails; gallery: Gallery; onChanged: () => void }

function Known({ details, gallery, onChanged }: KnownProps): VNode {
  const { gallery: w } = words()
  const { id, isSuspect, suggested, reasons } = details
  const { change, isBusy } = useChanges({ gallery, onChanged })
  const accept = (): void => {
    if (suggested !== null) void change('move', [id], suggested)
  }
  useShortcuts(w.details, suggested === null ? [] : [{ key: 'a', says: w.keys.accept, run: accept }])
  return html`<div class="stack">
    ${
      isSuspect &&
      html`<section class="suspect">
        <h2>${w.suspectTitle}</h2>
        ${reasons.map((reason) => html`<p key=${reason.kind}>${sayReason(reason)}</p>`)}
        <div class="actions">
          ${suggested !== null && html`<${Button} kind="primary" size="small" busy=${isBusy} onClick=${accept}>${w.accept(suggested)} <kbd>A</kbd><//>`}
          <${Button} size="small" busy=${isBusy} onClick=${() => void change('keep', [id])}>${w.keep}<//>
        </div>
      </section>`
    }
    <${Facts} details=${details} />
    <${ChangeButtons} gallery=${gallery} change=${change} isBusy=${isBusy} examples=${() => [id]} onWithdrawn=${onChanged} size="small" />
  </div>`
}

function sayReason(reason: ExampleDetails['reasons'][number]): string {
  const { reasons } = words().gallery
  return 'label' in reason ? reasons[reason.kind](reason.label) : reasons[reason.kind]
}

/** What was done with it, as the command `example` says it. */
function History({ result }: { result: PageResult }): VNode | null {
  const sections = (result.answer.sections ?? []).map(({ lines }) => ({ lines }))
  if (sections.length === 0) return null
  return html`<section class="details-history">
    <h2>${words().gallery.history}</h2>
    <${AnswerText} answer=${{ headline: '', sections }} />
  </section>`
}

async function readExample(id: number) {
  const result = (await read('example', { example: id })).find(({ key }) => key === 'example')
  if (!result) return undefined
  return { id, result, example: (result.values as Results['example']).example }
}
