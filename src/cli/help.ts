import type { HelpConfiguration, Option as ProgramOption } from 'commander'
import { Help } from 'commander'
import type { TerminalWords } from '../locales/terminal-words.ts'

/** Headings and remarks of the help in a language; Commander has English ones. */
export function helpIn({ headings, values }: TerminalWords): HelpConfiguration {
  const titles: Record<string, string> = headings
  const translate = (text: string): string =>
    text.replace('(choices: ', `(${values.choices}: `).replace('default: ', `${values.default}: `)
  const help = new Help()
  return {
    styleTitle: (title) => titles[title] ?? title,
    optionDescription: (option: ProgramOption) => translate(help.optionDescription(option)),
    argumentDescription: (argument) => translate(help.argumentDescription(argument)),
  }
}
