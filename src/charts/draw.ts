import { type EChartsOption, init, setPlatformAPI } from 'echarts'
import { COLORS } from './colors.ts'
import { FAMILY } from './png.ts'

const DEFAULT_FONT = '12px'
/** From Hangul and kana on, letters are as wide as they are high. */
const WIDE_LETTER = /[\u1100-\u{1ffff}]/u
/** Width of other letters, as a share of their size. */
const NARROW = 0.56

// Nothing measures letters here: a wide one takes its size, another a little more than half of it.
setPlatformAPI({
  measureText(text: string, font = DEFAULT_FONT) {
    const size = Number(/(\d+(\.\d+)?)px/.exec(font)?.[1] ?? Number.parseInt(DEFAULT_FONT, 10))
    let width = 0
    for (const letter of text) width += WIDE_LETTER.test(letter) ? size : size * NARROW
    return { width }
  },
})

/** A chart as SVG: the same for a page and for a picture. Sizes in pixels. */
export function toSvg(option: EChartsOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({
    animation: false,
    backgroundColor: COLORS.background,
    textStyle: { fontFamily: FAMILY, color: COLORS.text },
    ...option,
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
