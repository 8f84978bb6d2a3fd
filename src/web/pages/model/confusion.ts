import { html, useEffect, useMemo, useRef, useState, type VNode } from '../lib/html.ts'
import { go, hrefOf } from '../lib/place.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Select } from '../ui/form.ts'
import { type Colours, watchColours } from './colours.ts'
import { ConfusionTable } from './confusion-table.ts'
import { type Cell, drawMatrix, measureNames } from './draw-matrix.ts'
import { type Confusions, type Layout, layoutOf, type Order, orderOf } from './matrix.ts'

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** What is taken for what; every cell opens its pictures. */
export function Confusion({ confusion }: { confusion: Confusions }): VNode {
  const { confusion: w, charts } = words().model
  const [isTable, setTable] = useState(false)
  const [by, setBy] = useState<Order>('mistakes')
  const orders = (['mistakes', 'name'] as const).map((value) => ({ value, label: w.orders[value] }))
  return html`<section class="stack">
    <div class="row spread">
      <h2>${w.title}</h2>
      <div class="row">
        ${!isTable && html`<${Select} label=${w.order} value=${by} options=${orders} onChange=${(v: string) => setBy(v === 'name' ? 'name' : 'mistakes')} />`}
        <${Button} size="small" kind="quiet" aria-expanded=${isTable ? 'true' : 'false'} onClick=${() => setTable(!isTable)}>${isTable ? charts.chart : charts.table}<//>
      </div>
    </div>
    <p class="quiet">${w.text}</p>
    ${isTable ? html`<${ConfusionTable} confusion=${confusion} />` : html`<${Matrix} confusion=${confusion} by=${by} />`}
  </section>`
}

function Matrix({ confusion, by }: { confusion: Confusions; by: Order }): VNode {
  const { confusion: w } = words().model
  const { labels, counts } = confusion
  const order = useMemo(() => orderOf(confusion, by), [confusion, by])
  const [layout, setLayout] = useState<Layout | undefined>(undefined)
  const [colours, setColours] = useState<Colours | undefined>(undefined)
  const [at, setAt] = useState<Cell | undefined>(undefined)
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => watchColours(setColours), [])
  useEffect(() => {
    const longest = measureNames(labels)
    const resize = new ResizeObserver(
      ([entry]) => entry && setLayout(layoutOf(labels.length, { width: entry.contentRect.width, longest })),
    )
    if (box.current) resize.observe(box.current)
    return () => resize.disconnect()
  }, [labels])
  useEffect(() => {
    if (canvas.current && layout && colours) drawMatrix(canvas.current, { confusion, order, layout, colours })
  }, [confusion, order, layout, colours])

  const pairAt = ({ row, column }: Cell) => {
    const [r, c] = [order[row] ?? 0, order[column] ?? 0]
    return { label: labels[r] ?? '', takenFor: labels[c] ?? '', count: counts[r]?.[c] ?? 0 }
  }
  const open = (cell: Cell): void => {
    const { label, takenFor } = pairAt(cell)
    go(hrefOf('gallery', { label, predicted: takenFor }))
  }
  const cellUnder = ({ offsetX, offsetY }: MouseEvent): Cell | undefined => {
    if (!layout) return undefined
    const [row, column] = [offsetY, offsetX].map((pixels) => Math.floor((pixels - layout.names) / layout.cell))
    const isIn = (place: number | undefined): place is number =>
      place !== undefined && place >= 0 && place < labels.length
    return isIn(row) && isIn(column) ? { row, column } : undefined
  }
  const press = (event: KeyboardEvent): void => {
    const [rows, columns] = STEPS[event.key] ?? []
    const now = at ?? { row: 0, column: 0 }
    if (rows !== undefined && columns !== undefined) {
      const clamp = (place: number): number => Math.min(labels.length - 1, Math.max(0, place))
      setAt(at ? { row: clamp(now.row + rows), column: clamp(now.column + columns) } : now)
    } else if (event.key === 'Enter' && at) open(at)
    else return
    event.preventDefault()
  }
  const told = at && pairAt(at)
  const say = told && w.cell(told.label, told.takenFor, told.count)
  return html`<div class="stack">
    <div class="matrix" ref=${box}>
      <div class="matrix-box" role="application" tabindex="0" aria-label=${w.matrix(labels.length)} aria-describedby="matrix-cell" onKeyDown=${press}
        onFocus=${() => at || setAt({ row: 0, column: 0 })}>
        <canvas ref=${canvas} aria-hidden="true" onMouseMove=${(event: MouseEvent) => {
          const under = cellUnder(event)
          if (under) setAt(under)
        }} onClick=${(event: MouseEvent) => {
          const under = cellUnder(event)
          if (under) open(under)
        }}></canvas>
        ${at && layout && html`<span class="matrix-mark" style=${markAt(at, layout)}></span>`}
      </div>
    </div>
    <p class="matrix-cell" id="matrix-cell" aria-live="polite">
      ${told ? html`<bdi>${say}</bdi> <a data-page href=${hrefOf('gallery', { label: told.label, predicted: told.takenFor })}>${w.open}</a>` : html`<span class="quiet">${w.hint}</span>`}
    </p>
  </div>`
}

const markAt = ({ row, column }: Cell, { names, cell }: Layout) => ({
  left: `${names + column * cell}px`,
  top: `${names + row * cell}px`,
  width: `${cell}px`,
  height: `${cell}px`,
})
