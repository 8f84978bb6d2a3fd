import { config } from '../../config.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from '../../db/datasets.ts'
import { plain } from './format.ts'

/** What a command was about, as it was typed. */
export type Where = { server: string; dataset: string }

/** A command that does what a result suggests when it is typed, about the same dataset: `mekiki train --dataset cats`. */
export function hint({ server, dataset }: Where, ...words: (string | number)[]): string {
  const typed = words.map(String)
  if (dataset !== DEFAULT_DATASET) typed.push('--dataset', dataset)
  if (server !== LOCAL_SERVER) typed.push('--server', server)
  return [config.program, ...typed.map(quote)].join(' ')
}

/** As a shell reads it as one word. */
function quote(word: string): string {
  if (/^[\p{L}\p{N}\p{M}_@%+=:,./-]+$/u.test(word)) return word
  const shown = plain(word)
  return /["$`\\!]/.test(shown) ? `'${shown.replaceAll("'", `'\\''`)}'` : `"${shown}"`
}
