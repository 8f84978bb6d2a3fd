import type { Results } from '../../commands/results.ts'
import { sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import { ranges } from '../ranges.ts'
import type { ResultWords } from '../words.ts'

type Report = Results['processes']
type Listed = Report['processes'][number]
type Problem = Report['problems'][number]

type ProcessesWords = {
  headline(alive: number): string
  state(state: NonNullable<Report['state']>): string
  problem(problem: Problem): string
  columns: readonly string[]
  host(name: string, pid: number): string
  load: Record<'calls' | 'trainings' | 'waiting' | 'cores', (count: number) => string>
  list(parts: string[]): string
  ago(time: string): string
}

const MS_PER_S = 1_000

/** Milliseconds as whole seconds and more, at least one. */
export const wholeSeconds =
  ({ duration }: Numbers) =>
  (ms: number): string =>
    duration(Math.max(1, Math.round(ms / MS_PER_S)))

/** Which processes there are. */
export function layOutProcesses(m: Markup, numbers: Numbers, words: ProcessesWords): ResultWords<'processes'> {
  const time = wholeSeconds(numbers)

  return {
    processes: ({ processes, problems, state }) => ({
      headline: words.headline(processes.filter(({ alive }) => alive).length),
      lines: state ? [words.state(state)] : [],
      sections: sections({ lines: problems.map(words.problem) }, { columns: words.columns, lines: processes.map(row) }),
    }),
  }

  function row({ role, host, pid, version, shards, load, alive, silentMs }: Listed): string[] {
    const silent = words.ago(time(silentMs))
    return [
      role,
      words.host(m.text(host), pid),
      m.code(version),
      shards.length === 0 ? '–' : ranges(shards),
      describeLoad(load),
      alive ? silent : m.bold(silent),
    ]
  }

  function describeLoad({ calls, waiting, trainings, memory, cpu }: Listed['load']): string {
    const parts = [
      calls > 0 && words.load.calls(calls),
      trainings > 0 && words.load.trainings(trainings),
      waiting > 0 && words.load.waiting(waiting),
      numbers.bytes(memory),
      words.load.cores(cpu),
    ]
    return words.list(parts.filter((part) => part !== false))
  }
}
