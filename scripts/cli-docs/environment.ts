import { code, table } from './markdown.ts'

/** A table of the variables of an .env file: each stands below the comment that explains it. */
export function describeEnvironment(text: string): string {
  const rows: string[][] = []
  let comment: string[] = []
  for (const line of text.split('\n')) {
    const [, name, value] = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? []
    if (name !== undefined) {
      rows.push([code(name), comment.join(' '), value ? code(value) : ''])
      // Two variables in a row share a comment.
      continue
    }
    if (!line.startsWith('#')) comment = []
    else comment.push(line.slice(1).trim())
  }
  return table(['variable', 'meaning', 'example or default'], rows)
}
