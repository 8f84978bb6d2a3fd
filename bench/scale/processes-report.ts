import { table } from '../figures.ts'
import type { ChaosResults } from './chaos.ts'
import type { InferenceResults } from './inference.ts'
import type { RestartResults } from './restart.ts'

type ProcessFigures = { inference: InferenceResults; chaos: ChaosResults; restart: RestartResults }

export const describeProcesses = ({
  inference,
  chaos,
  restart,
}: ProcessFigures): string => `## Several processes on one PostgreSQL

${describeInference(inference)}
${describeChaos(chaos)}
${describeRestart(restart)}`

const describeInference = ({
  one,
  two,
  ratio,
}: InferenceResults): string => `Pictures a second that are asked about with \`/predict\`, effort \`careful\`, by as many people as there are answers: one inference process bound to one core, and two.

${table(
  ['what', 'value', 'target'],
  [
    ['one', one.toFixed(1), ''],
    ['two', two.toFixed(1), ''],
    ['ratio', ratio.toFixed(2), '1.6'],
  ],
)}
`

const describeChaos = (
  chaos: ChaosResults,
): string => `Two gateways, two inference processes and one that trains, of which one is killed (SIGKILL) every five seconds for ${chaos.minutes} minutes, while six people ask, post, add and train.

${table(
  ['what', 'value', 'target'],
  [
    [
      'killed',
      Object.entries(chaos.kills)
        .map(([role, times]) => `${role} ${times}`)
        .join(', '),
      '',
    ],
    ['asked / acknowledged / answered', `${chaos.asked} / ${chaos.acknowledged} / ${chaos.answered}`, ''],
    ['acknowledged and never answered', String(chaos.lost), '0'],
    ['answered twice, differently', String(chaos.doubled), '0'],
    ['said to be added and not there', String(chaos.missing), '0'],
    ['there, and nobody was told', String(chaos.unexpected), '0'],
    ['two trainings of one dataset at once', String(chaos.concurrentTrainings), '0'],
    ['an older version activated over a newer one', String(chaos.olderActivated), '0'],
    ['what Discord would refuse', String(chaos.complaints.length), '0'],
    ['seconds from acknowledgement to answer: median', chaos.p50.toFixed(1), ''],
    ['… p99', chaos.p99.toFixed(1), '35'],
    ['… longest', chaos.max.toFixed(1), ''],
  ],
)}
`

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2)

const describeRestart = ({
  crashes,
  lost,
  doubled,
}: RestartResults): string => `PostgreSQL is ended at once, as by a power cut, under the same load, ${crashes.length} times, and is back after some seconds.

${table(
  ['what', 'value', 'target'],
  [
    [
      'seconds from its return until all are healthy, at most',
      seconds(Math.max(...crashes.map((c) => c.healthyMs))),
      '15',
    ],
    ['seconds until the first new answer, at most', seconds(Math.max(...crashes.map((c) => c.answeredMs))), '15'],
    ['acknowledged and never answered', String(lost), '0'],
    ['answered twice, differently', String(doubled), '0'],
  ],
)}
`
