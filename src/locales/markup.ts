/** How a front end writes what people wrote, and whom, where and when a text is about. Everything else in a text is Markdown. */
export type Markup = {
  /** Text from people: its own markup has no effect, and it is cut to `max` characters, 100 by default. */
  text(text: string, max?: number): string
  /** A person by their id, or by name on a command line. */
  person(id: string): string
  channel(id: string): string
  role(id: string): string
  /** @param iso a time in ISO 8601 */
  moment(iso: string): string
}
