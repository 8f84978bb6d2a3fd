import { registry } from '../commands/registry.ts'
import type { App } from '../src/app.ts'
import { render } from '../src/cli/render/render.ts'
import { loadWords } from '../src/cli/words.ts'
import type { Result } from '../src/commands/define.ts'
import { DEFAULT_DATASET, LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'

type Runner = (name: string, options: Record<string, unknown>, say?: (text: string) => void) => Promise<Result[]>

/** Runs commands as the command line does, in a dataset of its own. With `say`, results are said as the command line prints them. */
export async function openRunner(app: App): Promise<Runner> {
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: DEFAULT_DATASET, create: true })
  const words = await loadWords('en', { server: LOCAL_SERVER, dataset: DEFAULT_DATASET })
  const call = { app, commands: registry, server: LOCAL_SERVER, dataset, by: 'demo', requireAccess: () => {} }
  return async (name, options, say) => {
    const command = await registry.find(name, 'cli')
    if (!command) throw new Error(`Expected the name of a command, received ${name}`)
    const results: Result[] = []
    for await (const event of command.run({ ...call, options })) {
      if (!('result' in event)) continue
      results.push(event.result)
      say?.(render(event.result, words))
    }
    return results
  }
}
