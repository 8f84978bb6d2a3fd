// The bot as a process against the stand-in for Discord: a burst of posts, and acknowledgements while it is busy.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { burst } from '../test/support/discord/burst.ts'
import { openWorld, type World } from '../test/support/discord/world.ts'
import { MAIN } from '../test/support/mekiki.ts'
import { drawPhotographs } from './pictures.ts'

const LABELS = 20
const PICTURES_PER_LABEL = 100
/** Commands to measure at least, and the pause between two of them in milliseconds. */
const LEAST_COMMANDS = 200
const PAUSE_MS = 30
/** One command in so many is followed by a picture that is asked about. */
const QUERY_EVERY = 10
const QUERIES = 20

const quantile = (values: number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

/** Milliseconds from a command to its acknowledgement, while a large dataset is trained on and pictures are asked about. Stops the bot once the dataset is imported. */
async function whileBusy({ stand, guild, people, root, home, bots }: World) {
  for (let i = 0; i < LABELS; i++) await drawPhotographs(join(root, 'many', `label ${i}`), PICTURES_PER_LABEL)
  execFileSync(process.execPath, [MAIN, 'import', join(root, 'many'), '--server', guild.id], {
    env: { ...process.env, MEKIKI_HOME: home },
    stdio: 'ignore',
  })
  await bots[0]!.stop()
  return async () => {
    const files = await Promise.all(
      (await drawPhotographs(join(root, 'asked'), QUERIES)).map(async (path) => {
        return stand.keep('asked.jpg', readFileSync(path), undefined, 'image/jpeg')
      }),
    )
    const acknowledged: number[] = []
    const training = stand.command(people.manager, 'train')
    const isDone = (): boolean => /Learned|学習しました/.test(training.message?.text ?? '')
    const started = performance.now()
    let asked = 0
    while (!isDone() || acknowledged.length < LEAST_COMMANDS) {
      if (acknowledged.length % QUERY_EVERY === 0)
        stand.post(people.member, `<@${stand.bot.id}>`, [files[asked++ % QUERIES]!])
      const one = stand.command(people.manager, 'labels')
      await stand.answerTo(one)
      acknowledged.push(one.acknowledgedAfter!)
      await sleep(PAUSE_MS)
    }
    return { acknowledged, seconds: (performance.now() - started) / 1000 }
  }
}

export async function measureDiscord() {
  const first = await openWorld()
  await first.start()
  const many = await burst(first, 20, 25)
  await first.close()

  const second = await openWorld()
  await second.start()
  const measure = await whileBusy(second)
  await second.start()
  const busy = await measure()
  await second.close()
  const describe = (values: number[]) => ({
    count: values.length,
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
    max: Math.max(...values),
  })
  return {
    burst: { ...many, acknowledged: describe(many.acknowledged) },
    busy: {
      ...describe(busy.acknowledged),
      seconds: busy.seconds,
      labels: LABELS,
      examples: LABELS * PICTURES_PER_LABEL,
    },
  }
}
if (import.meta.main) process.stdout.write(JSON.stringify(await measureDiscord()))
