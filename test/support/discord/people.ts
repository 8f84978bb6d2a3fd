// What people do on Discord: they call commands, press, choose, post, edit and delete.

import { until } from '../until.ts'
import { allIn, ofType } from './components.ts'
import { type Attachment, type Channel, type Message, makeMessage, memberOf, snowflake, type User } from './entities.ts'
import type { Gateway } from './gateway.ts'
import { commandData, eventOf, type Interaction, resolve, submission, type Who } from './interaction.ts'
import type { Described, Registered } from './registered.ts'

export abstract class People {
  abstract readonly bot: User
  abstract readonly gateway: Gateway
  abstract readonly messages: Map<string, Message>
  abstract readonly interactions: Map<string, Interaction>
  abstract commands: Described[]
  abstract readonly registered: Registered
  protected abstract readonly directs: Channel[]
  abstract channel(id: string): Channel | undefined

  /** A command that Discord shows to somebody. @throws where it does not */
  shown(who: Who, name: string, type?: number): Described {
    const command = this.registered.find(this.commands, who, name, type)
    if (!command) throw new Error(`No command ${name} was registered`)
    if (!this.registered.shows(who, command)) throw new Error(`Discord does not show ${name} to ${who.user.username}`)
    return command
  }
  isShown(who: Who, name: string, type?: number): boolean {
    const command = this.registered.find(this.commands, who, name, type)
    return command !== undefined && this.registered.shows(who, command)
  }

  /** Waits until Discord shows a command to somebody, or no longer does. */
  untilShown(who: Who, name: string, { type = 1, isShown = true } = {}): Promise<void> {
    return until(
      () => this.isShown(who, name, type) === isShown,
      () => `${name} is ${isShown ? 'not shown' : 'still shown'} to ${who.user.username}`,
    )
  }

  command(who: Who, name: string, options: Record<string, unknown> = {}, attachments: Attachment[] = []): Interaction {
    const described = this.shown(who, name)
    return this.interact(who, 2, commandData(this, who, { name, described, options, attachments }))
  }
  menu(who: Who, name: string, message: Message): Interaction {
    this.shown(who, name, 3)
    const resolved = { messages: { [message.id]: message } }
    return this.interact(who, 2, { id: snowflake(), name, type: 3, target_id: message.id, resolved })
  }
  suggest(who: Who, name: string, option: string, value: string): Interaction {
    const options = [{ name: option, type: 3, value, focused: true }]
    return this.interact(who, 4, { id: snowflake(), name, type: 1, options })
  }
  press(who: Who, message: Message, label: string | RegExp): Interaction {
    const found = message.buttons.find((c) => c.label?.match(label))
    if (!found) throw new Error(`No button ${label} below ${message.text}: ${JSON.stringify(message.components)}`)
    if (found.disabled) throw new Error(`The button ${label} cannot be pressed`)
    return this.interact(who, 3, { custom_id: found.custom_id, component_type: 2 }, message)
  }
  choose(who: Who, message: Message, placeholder: string | RegExp, entry: string | RegExp): Interaction {
    const list = ofType(message.components, 'list').find((c) => c.placeholder?.match(placeholder))
    const option = list?.options?.find((o) => o.label.match(entry))
    if (!list || !option) throw new Error(`No ${entry} in ${placeholder}: ${JSON.stringify(message.components)}`)
    return this.interact(who, 3, { custom_id: list.custom_id, component_type: 3, values: [option.value] }, message)
  }
  /** Chooses a role or a channel of the server from a list that Discord fills. */
  pick(who: Who, message: Message, placeholder: string | RegExp, id: string): Interaction {
    const lists = [...allIn(message.components)].filter((c) => c.type === 6 || c.type === 8)
    const list = lists.find((c) => c.placeholder?.match(placeholder))
    if (!list) throw new Error(`No list ${placeholder}: ${JSON.stringify(message.components)}`)
    const resolved = resolve(this, who, [{ type: list.type === 6 ? 8 : 7, value: id }])
    return this.interact(
      who,
      3,
      { custom_id: list.custom_id, component_type: list.type, values: [id], resolved },
      message,
    )
  }
  /** Submits the form that an interaction was answered with. */
  submit(who: Who, form: Pick<Interaction, 'data'>, label: string, attachments: Attachment[] = []): Interaction {
    return this.interact(who, 5, submission(form, label, attachments))
  }
  post(who: Who, content: string, attachments: Attachment[] = [], more: Partial<Message> = {}): Message {
    const channel = who.channel ?? who.guild?.channels[0] ?? this.direct(who.user)
    const mentions = content.includes(`<@${this.bot.id}>`) ? [this.bot] : []
    const message = makeMessage(channel, who.user, { content, attachments, mentions, ...more })
    this.messages.set(message.id, message)
    const member = who.guild ? { member: { ...memberOf(who.guild, who.user), user: undefined } } : {}
    // Without the privileged intent only what is meant for the bot comes with its content.
    const isShown = this.gateway.seesContent || mentions.length > 0 || !who.guild
    this.gateway.send('MESSAGE_CREATE', {
      ...message,
      channel_type: channel.type,
      ...member,
      ...(!isShown && { content: '', attachments: [], embeds: [], components: [] }),
    })
    return message
  }
  /** Somebody edits a message, or Discord has opened its links. */
  edit(message: Message, changes: Partial<Message>): void {
    Object.assign(message, changes)
    this.gateway.send('MESSAGE_UPDATE', { ...message })
  }
  removeTogether(messages: Message[]): void {
    const [first] = messages
    for (const { id } of messages) this.messages.delete(id)
    const ids = messages.map(({ id }) => id)
    this.gateway.send('MESSAGE_DELETE_BULK', { ids, channel_id: first?.channel_id, guild_id: first?.guild_id })
  }
  remove(message: Message): void {
    this.messages.delete(message.id)
    this.gateway.send('MESSAGE_DELETE', { id: message.id, channel_id: message.channel_id, guild_id: message.guild_id })
  }
  direct(user: User): Channel {
    const known = this.directs.find((c) => c.recipients?.[0]?.id === user.id)
    if (known) return known
    const channel = { id: snowflake(), type: 1, recipients: [user] }
    this.directs.push(channel)
    return channel
  }

  private interact(who: Who, type: number, data: object, message?: Message): Interaction {
    const channel = who.channel ?? who.guild?.channels[0] ?? this.direct(who.user)
    const [id, token] = [snowflake(), `${type}-${snowflake()}`]
    const from: Interaction = {
      id,
      token,
      channel,
      at: performance.now(),
      edits: 0,
      followUps: [],
      below: message,
      changed() {},
    }
    this.interactions.set(token, from)
    this.gateway.send('INTERACTION_CREATE', eventOf(this.bot, who, { from, type, data, message }))
    return from
  }
}
