// Writes docs/models-api.md from the declarations and comments of models/index.ts. With --check: exits with 1 if the file is not what would be written.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

const root = fileURLToPath(new URL('..', import.meta.url))
const file = join(root, 'docs/models-api.md')
const HEADER = `<!-- Written by \`npm run api-docs\` from the comments in models/. -->

# The library's interface

[models.md](models.md) has an example and explains what to bring.

`

const MARKDOWN: Partial<PluginOptions> = {
  outputFileStrategy: 'modules',
  hidePageHeader: true,
  hidePageTitle: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  expandObjects: true,
}

async function generate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-api-'))
  try {
    const app = await Application.bootstrapWithPlugins({
      entryPoints: [join(root, 'models/index.ts')],
      tsconfig: join(root, 'tsconfig.json'),
      plugin: ['typedoc-plugin-markdown'],
      out: folder,
      readme: 'none',
      // `npm run check` looks at types.
      skipErrorChecking: true,
      disableSources: true,
      excludePrivate: true,
      excludeInternal: true,
      sort: ['source-order'],
      groupOrder: ['Functions', 'Classes', 'Type Aliases', 'Variables'],
      validation: { notExported: false },
      treatWarningsAsErrors: true,
      logLevel: 'Warn',
      ...MARKDOWN,
    })
    const project = await app.convert()
    if (!project) throw new Error('Expected models/index.ts to compile')
    await app.generateOutputs(project)
    if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('Expected comments without mistakes')
    return HEADER + readFileSync(join(folder, 'README.md'), 'utf8').trimStart()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const text = await generate()
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/models-api.md is stale: run `npm run api-docs` and commit it\n')
  process.exitCode = 1
}
