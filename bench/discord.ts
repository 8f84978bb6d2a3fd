// The bot as a process, against the stand-in for Discord: a burst, and acknowledgements while everything is busy.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { burst } from '../test/support/discord/burst.ts'
import { openWorld, type World } from '../test/support/discord/world.ts'
import { MAIN } from '../test/support/mekiki.ts'
import { drawPhotographs } from './pictures.ts'

const LABELS = 20
const EACH = 100

const quantile = (values: number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

/** Milliseconds from a command to its acknowledgement, while a large dataset is trained on and pictures are asked about. */
async function whileBusy({ stand, guild, people, root, home, bots }: World) {
  for (let i = 0; i < LABELS; i++) await drawPhotographs(join(root, 'many', `label ${i}`), EACH)
  execFileSync(process.execPath, [MAIN, 'import', join(root, 'many'), '--server', guild.id], {
    env: { ...process.env, MEKIKI_HOME: home },
    stdio: 'ignore',
  })
  await bots[0]!.stop()
  return async () => {
    const files = await Promise.all(
      (await drawPhotographs(join(root, 'asked'), 20)).map(async (path) => {
        return stand.keep('asked.jpg', readFileSync(path), undefined, 'image/jpeg')
      }),
    )
    const acknowledged: number[] = []
    const training = stand.command(people.keeper, 'train')
    const isDone = (): boolean => /Version|バージョン/.test(training.message?.content ?? '')
    const started = performance.now()
    let asked = 0
    while (!isDone() || acknowledged.length < 200) {
      if (acknowledged.length % 10 === 0) stand.post(people.member, `<@${stand.bot.id}>`, [files[asked++ % 20]!])
      const one = stand.command(people.keeper, 'labels')
      await stand.answerTo(one, 60_000)
      acknowledged.push(one.acknowledgedAfter!)
      await sleep(30)
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
    ...{ p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: Math.max(...values) },
  })
  return {
    burst: { ...many, acknowledged: describe(many.acknowledged) },
    busy: { ...describe(busy.acknowledged), seconds: busy.seconds, labels: LABELS, examples: LABELS * EACH },
  }
}
if (import.meta.main) process.stdout.write(JSON.stringify(await measureDiscord()))
