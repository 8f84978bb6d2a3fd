import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { type EChartsOption, init, setPlatformAPI } from 'echarts'
import { INK } from './text.ts'

const here = createRequire(import.meta.url)
/** Latin and Japanese; comes with the program, so that a machine needs no fonts. */
const FONTS = [
  here.resolve('@expo-google-fonts/m-plus-1p/400Regular/MPLUS1p_400Regular.ttf'),
  here.resolve('@expo-google-fonts/m-plus-1p/700Bold/MPLUS1p_700Bold.ttf'),
]
const FAMILY = "'M PLUS 1p'"

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

/** @param width in pixels; left out: half as large again as it says */
export function toPng(svg: string, width?: number): Buffer {
  return new Resvg(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'M PLUS 1p' },
    fitTo: width === undefined ? { mode: 'zoom', value: 1.5 } : { mode: 'width', value: width },
  })
    .render()
    .asPng()
}
