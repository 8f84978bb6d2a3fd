import type { Progress } from '../progress.ts'

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

const UNITS: Record<Progress['of'], string> = { pictures: 'pictures', percent: '%', mebibytes: 'MiB' }

/**
 * One line with a bar, how far it is, the rate and the time left. On a narrow terminal the least important parts are dropped, so that it
 * always fits.
 */
export function formatProgress(line: Line, columns: number): string {
  const { name, done, total } = line
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const full = Math.round(BAR * share)
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full)
  const { amount, rate, left } = describe(line)
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
  return candidates.find((c) => c.length <= columns) ?? amount.slice(0, columns)
}

function describe({ done, total, of, seconds }: Line): { amount: string; rate: string; left: string } {
  const unit = UNITS[of]
  const amount = of === 'percent' ? `${done} ${unit}` : `${done} of ${total} ${unit}`
  const perSecond = done / seconds
  if (seconds < LEAST_SECONDS || !(perSecond > 0)) return { amount, rate: '', left: '' }
  return {
    amount,
    rate: of === 'percent' ? '' : `${perSecond.toFixed(1)} a second`,
    left: done < total ? `${formatDuration((total - done) / perSecond)} left` : '',
  }
}

/** Seconds as `40 s`, `3 min 20 s` or `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
