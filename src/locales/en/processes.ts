import type { Results } from '../../commands/results.ts'
import { layOutProcesses, wholeSeconds } from '../layouts/processes.ts'
import type { Markup } from '../markup.ts'
import { ranges } from '../ranges.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

type Problem = Results['processes']['problems'][number]
type Missing = Extract<Problem, { problem: 'missing' }>['role']

/** What comes of it that a role is missing. */
const WITHOUT: Record<Missing, string> = {
  gateway: 'nothing reaches Discord, or comes from it',
  inference: 'questions wait for an answer',
  training: 'nothing is trained',
  web: 'there is no page',
}

/** Which processes there are. */
export function processResults(m: Markup): ResultWords<'processes'> {
  const say = inEnglish(m)
  const { count, number, and } = say
  const time = wholeSeconds(say)

  function describe(problem: Problem): string {
    switch (problem.problem) {
      case 'missing':
        return `No ${problem.role} process runs: ${WITHOUT[problem.role]}. Start ${m.code(`serve --role ${problem.role}`)}`
      case 'dead':
        return `The ${problem.role} process ${problem.pid} on ${m.text(problem.host)} has said nothing for ${time(problem.silentMs)}.`
      case 'versions':
        return `Processes of different versions run: ${and(problem.versions.map((version) => m.code(version)))}. Restart the older ones.`
      case 'clock':
        return `The clock of ${m.text(problem.host)} is ${time(Math.abs(problem.aheadMs))} ${problem.aheadMs > 0 ? 'ahead of' : 'behind'} the database’s. Have it set itself (NTP).`
      case 'shards':
        return `Nobody holds ${problem.free.length === 1 ? 'shard' : 'shards'} ${m.text(ranges(problem.free))} of ${number(problem.of)}. A gateway takes them within 20 seconds, one every 5 seconds.`
      case 'calls':
        return `${count(problem.waiting, 'call')} ${problem.waiting === 1 ? 'waits' : 'wait'}, the oldest for ${time(problem.oldestMs)}. Start more inference processes.`
    }
  }

  return layOutProcesses(m, say, {
    headline: (alive) =>
      alive === 0 ? 'No process runs.' : `${count(alive, 'process', 'processes')} ${alive === 1 ? 'runs' : 'run'}.`,
    state: ({ calls, trainings }) =>
      `Waiting: ${count(calls.waiting, 'call')}, ${count(trainings.waiting, 'training')}. Running: ${count(trainings.running, 'training')}.`,
    problem: describe,
    columns: ['role', 'machine', 'version', 'shards', 'load', 'last sign of life'],
    host: (name, pid) => `${name} (${pid})`,
    load: {
      calls: (calls) => count(calls, 'call'),
      trainings: (trainings) => count(trainings, 'training'),
      waiting: (waiting) => `${number(waiting)} waiting`,
      cores: (cores) => `${number(cores)} ${cores === 1 ? 'core' : 'cores'}`,
    },
    list: (parts) => parts.join(', '),
    ago: (silence) => `${silence} ago`,
  })
}
