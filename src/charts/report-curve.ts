import { escapeHtml, type Html } from './html.ts'
import { examplesText } from './stats-data.ts'

/** `examples` a label; `accuracy`: share of right answers, 0 to 1. */
export type CurvePoint = { examples: number; accuracy: number }

/** In the SVG's units, which a page scales. */
const WIDTH = 600
const HEIGHT = 260
const LEFT = 74
const RIGHT = 34
const TOP = 16
const BOTTOM = 36
/** Between two numbers below the line, so that they can be told apart on a phone. */
const MIN_APART = 48
/** Accuracies that the axis shows at least, so that small differences stay small. */
const MIN_RANGE = 0.1

/** The learning curve as SVG; nothing where it has fewer than two points. */
export function learningCurve(curve: CurvePoint[], percent: (share: number) => string): Html {
  const last = curve.at(-1)
  if (!last || curve.length < 2) return ''
  const least = Math.min(1 - MIN_RANGE, Math.floor(10 * Math.min(...curve.map((point) => point.accuracy))) / 10)
  const xOf = (examples: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * examples) / last.examples
  const yOf = (accuracy: number): number => TOP + ((HEIGHT - BOTTOM - TOP) * (1 - accuracy)) / (1 - least)

  const points = curve.map(({ examples, accuracy }) => ({ x: xOf(examples), y: yOf(accuracy), examples }))
  const at = ({ x, y }: { x: number; y: number }): string => `${x.toFixed(1)},${y.toFixed(1)}`
  const dots = points.map(({ x, y }) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="currentColor"/>`)
  const numbers = farApart(points).map(
    ({ x, examples }) =>
      `<text x="${x.toFixed(1)}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(examplesText(examples))}</text>`,
  )
  const marks = [least, 1].map((accuracy) => {
    const y = yOf(accuracy)
    const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`
    return `${line}<text x="${LEFT - 10}" y="${y + 6}" text-anchor="end">${escapeHtml(percent(accuracy))}</text>`
  })
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${marks.join('')}` +
    `<polyline points="${points.map(at).join(' ')}" fill="none" stroke="currentColor" stroke-width="3"/>` +
    `${dots.join('')}${numbers.join('')}</svg>`
  )
}

/** Those with room for their number, from the last on: it counts most. */
function farApart<T extends { x: number }>(points: T[]): T[] {
  const kept: T[] = []
  for (const point of points.toReversed())
    if (kept.length === 0 || (kept.at(-1)?.x ?? 0) - point.x >= MIN_APART) kept.push(point)
  return kept
}
