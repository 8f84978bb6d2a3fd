// Components of a message, as they come over the wire, however deep they lie.
export type Component = {
  type: number
  custom_id?: string
  label?: string
  style?: number
  disabled?: boolean
  url?: string
  emoji?: object
  options?: { label: string; value: string }[]
  placeholder?: string
  content?: string
  accent_color?: number | null
  components?: Component[]
  accessory?: Component
  items?: Media[]
  media?: { url: string }
  file?: { url: string }
  spoiler?: boolean
}
export type Media = { media: { url: string }; description?: string; spoiler?: boolean }

export const TYPES = {
  ...{ row: 1, button: 2, list: 3, channelList: 8, section: 9, text: 10, thumbnail: 11 },
  ...{ gallery: 12, file: 13, separator: 14, container: 17 },
} as const

export const HAS_CARDS = 1 << 15

/** Each component with those within it. */
export function* allIn(components: readonly Component[]): Generator<Component> {
  for (const component of components) {
    yield component
    yield* allIn(component.components ?? [])
    if (component.accessory) yield component.accessory
  }
}

export const ofType = (components: readonly Component[], type: keyof typeof TYPES): Component[] =>
  [...allIn(components)].filter((c) => c.type === TYPES[type])

/** Everything that components point at: pictures, thumbnails, files. */
export const mediaIn = (components: readonly Component[]): { url: string }[] =>
  [...allIn(components)].flatMap(({ items = [], media, file }) =>
    [...items.map((item) => item.media), media, file].filter((found) => found !== undefined),
  )

const ATTACHED = 'attachment://'
/** The names of attached files that components point at. */
export const attachedNames = (components: readonly Component[]): string[] =>
  mediaIn(components).flatMap(({ url }) => (url.startsWith(ATTACHED) ? [url.slice(ATTACHED.length)] : []))

/** Components with the addresses of the files in the place of their names, as Discord answers. */
export function withAddresses(
  components: readonly Component[],
  files: { filename: string; url: string }[],
): Component[] {
  const copies = structuredClone(components) as Component[]
  for (const media of mediaIn(copies))
    media.url = files.find(({ filename }) => ATTACHED + filename === media.url)?.url ?? media.url
  return copies
}
