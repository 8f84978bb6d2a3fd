import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

const { resolve } = createRequire(import.meta.url)
/** Latin and Japanese; comes with the program, so that a machine needs no fonts. */
const FONTS = [
  resolve('@expo-google-fonts/m-plus-1p/400Regular/MPLUS1p_400Regular.ttf'),
  resolve('@expo-google-fonts/m-plus-1p/700Bold/MPLUS1p_700Bold.ttf'),
]
const NAME = 'M PLUS 1p'
/** As CSS has it. */
export const FAMILY = `'${NAME}'`

/** So that a phone, which has more pixels than a chart, shows it sharp. */
const ZOOM = 1.5

/** @param width in pixels; left out: one and a half times what the SVG says */
export function toPng(svg: string, width?: number): Buffer {
  return new Resvg(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: NAME },
    fitTo: width === undefined ? { mode: 'zoom', value: ZOOM } : { mode: 'width', value: width },
  })
    .render()
    .asPng()
}
