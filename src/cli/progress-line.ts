import type { TerminalWords } from '../locales/terminal-words.ts'
import type { Progress } from '../progress.ts'
import { displayWidth, fitColumns } from './render/width.ts'

export type ProgressWords = TerminalWords['progress']

type Line = Progress & {
  /** The command. */
  name: string
  total: number
  /** Since this piece of work began. */
  seconds: number
}

/** Blocks of a bar, where there is room for them. */
const BAR = 24
/** Before this many seconds the rate says nothing about the time left. */
const LEAST_SECONDS = 1

/**
 * One line with a bar, how far it is, the rate and the time left. On a narrow terminal the least important parts are dropped, so that it
 * always fits.
 */
export function formatProgress(line: Line, { columns, words }: { columns: number; words: ProgressWords }): string {
  const { name, done, total } = line
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const full = Math.round(BAR * share)
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full)
  const { amount, rate, left } = describe(line, words)
  const parts = [
    [name, bar, [amount, rate, left]],
    [name, bar, [amount, left]],
    [name, '', [amount, left]],
    [name, '', [amount]],
  ] as const
  const candidates = parts.map(([title, blocks, rest]) => {
    const text = rest.filter(Boolean).join(' · ')
    return [title, blocks, text].filter(Boolean).join(' ')
  })
  return candidates.find((c) => displayWidth(c) <= columns) ?? fitColumns(amount, columns)
}

function describe(line: Line, words: ProgressWords): { amount: string; rate: string; left: string } {
  const { done, total, of, seconds } = line
  const amount = words.amount(done, total, of)
  const perSecond = done / seconds
  if (seconds < LEAST_SECONDS || !(perSecond > 0)) return { amount, rate: '', left: '' }
  return {
    amount,
    rate: of === 'percent' ? '' : words.rate(perSecond),
    left: done < total ? words.left((total - done) / perSecond) : '',
  }
}
