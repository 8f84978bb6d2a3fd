// What everybody does: posts, questions, feedback.
import type { Interaction } from '../../test/support/discord/interaction.ts'
import { ask, type Person, type Soak } from './ask.ts'
import { pick, pickWeighted } from './random.ts'
import { upload } from './teaching.ts'

const KINDS = 4

/** A message that the bot answers: in a watched channel, by its name, or in a direct message. */
export async function post(soak: Soak, person: Person): Promise<void> {
  const { stand, random, posts } = soak
  const { guild, user, permissions } = person
  const name = `<@${stand.bot.id}>`
  const file = await upload(soak, Math.floor(KINDS * random()))
  const [general, watched] = guild.channels
  if (!general || !watched) return
  const how = pickWeighted(
    [
      ['watched', 5],
      ['mention', 3],
      ['text', 1],
      ['direct', 1],
    ] as const,
    random,
  )
  const message = {
    watched: () => stand.post({ ...person, channel: watched }, '', [file]),
    mention: () => stand.post({ guild, user, permissions, channel: general }, name, [file]),
    text: () => stand.post({ guild, user, permissions, channel: general }, `${name} hello`),
    direct: () => stand.post({ user }, '', [file]),
  }[how]()
  posts.push({ id: message.id, isWatched: how === 'watched' })
}

export async function predict(soak: Soak, person: Person): Promise<void> {
  const { stand, random } = soak
  const files = [await upload(soak, Math.floor(KINDS * random()))]
  const { from, span } = await ask(soak, { kind: 'predict', done: / %/ }, () =>
    stand.command(person, 'predict', {}, files),
  )
  const { message } = from
  if (span.outcome !== 'done' || !message || random() < 0.5) return
  const button = pick(['Right', 'Wrong', 'Why?'], random)
  await ask(soak, { kind: button === 'Why?' ? 'why' : 'feedback', done: /./ }, () =>
    stand.press(person, message, button),
  )
}

/** @param commands that show something and change nothing */
export async function look(soak: Soak, person: Person, commands: readonly string[]): Promise<void> {
  const name = pick(commands, soak.random)
  await ask(soak, { kind: name, done: /./ }, (): Interaction => soak.stand.command(person, name))
}

export async function suggest(soak: Soak, person: Person): Promise<void> {
  await ask(soak, { kind: 'suggestions', done: /./ }, () => soak.stand.suggest(person, 'label', 'label', ''))
}
