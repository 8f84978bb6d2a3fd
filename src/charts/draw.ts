import { type EChartsOption, init, setPlatformAPI } from 'echarts'
import { FAMILY } from './png.ts'
import { INK } from './text.ts'

// Nobody measures letters here: a wide one takes its size, another a little more than half of it.
setPlatformAPI({
  measureText(text: string, font = '12px') {
    const size = Number(/(\d+(\.\d+)?)px/.exec(font)?.[1] ?? 12)
    let width = 0
    for (const c of text) width += /[\u1100-\u{1ffff}]/u.test(c) ? size : size * 0.56
    return { width } as TextMetrics
  },
})

/** A chart as SVG: the same for a page and for a picture. */
export function toSvg(option: EChartsOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({
    animation: false,
    backgroundColor: INK.background,
    textStyle: { fontFamily: FAMILY, color: INK.text },
    ...option,
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
