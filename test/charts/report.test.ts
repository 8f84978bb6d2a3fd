// The report page: suspects first, long lists folded, cut ones say so, in both languages; nothing of strangers is HTML.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReportData } from '../../src/charts/report-data.ts'
import { drawReportPage } from '../../src/charts/report-page.ts'
import { drawStats } from '../../src/charts/stats.ts'
import { LANGUAGES, type Language } from '../../src/locales/language.ts'
import { loadReportWords } from '../../src/locales/report.ts'

const CURVE = [0.98, 1.97, 3.9, 7.8, 31.2].map((examples, i) => ({ examples, accuracy: 0.55 + i / 10 }))

function makeData(labels: number, more: Partial<ReportData> = {}): ReportData {
  const names = Array.from({ length: labels }, (_, i) => `label ${i}`)
  const copy = Uint8Array.of(1, 2, 3)
  return {
    madeAt: '2026-01-02 03:04 UTC',
    facts: {
      ...{ suspects: '2', leftOut: '1', conflicts: '1', copies: '0', examples: '9', labels: `${labels}` },
      ...{ accuracy: '97 %', balancedAccuracy: '96 %', sure: '80 %', unsure: '15 %', unknown: '5 %' },
    },
    labels: names.map((label, i) => ({ label, examples: i + 1, suspects: i === 0 ? 3 : 0 })),
    suspects: { shown: [{ copy, caption: '#1 <b>', note: '"odd"' }], of: 1 },
    conflicts: [{ copy, beside: copy, caption: '#2 cat', note: 'twice' }],
    confusions: { shown: [{ label: 'cat', takenFor: 'dog', count: 3 }], of: 1 },
    curve: CURVE,
    teachers: [{ teacher: 'bob', examples: 9, suspected: 0.25, contradicts: true }],
    ...more,
  }
}
const page = async (data: ReportData, language: Language = 'en'): Promise<string> =>
  drawReportPage(data, (await loadReportWords(language)).words)

test('suspects come first, then what they are compared with', async () => {
  const html = await page(makeData(3))
  const titles = [...html.matchAll(/<h2>([^<]+)</g)].map(([, title]) => title)
  assert.deepEqual(titles.slice(0, 3), ['Suspects', 'Nearly the same picture under two labels', 'Labels'])
  assert.match(html, /<dl><div><dt>Suspects<\/dt><dd class="bad">2</)
  assert.match(html, /#1 &#60;b&#62;<span>&#34;odd&#34;/)
  assert.doesNotMatch(html, /<b>|<script|https?:/)
})

test('many labels are folded, few are not', async () => {
  assert.doesNotMatch(await page(makeData(25)), /<details>/)
  const html = await page(makeData(120))
  assert.match(html, /<details><summary>Show 100 more<\/summary><table>/)
  assert.match(html.split('<details>')[1] ?? '', /label 119/)
})

test('a list that is cut says so', async () => {
  const data = makeData(3)
  const [suspect] = data.suspects.shown
  const shown = Array.from({ length: 60 }, () => suspect!)
  const cut = { suspects: { shown, of: 1234 }, confusions: { ...data.confusions, of: 85 } }
  const html = await page({ ...data, ...cut })
  assert.match(html, /These are the 60 most suspect of 1,234\./)
  assert.match(html, /<summary>Show 36 more/)
  assert.match(html, /most frequent of 85\./)
  assert.match(await page({ ...data, ...cut }, 'ja'), /全1,234枚のうち、特に疑わしい60枚です。/)
})

test('the curve counts pictures in whole numbers, with room between them', async () => {
  const html = await page(makeData(3))
  const ticks = [...html.matchAll(/text-anchor="middle">([^<]+)</g)].map(([, tick]) => tick)
  assert.deepEqual(ticks, ['31', '8', '4'])
  const stats = { labels: [], confusion: null, versions: [], learning: { curve: CURVE } }
  const words = { examples: 'a', confusion: 'b', accuracy: 'c', learning: 'd' }
  const [chart] = drawStats(stats, words)
  assert.deepEqual((chart?.option.xAxis as { data: string[] }).data, ['1', '2', '4', '8', '31'])
})

test('it speaks each language throughout', async () => {
  for (const language of LANGUAGES) {
    const html = await page(makeData(3), language)
    assert.match(html, new RegExp(`<html lang="${language}">`))
    assert.equal(/[ぁ-ん]/.test(html), language === 'ja')
    const { describeReasons } = await loadReportWords(language)
    const reason = describeReasons([{ kind: 'looks-like', label: '*cat*' }])
    assert.ok(reason.includes('*cat*') && !reason.includes('**'), reason)
  }
  const japanese = (await page(makeData(3), 'ja')).replace(/<style>.*?<\/style>|<[^>]+>/gs, ' ')
  const ours = (japanese.match(/[A-Za-z]{2,}/g) ?? []).filter(
    (word) => !/^(UTC|label|cat|dog|twice|odd|bob)$/.test(word),
  )
  assert.deepEqual(ours, [])
})

test('charts of the statistics that draw only some labels or versions say how many of all', () => {
  const labels = Array.from({ length: 120 }, (_, i) => ({ label: `label ${i}`, examples: i + 1 }))
  const counts = labels.map((_, i) => labels.map((_, j) => (i === j ? 5 : 0)))
  const stats = {
    labels,
    confusion: { labels: labels.map((l) => l.label), counts },
    versions: Array.from({ length: 40 }, (_, i) => ({ version: i + 1, accuracy: 0.9 })),
    learning: null,
  }
  const charts = drawStats(stats, { examples: 'a', confusion: 'b', accuracy: 'c', learning: 'd' })
  const headings = charts.map((chart) => (chart.option.title as { text: string }).text)
  assert.deepEqual(headings, ['a · 20/120', 'b · 20/120', 'c · 30/40'])
})
