import { fetchBytes, root } from '../lib/api.ts'
import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { useInView } from '../lib/use-in-view.ts'
import { Picture } from './picture.ts'

/** The newest example of each label, by address; undefined: it has none that this person may see. */
const known = new Map<string, Promise<number | undefined>>()
/** Milliseconds for which the same picture is shown. */
const KEPT_MS = 60_000

function newestOf(label: string): Promise<number | undefined> {
  const key = `${root()} ${label}`
  const found = known.get(key)
  if (found) return found
  const reading = fetchBytes(`gallery/ids?${new URLSearchParams({ label })}`).then(
    (bytes) => new Uint32Array(bytes)[0],
    // Without a picture a label is still there.
    () => undefined,
  )
  known.set(key, reading)
  setTimeout(() => known.delete(key), KEPT_MS)
  return reading
}

/** What a label looks like: one small picture of it, once it comes into view. */
export function LabelPicture({ label }: { label: string }): VNode {
  const element = useRef<HTMLSpanElement>(null)
  const [example, setExample] = useState<number | undefined>(undefined)
  useEffect(() => setExample(undefined), [label])
  useInView(element, () => {
    let isGone = false
    void newestOf(label).then((id) => isGone || setExample(id))
    return () => {
      isGone = true
    }
  }, [label])
  return html`<span class="label-picture" ref=${element} aria-hidden="true">
    ${example !== undefined && html`<${Picture} example=${example} size=${160} alt="" />`}
  </span>`
}
