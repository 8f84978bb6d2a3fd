import type { Results } from '../../../../commands/results.ts'
import { run } from '../../lib/api.ts'
import { convertPicture, mayBeConverted } from '../../lib/convert-picture.ts'
import { html, useRef, useState, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Field } from '../../ui/form.ts'
import { PickButton, useDrop } from '../../ui/pick-files.ts'
import { Shown } from '../../ui/picture.ts'
import { sayError } from '../../ui/say-error.ts'
import { ENOUGH } from './enough.ts'

type Box = { label: string; pictures: number }
type LabelBoxProps = Box & { number: number; isTaken: boolean; onChange: (box: Box) => void }

/** A label's name, and its pictures as they are added one after another. */
export function LabelBox({ label, pictures, number, isTaken, onChange }: LabelBoxProps): VNode {
  const { guide } = words().try
  const [shown, setShown] = useState<readonly string[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const [needsName, setNeedsName] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isNamed = label.trim() !== '' && !isTaken

  async function add(files: readonly File[]): Promise<void> {
    if (!isNamed) {
      setNeedsName(true)
      input.current?.focus()
      return
    }
    setBusy(true)
    let count = pictures
    for (const file of files) {
      const outcome = await addOne(label.trim(), file)
      if ('why' in outcome) setRefused((before) => [...before, outcome.why])
      else {
        onChange({ label, pictures: ++count })
        setShown((before) => [...before, URL.createObjectURL(outcome.file)])
      }
    }
    setBusy(false)
  }
  const { isOver, handlers } = useDrop((files) => void add(files))
  const name = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    setNeedsName(false)
    onChange({ label: currentTarget.value, pictures })
  }
  const error = isTaken ? guide.sameLabel : needsName ? guide.nameFirst : undefined
  return html`<section class=${`way label-box ${isOver ? 'over' : ''}`} ...${handlers}>
    <${Field} label=${guide.labelNumber(number)} error=${error}>
      <input type="text" ref=${input} maxlength="100" placeholder=${guide.labelHint} value=${label} readonly=${pictures > 0} onInput=${name} />
    <//>
    <div class="slots">
      ${shown.map((src) => html`<${Shown} key=${src} src=${src} alt="" />`)}
      ${Array.from({ length: Math.max(0, ENOUGH - shown.length) }, (_, i) => html`<span class="slot" key=${i}></span>`)}
    </div>
    <p class="quiet" aria-live="polite">${pictures >= ENOUGH ? guide.enough(pictures) : guide.progress(pictures, ENOUGH)}</p>
    ${refused.map((why, i) => html`<p class="field-error" role="alert" key=${i}><bdi>${why}</bdi></p>`)}
    <div class="actions">
      <${PickButton} icon="picture" busy=${isBusy} label=${isNamed ? guide.addTo(label) : undefined} onFiles=${add}>${guide.addPictures}<//>
      <span class="quiet drop-hint">${guide.dropHere}</span>
    </div>
  </section>`
}

type Added = { file: Blob } | { why: string }

/** Adds one picture, in a format that the server reads where this browser can make one. */
async function addOne(label: string, file: File): Promise<Added> {
  const outcome = await send(label, file.name, file)
  if (!('code' in outcome) || !mayBeConverted(outcome.code)) return outcome
  const converted = await convertPicture(file)
  return converted ? send(label, file.name, converted) : outcome
}

async function send(label: string, name: string, body: Blob): Promise<Added | { why: string; code: string }> {
  const { guide } = words().try
  try {
    const [result] = await run('label', { label }, { body, name })
    const { added, rejected } = result?.values as Results['added']
    const [bad] = rejected
    if (bad) return { why: guide.rejected(name, result?.refused[0]?.reason ?? bad.message), code: bad.code }
    return added > 0 ? { file: body } : { why: guide.duplicate(name) }
  } catch (error) {
    return { why: guide.rejected(name, sayError(error).title) }
  }
}
