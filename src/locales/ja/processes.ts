import type { Results } from '../../commands/results.ts'
import { layOutProcesses, wholeSeconds } from '../layouts/processes.ts'
import type { Markup } from '../markup.ts'
import { ranges } from '../ranges.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type Problem = Results['processes']['problems'][number]
type Missing = Extract<Problem, { problem: 'missing' }>['role']

/** What comes of it that a role is missing. */
const WITHOUT: Record<Missing, string> = {
  gateway: 'Discordとやり取りできません',
  inference: '質問に答えられません',
  training: '学習が行われません',
  web: 'ページを開けません',
}

/** Which processes there are. */
export function processResults(m: Markup): ResultWords<'processes'> {
  const say = inJapanese(m)
  const { number, and } = say
  const time = wholeSeconds(say)

  function describe(problem: Problem): string {
    switch (problem.problem) {
      case 'missing':
        return `${problem.role} のプロセスが動いていないため、${WITHOUT[problem.role]}。${m.code(`serve --role ${problem.role}`)} を起動してください。`
      case 'dead':
        return `${m.text(problem.host)} の ${problem.role}（プロセス${problem.pid}）から${time(problem.silentMs)}間応答がありません。`
      case 'versions':
        return `バージョンの異なるプロセスが動いています：${and(problem.versions.map((version) => m.code(version)))}。古いほうを再起動してください。`
      case 'clock':
        return `${m.text(problem.host)} の時計がデータベースより${time(Math.abs(problem.aheadMs))}${problem.aheadMs > 0 ? '進んでいます' : '遅れています'}。自動で合うようにしてください（NTP）。`
      case 'shards':
        return `${number(problem.of)}個のシャードのうち、${m.text(ranges(problem.free))} を受け持つプロセスがありません。gatewayが20秒以内に、5秒に1個ずつ引き継ぎます。`
      case 'calls':
        return `質問が${number(problem.waiting)}件待っています（最長${time(problem.oldestMs)}）。inferenceのプロセスを増やしてください。`
    }
  }

  return layOutProcesses(m, say, {
    headline: (alive) =>
      alive === 0 ? '動いているプロセスはありません。' : `${number(alive)}個のプロセスが動いています。`,
    state: ({ calls, trainings }) =>
      `待ち：質問${number(calls.waiting)}件、学習${number(trainings.waiting)}件。学習中：${number(trainings.running)}件。`,
    problem: describe,
    columns: ['役割', 'マシン', 'バージョン', 'シャード', '負荷', '最後の応答'],
    host: (name, pid) => `${name}（${pid}）`,
    load: {
      calls: (calls) => `質問${number(calls)}件`,
      trainings: (trainings) => `学習${number(trainings)}件`,
      waiting: (waiting) => `待ち${number(waiting)}件`,
      cores: (cores) => `${number(cores)}コア`,
    },
    list: (parts) => parts.join('、'),
    ago: (silence) => `${silence}前`,
  })
}
