// The real bot before a stand-in for Discord, and what people see of it, scene by scene.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw } from '../../demo/characters.ts'
import { startBot } from '../../test/support/discord/bot.ts'
import { ofType } from '../../test/support/discord/components.ts'
import {
  type Attachment,
  MANAGES_MESSAGES,
  MANAGES_SERVER,
  type Message,
  type User,
} from '../../test/support/discord/entities.ts'
import type { Interaction, Who } from '../../test/support/discord/interaction.ts'
import { StandIn } from '../../test/support/discord/stand-in.ts'
import { keepMessage } from './keep-message.ts'
import type { Names } from './markdown.ts'
import type { Entry, MessageEntry, Scene, ShownComponent } from './shown.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>
type Heading = Omit<Scene, 'entries'>
/** `until`: what it says at the end, where its text changes meanwhile. */
type Given = { options?: Record<string, unknown>; files?: Attachment[]; until?: RegExp }

/** A text that has not changed for so long is the last one. */
const SETTLED_MS = 800
const POLL_MS = 50
const WITHIN_MS = 30_000
const OPENS_FORM = 9
/** When the story begins, in minutes of its day. */
const BEGINS_AT = 14 * 60

export async function openStage() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-preview-'))
  const home = join(root, 'home')
  mkdirSync(home)
  const stand = await StandIn.start()
  stand.bot.username = 'Mekiki'
  const guild = stand.addGuild('Drawing Club')
  guild.owner.username = 'sakura'
  for (const [i, name] of ['general', 'drawings', 'off-topic'].entries()) {
    const channel = guild.channels[i]
    if (channel) channel.name = name
  }
  const people = {
    manager: { guild, user: guild.owner, permissions: MANAGES_SERVER },
    teacher: { guild, user: stand.addUser('lena', guild, 'moderators'), permissions: MANAGES_MESSAGES },
    member: { guild, user: stand.addUser('tom', guild) },
    haruto: { guild, user: stand.addUser('haruto', guild, 'managers'), permissions: MANAGES_SERVER, locale: 'ja' },
    yui: { guild, user: stand.addUser('yui', guild), locale: 'ja' },
  }
  const bot = await startBot(stand, home)
  const scenes: Scene[] = []
  let minutes = BEGINS_AT

  const entries = (): Entry[] => {
    const scene = scenes.at(-1)
    if (!scene) throw new Error('Expected a scene that was begun, found none')
    return scene.entries
  }
  const time = (): string => `${Math.floor(++minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  const step = (text: string): void => void entries().push({ kind: 'step', text })
  const author = (user: User) => ({ name: user.username, ...(user.bot && { isBot: true }) })
  const problems: string[] = []
  const names = (): Omit<Names, 'locale'> => ({
    user: (id) => guild.members.find((m) => m.user.id === id)?.user.username,
    role: (id) => guild.roles.find((r) => r.id === id)?.name.replace(/^@/, ''),
    channel: (id) => guild.channels.find((c) => c.id === id)?.name,
    now: new Date(),
  })

  /** Puts a message as it is now into the scene. */
  async function show(message: Message, more: Pick<MessageEntry, 'used' | 'replyTo'> = {}): Promise<void> {
    const kept = await keepMessage(message)
    entries().push({ kind: 'message', author: author(message.author), time: time(), message: kept, ...more })
  }

  async function settle(text: () => string, until: RegExp): Promise<void> {
    const end = performance.now() + WITHIN_MS
    for (let last = '', since = performance.now(); ; await sleep(POLL_MS)) {
      const now = text()
      if (now !== last) since = performance.now()
      last = now
      if (until.test(now) && performance.now() - since > SETTLED_MS) return
      if (performance.now() < end) continue
      // What it says instead is worth seeing, too.
      return void problems.push(`Expected ${until}, received ${now || 'nothing'}`)
    }
  }

  /** Waits for the end of an answer, and shows it. */
  async function answer(from: Interaction, used: MessageEntry['used'], until = /./): Promise<Interaction> {
    const before = from.below?.text
    await stand.answerTo(from)
    if (from.type === OPENS_FORM) {
      const { title, components } = from.data as { title: string; components: ShownComponent[] }
      entries().push({ kind: 'form', title, components })
      return from
    }
    const said = (): string => [from.message, ...from.followUps].map((m) => m?.text ?? '').join('\n')
    await settle(() => (said() === before && from.edits === 0 ? '' : said()), until)
    if (from.message && (from.message !== from.below || from.edits > 0)) await show(from.message, used ? { used } : {})
    for (const message of from.followUps) await show(message)
    return from
  }

  return {
    stand,
    guild,
    people,
    scenes,
    names,
    step,
    show,
    begin: (heading: Heading): void => void scenes.push({ ...heading, entries: [] }),

    /** Pictures `from` up to `to` of a drawn character, uploaded. */
    async pictures(name: string, from: number, to: number): Promise<Attachment[]> {
      const files: Attachment[] = []
      for (let k = from; k < to; k++) {
        const path = await draw(join(root, 'drawn'), name, k)
        files.push(stand.keep(path.split('/').at(-1) ?? name, readFileSync(path)))
      }
      return files
    },

    command(who: Who, name: string, { options = {}, files = [], until }: Given = {}): Promise<Interaction> {
      const { name_localizations: names } = stand.shown(who, name)
      const from = stand.command(who, name, options, files)
      return answer(from, { by: who.user.username, command: names?.[who.locale ?? ''] ?? name }, until)
    },
    press(who: Who, message: Message | undefined, button: string | RegExp, until?: RegExp): Promise<Interaction> {
      const pressed = message?.buttons.find((b) => b.label?.match(button))
      step(`${who.user.username} presses **${pressed?.label ?? button}**`)
      return answer(stand.press(who, shown(message), button), undefined, until)
    },
    choose(
      who: Who,
      message: Message | undefined,
      from: string | RegExp,
      entry: string | RegExp,
    ): Promise<Interaction> {
      const list = ofType(message?.components ?? [], 'list').find((l) => l.placeholder?.match(from))
      const chosen = list?.options?.find((o) => o.label.match(entry))
      step(`${who.user.username} chooses **${chosen?.label ?? entry}**`)
      return answer(stand.choose(who, shown(message), from, entry), undefined)
    },
    submit(who: Who, form: Interaction, text: string, files: Attachment[] = []): Promise<Interaction> {
      step(`${who.user.username} submits the form`)
      return answer(stand.submit(who, form, text, files), undefined)
    },
    /** A post, and the reply to it. */
    async post(who: Who, content: string, files: Attachment[] = []): Promise<Message> {
      const posted = stand.post(who, content, files)
      await show(posted)
      const reply = await stand.replyTo(posted)
      await settle(() => reply.text, /./)
      await show(reply, { replyTo: { author: author(posted.author), excerpt: content || 'Click to see attachment' } })
      return reply
    },
    /** The first of some pictures about which the bot says such a thing; nobody sees it asked. */
    async find(who: Who, files: Attachment[], what: RegExp): Promise<Attachment | undefined> {
      for (const file of files) {
        const asked = stand.command(who, 'predict', {}, [file])
        if (what.test(await stand.textOf(asked, /\S/))) return file
      }
      return undefined
    },

    /** @returns what came otherwise than expected, and what the bot did that Discord does not take */
    async close(): Promise<string[]> {
      await bot.stop()
      await stand.stop()
      rmSync(root, { recursive: true, force: true })
      return [...problems, ...stand.complaints]
    },
  }
}

function shown(message: Message | undefined): Message {
  if (!message) throw new Error('Expected a message with components, found none')
  return message
}
