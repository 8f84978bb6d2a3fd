import { html, useState, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { ENOUGH } from './enough.ts'
import { LabelBox } from './label-box.ts'

type OwnPicturesProps = { onReady: () => void; onBack: () => void }
type Box = { label: string; pictures: number }

/** Two labels, each with a place for its pictures. */
export function OwnPictures({ onReady, onBack }: OwnPicturesProps): VNode {
  const { guide } = words().try
  const [boxes, setBoxes] = useState<readonly [Box, Box]>([
    { label: '', pictures: 0 },
    { label: '', pictures: 0 },
  ])
  const [first, second] = boxes
  const change = (i: number, box: Box): void => setBoxes(([a, b]) => (i === 0 ? [box, b] : [a, box]))
  const isSame = first.label !== '' && key(first.label) === key(second.label)
  const isReady = !isSame && boxes.every(({ label, pictures }) => label !== '' && pictures >= ENOUGH)
  return html`<div class="stack">
    <div class="ways">
      ${boxes.map((box, i) => html`<${LabelBox} key=${i} number=${i + 1} isTaken=${i === 1 && isSame} onChange=${(next: Box) => change(i, next)} ...${box} />`)}
    </div>
    <div class="actions center">
      <${Button} onClick=${onBack}>${guide.back}<//>
      <${Button} kind="primary" size="large" disabled=${!isReady} onClick=${onReady}>${guide.train}<//>
    </div>
  </div>`
}

/** As labels are compared: without case, and in all of Unicode's widths. */
const key = (label: string): string => label.normalize('NFKC').toLowerCase()
