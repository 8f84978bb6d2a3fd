// Many servers that all ask at once, and what becomes of it.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../until.ts'
import { MANAGES_SERVER } from './entities.ts'
import type { World } from './world.ts'

export type Burst = {
  pictures: number
  answered: number
  refused: number
  /** Neither answered nor refused, or answered more than once. */
  wrong: number
  seconds: number
  peakMiB: number
  /** Milliseconds from an interaction to its acknowledgement, while all of this ran. */
  acknowledged: number[]
}

/** Teaches `servers` servers, then posts `each` pictures in every one of them at once, and goes on giving commands. */
export async function burst(world: World, servers: number, each: number): Promise<Burst> {
  const { stand, pictures, runTrainingJob } = world
  const [bot] = world.bots
  const guilds = Array.from({ length: servers }, (_, i) => stand.addGuild(`server ${i}`, { quiet: true }))
  for (const guild of guilds) {
    const owner = { guild, user: guild.owner, permissions: MANAGES_SERVER }
    await runTrainingJob(owner, ['Akari', 'Botan'], 3)
    const watch = stand.command(owner, 'settings', { watch: guild.channels[1]!.id, retraining: 'by-hand' })
    await stand.textOf(watch, /answer pictures in/)
  }
  const files = await pictures('Akari', 40, 40 + each)
  const started = performance.now()
  const posts = guilds.flatMap((guild) =>
    files.map((file, k) => {
      const user = stand.addUser(`poster ${k % 5}`, guild)
      // Mentioned: what is not recognized is answered, too.
      return stand.post({ guild, user, channel: guild.channels[1]! }, `<@${stand.bot.id}>`, [file])
    }),
  )
  /** What came of each post; counted as it comes, so that counting takes nothing from the bot. */
  const outcomes = new Map(posts.map((p) => [p.id, { replies: [] as string[], reactions: 0 }]))
  let open = posts.length
  const note = (id: string | undefined, change: (o: { replies: string[]; reactions: number }) => void): void => {
    const outcome = outcomes.get(id ?? '')
    if (!outcome) return
    if (outcome.replies.length + outcome.reactions === 0) open--
    change(outcome)
  }
  stand.onSaid = (m) =>
    note((m.message_reference as { message_id?: string })?.message_id, (o) => o.replies.push(m.text))
  stand.onReaction = (id) => note(id, (o) => o.reactions++)
  const isDone = (): boolean => open === 0
  const acknowledged: number[] = []
  let hasFailed = false
  const asking = (async () => {
    while (!isDone() && !hasFailed) {
      const guild = guilds[acknowledged.length % guilds.length]!
      const asked = stand.command({ guild, user: guild.owner, permissions: MANAGES_SERVER }, 'labels')
      await stand.answerTo(asked)
      acknowledged.push(asked.acknowledgedAfter!)
      await sleep(50)
    }
  })()
  await until(isDone, () => `after two minutes ${stand.said.length} answers`).catch((error) => {
    hasFailed = true
    throw error
  })
  const seconds = (performance.now() - started) / 1000
  await asking
  // A second answer would come now.
  await sleep(500)
  const all = [...outcomes.values()]
  const isAnswer = (text = ''): boolean => /Akari|Botan/.test(text)
  const answered = all.filter((o) => o.replies.length === 1 && o.reactions === 0 && isAnswer(o.replies[0])).length
  const refused = all.filter((o) => o.replies.length === 0 && o.reactions === 1).length
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${bot!.process.pid}/status`, 'utf8'))?.[1]
  return {
    ...{ pictures: posts.length, answered, refused, wrong: posts.length - answered - refused, seconds },
    ...{ peakMiB: Number(peak) / 1024, acknowledged },
  }
}
