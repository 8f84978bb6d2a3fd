// Drawn characters of which some are under the wrong label, as people add them: what a review is for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '../../../commands/registry.ts'
import { draw, TAUGHT } from '../../../demo/characters.ts'
import type { App } from '../../../src/app.ts'
import { parseOptions } from '../../../src/commands/parse-options.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'

/** `wrong`: so many pictures of each character are under other labels. */
type Drawn = { characters: number; each: number; wrong: number }

/** The character that a picture shows, by the name of its file. */
export const characterOf = (file: string): string => /([^/]+)-\d+\.\w+$/.exec(file)![1]!

/** Draws pictures, adds them in the terminal's `main`, and trains. @returns the dataset's id */
export async function addWithWrongLabels(app: App, by: string, { characters, each, wrong }: Drawn): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-wrong-'))
  try {
    const names = TAUGHT.slice(0, characters)
    const work = names.flatMap((name, i) =>
      Array.from({ length: each }, (_, k) => {
        const label = k < wrong ? names[(i + 1 + (k % (characters - 1))) % characters]! : name
        return draw(join(folder, label), name, k)
      }),
    )
    await Promise.all(work)
    const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
    await run(app, 'import', { dataset, by, options: { dir: folder } })
    await run(app, 'train', { dataset, by, options: { head: 'svm' } })
    return dataset
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Call = { dataset: number; by: string; options: Record<string, unknown> }

/** A command as the terminal calls it. */
async function run(app: App, name: string, { dataset, by, options }: Call): Promise<void> {
  const command = (await registry.find(name, 'cli'))!
  const call = { app, commands: registry, server: LOCAL_SERVER, dataset, by, requireAccess() {} }
  for await (const _ of command.run({ ...call, options: parseOptions(command, options, { frontEnd: 'cli' }) })) {
  }
}
