import type { EChartsOption } from 'echarts'
import { COLORS } from './colors.ts'
import { type RichStyles, shorten, withEmoji } from './text.ts'

/** `name`: of the file, without an ending. Sizes in pixels. */
export type Chart = { name: string; option: EChartsOption; width: number; height: number }

/** Wide enough to be read on a phone, where it is shown at half its size. */
export const WIDTH = 720
export const FONT_SIZE = 20
/** Labels that a chart has room for. */
export const MAX_LABELS = 20
/** Characters of a label on an axis. */
const LONGEST = 14

/** A chart's heading. */
export const title = (text: string) => ({
  text,
  left: 16,
  top: 12,
  textStyle: { color: COLORS.text, fontSize: FONT_SIZE + 4 },
})

/** A heading that says so where only some of all are drawn: no language has to. */
export const cutHeading = (heading: string, shown: number, of: number): string =>
  shown < of ? `${heading} · ${shown}/${of}` : heading

/** An axis of labels: emoji as pictures, long ones cut. */
export function labelAxis(labels: string[]) {
  const rich: RichStyles = {}
  const data = labels.map((label) => withEmoji(shorten(label, LONGEST), { size: FONT_SIZE }, rich))
  return { data, axisLabel: { color: COLORS.text, rich, interval: 0 } }
}
