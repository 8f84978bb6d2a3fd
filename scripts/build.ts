// Builds what is published into dist/: JavaScript with source maps and types, and beside it the files that are no code.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EMBEDDED } from '../models/backbones/registry.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })

const assets = [EMBEDDED.file, EMBEDDED.prior, join(root, 'models/kernels/kernels.wasm')]
for (const asset of assets) if (asset) cpSync(asset, join(dist, relative(root, asset)))
for (const file of globSync(['src/web/pages/**/*.{css,svg,webp}', 'src/services/samples/pictures/*'], { cwd: root }))
  cpSync(join(root, file), join(dist, file))

// Browsers are not given maps, and would ask for them in vain.
for (const file of globSync('src/web/pages/**/*.js.map', { cwd: dist })) rmSync(join(dist, file))
for (const file of globSync('src/web/pages/**/*.js', { cwd: dist })) {
  const code = readFileSync(join(dist, file), 'utf8')
  writeFileSync(join(dist, file), code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
}

// TypeScript 5.9 leaves alone what is imported dynamically within `export default` (both ends are of one length: source maps hold).
for (const file of globSync('**/*.js', { cwd: dist })) {
  const code = readFileSync(join(dist, file), 'utf8')
  const rewritten = code.replace(/(?<=import\('\.[^']+)\.ts(?='\))/g, '.js')
  if (rewritten !== code) writeFileSync(join(dist, file), rewritten)
}
