// Pictures a second of one and of two inference processes of one thread each, asked about with commands, effort `careful`.
// .ci/with-postgres node bench/scale/inference.ts [--seconds 30]
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Who } from '../../test/support/discord/interaction.ts'
import { drawPicture } from '../soak/pictures.ts'
import { ask } from './asked.ts'
import { openTown, type Town, teach } from './town.ts'

const SECOND_MS = 1_000
/** People of each server, each with one command at any time: no process idles, and nobody's budget is spent. */
const [SERVERS, PEOPLE] = [3, 10]
const ANSWER_WITHIN_MS = 120_000
/** Until networks and classifiers are loaded. */
const WARM_UP_MS = 5_000

export type InferenceResults = { seconds: number; one: number; two: number; ratio: number }

/** Binds a process and its threads to one core, so that it has one thread. */
function pin(pid: number | undefined, core: number): void {
  const { status, stderr } = spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`taskset: ${stderr}`)
}

export async function measureInference({ seconds = 30 }: { seconds?: number } = {}): Promise<InferenceResults> {
  const town = await openTown({ servers: SERVERS })
  const { cluster } = town
  try {
    await cluster.start('gateway')
    const training = await cluster.start('training')
    const first = await cluster.start('inference')
    await teach(town, 'careful')
    await training.stop()
    const people = town.servers.flatMap(({ guild }) =>
      Array.from({ length: PEOPLE }, (_, i): Who => {
        const user = cluster.stand.addUser(`member ${i}`, guild)
        return guild ? { guild, user } : { user }
      }),
    )
    pin(first.process.pid, 0)
    const one = await rateOf(town, people, seconds)
    const second = await cluster.start('inference')
    pin(second.process.pid, 1)
    const two = await rateOf(town, people, seconds)
    return { seconds, one, two, ratio: two / one }
  } finally {
    await cluster.close()
  }
}

/** Pictures answered a second while there is always more to answer. */
async function rateOf(town: Town, people: Who[], seconds: number): Promise<number> {
  const { cluster, random } = town
  let [isOver, answered] = [false, 0]
  const askers = people.map(async (who) => {
    while (!isOver) {
      const file = cluster.stand.keep(`asked-${town.drawn++}.png`, await drawPicture(town.drawn, random))
      const asked = await ask('predict', cluster.stand.command(who, 'predict', {}, [file]), ANSWER_WITHIN_MS)
      if (/akari|botan|know/.test([...asked.finals].join())) answered++
      else if (asked.acknowledged) throw new Error(`Answered with: ${[...asked.finals].join()}`)
    }
  })
  await sleep(WARM_UP_MS)
  const [before, from] = [answered, performance.now()]
  await sleep(seconds * SECOND_MS)
  const rate = ((answered - before) * SECOND_MS) / (performance.now() - from)
  isOver = true
  await Promise.all(askers)
  return rate
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' } } })
  const results = await measureInference(values.seconds === undefined ? {} : { seconds: Number(values.seconds) })
  console.log(JSON.stringify(results, null, 2))
  process.exit(results.ratio >= 1.6 ? 0 : 1)
}
