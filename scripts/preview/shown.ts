// What the preview draws: messages as they are on the wire, with who sent them.

/** Components of messages and forms, however deep they lie; a file's address may be `data:`. */
export type ShownComponent = {
  type: number
  label?: string
  description?: string | null
  style?: number
  disabled?: boolean
  url?: string
  emoji?: { name?: string | null }
  options?: { label: string; value: string; description?: string; default?: boolean }[]
  placeholder?: string
  content?: string
  value?: string
  required?: boolean
  accent_color?: number | null
  divider?: boolean
  spacing?: number
  components?: ShownComponent[]
  component?: ShownComponent
  accessory?: ShownComponent
  items?: { media: { url: string }; description?: string | null; spoiler?: boolean }[]
  media?: { url: string }
  file?: { url: string }
  spoiler?: boolean
}

export type ShownFile = { filename: string; size: number; url: string; content_type?: string }

/** Those that messages had before there were cards. */
export type ShownEmbed = {
  title?: string
  description?: string
  color?: number
  fields?: { name: string; value: string; inline?: boolean }[]
  image?: { url: string }
  thumbnail?: { url: string }
  footer?: { text: string }
}

export type ShownMessage = {
  content?: string | null
  components?: ShownComponent[]
  embeds?: ShownEmbed[]
  attachments?: ShownFile[]
  flags?: number
}

/** `isBot`: with Discord's mark of an app. */
export type Author = { name: string; isBot?: boolean }

/** `used`: the command that it answers. `replyTo`: the message that it refers to. */
export type MessageEntry = {
  kind: 'message'
  author: Author
  /** As in "14:05". */
  time: string
  message: ShownMessage
  used?: { by: string; command: string }
  replyTo?: { author: Author; excerpt: string }
}
/** A form that a command or a button opened. */
export type FormEntry = { kind: 'form'; title: string; components: ShownComponent[] }
/** What somebody did, said by the preview itself. */
type StepEntry = { kind: 'step'; text: string }

export type Entry = MessageEntry | FormEntry | StepEntry

/** `id`: of the picture's file. */
export type Scene = { id: string; title: string; locale: string; channel: string; entries: Entry[] }
