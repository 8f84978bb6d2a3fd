import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

const here = createRequire(import.meta.url)
/** Latin and Japanese; comes with the program, so that a machine needs no fonts. */
const FONTS = [
  here.resolve('@expo-google-fonts/m-plus-1p/400Regular/MPLUS1p_400Regular.ttf'),
  here.resolve('@expo-google-fonts/m-plus-1p/700Bold/MPLUS1p_700Bold.ttf'),
]
const NAME = 'M PLUS 1p'
/** As CSS has it. */
export const FAMILY = `'${NAME}'`

/** @param width in pixels; left out: half as large again as it says */
export function toPng(svg: string, width?: number): Buffer {
  return new Resvg(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: NAME },
    fitTo: width === undefined ? { mode: 'zoom', value: 1.5 } : { mode: 'width', value: width },
  })
    .render()
    .asPng()
}
