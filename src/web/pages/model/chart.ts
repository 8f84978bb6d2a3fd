import type { ECharts, EChartsOption } from 'echarts'
import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { type Colours, watchColours } from './colours.ts'

type ChartProps = {
  title: string
  text?: string
  /** The same as numbers, for whoever does not see the chart. */
  table: { columns: readonly string[]; rows: readonly (readonly string[])[] }
  option: (colours: Colours) => EChartsOption
}

/** A chart with its title and its numbers. ECharts is loaded with the first one that is looked at. */
export function Chart({ title, text, table, option }: ChartProps): VNode {
  const { charts: w } = words().model
  const [isTable, setTable] = useState(false)
  return html`<section class="chart stack">
    <div class="row spread">
      <h2>${title}</h2>
      <${Button} size="small" kind="quiet" aria-expanded=${isTable ? 'true' : 'false'} onClick=${() => setTable(!isTable)}>${isTable ? w.chart : w.table}<//>
    </div>
    ${text && html`<p class="quiet">${text}</p>`}
    ${isTable ? html`<${Numbers} title=${title} table=${table} />` : html`<${Drawn} title=${title} table=${table} option=${option} />`}
  </section>`
}

const Numbers = ({ title, table: { columns, rows } }: Pick<ChartProps, 'title' | 'table'>): VNode =>
  html`<div class="table-scroll" tabindex="0" role="region" aria-label=${title}><table>
    <thead><tr>${columns.map((name) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((cells, r) => html`<tr key=${r}>${cells.map((cell, i) => html`<td key=${i}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`

function Drawn({ title, table, option }: Omit<ChartProps, 'text'>): VNode {
  const element = useRef<HTMLDivElement>(null)
  const latest = useRef(option)
  latest.current = option
  const redraw = useRef(() => {})
  useEffect(() => {
    let chart: ECharts | undefined
    let colours: Colours | undefined
    const draw = (): void => {
      if (chart && colours) chart.setOption(withDefaults(latest.current(colours), colours), true)
    }
    redraw.current = draw
    const stop = watchColours((now) => {
      colours = now
      draw()
    })
    const resize = new ResizeObserver(() => chart?.resize())
    let isGone = false
    void import('echarts').then(({ init }) => {
      if (isGone || !element.current) return
      chart = init(element.current, null, { renderer: 'canvas' })
      resize.observe(element.current)
      draw()
    })
    return () => {
      isGone = true
      stop()
      resize.disconnect()
      chart?.dispose()
    }
  }, [])
  useEffect(() => redraw.current(), [option])
  const said = table.rows.map((cells) => cells.join(', ')).join('; ')
  return html`<div class="chart-canvas" role="img" aria-label=${`${title}. ${table.columns.join(', ')}: ${said}`} ref=${element}></div>`
}

/** The policy of the page lets no HTML be written by a chart: its tooltips are drawn, too. */
function withDefaults(option: EChartsOption, { text, line, raised }: Colours): EChartsOption {
  const { fontFamily } = getComputedStyle(document.body)
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    textStyle: { color: text, fontFamily },
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    ...option,
    tooltip: {
      renderMode: 'richText',
      backgroundColor: raised,
      borderColor: line,
      textStyle: { color: text, fontFamily },
      confine: true,
      ...option.tooltip,
    },
  }
}
