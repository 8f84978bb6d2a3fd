// The soak's section of RESULTS.md.

import { table } from '../figures.ts'
import type { SoakResults } from '../soak.ts'

const MS = 1_000

export function describeSoak({ date, cores, minutes, servers, seed, rough, calm }: SoakResults): string {
  const parts = [rough, calm]
  const outcome = (what: string, of: (part: SoakResults['rough'] | SoakResults['calm']) => number): string[] => [
    what,
    ...parts.map((part) => of(part).toLocaleString('en')),
  ]
  const rows = [
    outcome('commands and buttons', (p) => p.asked),
    outcome('answered', (p) => p.answered),
    outcome('cut off by a kill or a lost session', (p) => p.lost),
    outcome('received too late to be answered', (p) => p.late),
    outcome('acknowledged additions, all there', (p) => p.additions),
    outcome('acknowledged deletions, all gone', (p) => p.deletions),
    outcome('pictures of which either may be true', (p) => p.uncertain),
    outcome('posts that reached the bot, each answered once', (p) => p.taken - p.untrained - p.unsure),
    outcome('… in watched channels, silent as its log says: nothing is trained', (p) => p.untrained),
    outcome('… it does not know, or not surely enough', (p) => p.unsure),
    outcome('posts that never did, none answered', (p) => p.notTaken),
    outcome('**rows without an owner, lost or double answers, unexplained errors**', (p) => p.problems.length),
  ]
  const times = calm.times.map(({ what, count, p50, p99, max }) => [
    what,
    `${count}`,
    ...[p50, p99, max].map((ms) => (ms / MS).toFixed(2)),
  ])
  const memory = [calm.process, calm.main].map((growth, i) => [
    ['the process, trainings and their workers included', 'heap and buffers of the main thread'][i] ?? '',
    growth.early.toFixed(0),
    growth.late.toFixed(0),
    growth.slope.toFixed(1),
    growth.most.toFixed(0),
  ])
  return `## Soak

${servers} servers with five people each, who label, train, predict, review, withdraw and forget at random. For ${minutes} minutes the bot is killed
(SIGKILL) every 20 seconds: ${rough.kills} times, and serves again ${(rough.slowestStart / MS).toFixed(1)} s after its start at most; ${rough.drops} times its connection breaks, and ${rough.faults.toLocaleString('en')} calls are answered with 429, 500, 502 or 503. Then it is left in peace
for ${minutes} minutes. One run on ${date}: \`node bench/soak.ts --minutes ${minutes} --servers ${servers} --seed ${seed}\` on ${cores} cores that other programs shared; load average
${rough.load.toFixed(1)} at the end of the first part and ${calm.load.toFixed(1)} at the end of the second. Counts are of everything up to the end of each part, those of commands of that part alone.

${table(['', 'with kills', 'without'], rows)}

Seconds from a command to its answer, without kills; *train* and *withdraw* wait for a training:

${table(['what', 'count', 'p50', 'p99', 'most'], times)}

Memory without kills, after a quarter of the time, in MiB: medians of the first and the last third, growth a minute, and the most.

${table(['of', 'first', 'last', 'a minute', 'most'], memory)}
`
}
