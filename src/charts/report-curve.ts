import { type Html, percent } from './html.ts'
import { examplesText } from './stats-data.ts'

/** `examples` a label; `accuracy`: share of right answers, 0 to 1. */
export type CurvePoint = { examples: number; accuracy: number }

/** In the SVG's units, which a page scales. */
const WIDTH = 600
const HEIGHT = 240
const LEFT = 44
const RIGHT = 30
const TOP = 14
const BOTTOM = 28
/** Accuracies that the axis shows at least, so that small differences stay small. */
const MIN_RANGE = 0.1

/** The learning curve as SVG; nothing where it has fewer than two points. */
export function learningCurve(curve: CurvePoint[]): Html {
  const last = curve.at(-1)
  if (!last || curve.length < 2) return ''
  const least = Math.floor(10 * Math.min(...curve.map((point) => point.accuracy))) / 10
  const range = Math.max(MIN_RANGE, 1 - least)
  const xOf = (examples: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * examples) / last.examples
  const yOf = (accuracy: number): number => TOP + ((HEIGHT - BOTTOM - TOP) * (1 - accuracy)) / range

  const points = curve.map(({ examples, accuracy }) => ({
    x: xOf(examples).toFixed(1),
    y: yOf(accuracy).toFixed(1),
    label: examplesText(examples),
  }))
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ')
  const dots = points.map(
    ({ x, y, label }) =>
      `<circle cx="${x}" cy="${y}" r="4" fill="currentColor"/>` +
      `<text x="${x}" y="${HEIGHT - 8}" text-anchor="middle">${label}</text>`,
  )
  const marks = [least, 1].map((accuracy) => `<text x="0" y="${yOf(accuracy) + 4}">${percent(accuracy)}</text>`)
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">` +
    `<polyline points="${line}" fill="none" stroke="currentColor" stroke-width="3"/>` +
    `${dots.join('')}${marks.join('')}</svg>`
  )
}
