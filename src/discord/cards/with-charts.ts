import { listCharts, type StatsChart } from '../../charts/stats-data.ts'
import type { Words } from '../../locales/words.ts'
import type { Page } from './pages.ts'

/** Each chart that there is beside the numbers it belongs to, and those that belong to none on pages of their own. */
export function withCharts(pages: Page[], stats: StatsChart, words: Words): Page[] {
  const charts = listCharts(stats)
  const [first] = pages
  const written = pages.map(({ texts, chart }) => (chart && charts.includes(chart) ? { texts, chart } : { texts }))
  const placed = written.map((page) => page.chart)
  const others = charts.filter((chart) => !placed.includes(chart))
  const [headline = ''] = first?.texts[0]?.split('\n') ?? []
  return [...written, ...others.map((chart) => ({ texts: [`${headline}\n**${words.charts[chart]}**`], chart }))]
}
