import { commands } from '../../commands/registry.ts'
import type { Answer, Progress } from '../commands/define.ts'
import { openDataset } from '../db/datasets.ts'
import type { Source } from '../images/source.ts'
import { type Access, datasetFor, type Person, requireAccess, type Settings } from '../services/settings.ts'
import type { Door } from './context.ts'

/** Where something is asked, by whom, and how this server is set. */
export type Place = { server: string; channel: string; parent: string | null; person: Person; settings: Settings }
type Request = { verb: string; options: Record<string, unknown>; pictures?: Source[] }

/** Runs a verb for somebody. @returns its answers. Throws UserError access.denied, busy.cooldown, and those of the verb */
export async function perform(
  door: Door,
  { server, channel, parent, person, settings }: Place,
  { verb, options, pictures = [] }: Request,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Answer[]> {
  const command = commands.find((c) => c.name === verb && c.only !== 'terminal')
  if (!command) throw new Error(`No verb ${verb}`)
  requireAccess(settings, person, command.access)
  await door.cooldowns.spend(server, person.id, pictures.length > 0 ? 'pictures' : verb, pictures.length || 1)
  const { app } = door
  const dataset = await openDataset(app.store, server, datasetFor(settings, channel, parent), true)
  const given = Object.fromEntries(
    Object.entries(command.options).map(([key, { kind, fallback }]) => {
      if (kind === 'pictures') return [key, each(pictures)]
      if (kind === 'examples') return [key, (options[key] as string | undefined)?.split(/[\s,]+/).filter(Boolean)]
      return [key, options[key] ?? fallback]
    }),
  )
  const answers: Answer[] = []
  const call = { app, server, dataset, by: person.id, chat: { channel }, options: given }
  const demand = (access: Access): void => requireAccess(settings, person, access)
  let outcome = 'failed'
  try {
    for await (const event of command.run({ ...call, demand })) {
      if ('answer' in event) answers.push(event.answer)
      else onProgress(event.progress)
    }
    outcome = 'done'
    return answers
  } finally {
    door.metrics.verbs.inc({ verb, outcome })
  }
}

async function* each(sources: Source[]): AsyncGenerator<Source> {
  yield* sources
}
