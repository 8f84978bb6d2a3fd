/** A command to call, with what is given to it in the order in which a terminal takes it. */
export type Call = {
  name: string
  /** What the language calls it where commands have names in every language; by default `name`. */
  shown?: string
  words?: readonly (string | number)[]
  /** Discord's id of it, where it is known: a chat then links to it. */
  id?: string | undefined
}

/**
 * How a front end writes what people wrote, whom, where and when a text is about, and what to do next. The catalogue differs by language
 * alone; what differs by front end is here.
 */
export type Markup = {
  /** Text from people: its own markup has no effect, and a chat cuts it to `max` characters, 100 by default. */
  text(text: string, max?: number): string
  /** A label or another name from people, in bold. */
  name(text: string): string
  /** Words of ours, in bold. */
  bold(text: string): string
  /** Words of ours that are typed or read as they are, as a variable of the environment. */
  code(text: string): string
  /** `/train` in a chat, `mekiki train --dataset cats` in a terminal. */
  command(call: Call): string
  /** The name of a picture's file, which a chat does not show: '' there. */
  file(name: string): string
  /** A bar as long as a share from 0 to 1; '' where a text is read line by line, as in a terminal. */
  bar(share: number): string
  /** Whether there are buttons below answers. */
  hasButtons: boolean
  /** A person by their id, or by name on a command line. */
  person(id: string): string
  channel(id: string): string
  role(id: string): string
  /** @param iso a time in ISO 8601 */
  moment(iso: string): string
  /** A technical message in English, for the operator; a chat does not show it: '' there. */
  technical(message: string): string
  /** Digits after the point of a percentage. */
  digits: number
}
