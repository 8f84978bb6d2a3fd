// The package as people get it: packed, and installed by the README's own line into an empty folder.
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tree = fileURLToPath(new URL('../..', import.meta.url))
const IS_WINDOWS = process.platform === 'win32'
/** npm hands a project's settings on to what it runs. Of those only where packages come from is kept. */
const NPM_SOURCE = /^npm_config_(cache|cafile|registry|userconfig|.*proxy)$/i
const OURS = /^(npm_|MEKIKI_|DISCORD_|DATA_KEY|NODE_TEST_CONTEXT)/i
const MAX_OUTPUT_BYTES = 2 ** 26

type Packed = { filename: string; unpackedSize: number; files: { path: string }[] }
type Ended = { status: number; out: string; err: string }
type Who = { uid?: number; gid?: number }

/** Packs the tree and installs it, in a folder of its own that `remove` deletes. */
export function packAndInstall() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-package-'))
  // Others may look in, as into any folder of programs.
  chmodSync(root, 0o755)
  const prefix = join(root, 'empty')
  mkdirSync(prefix)
  const env = cleanEnvironment(prefix)

  const listed = npm(['pack', '--json', '--silent', '--pack-destination', root], { cwd: tree, env: process.env })
  // Scripts that run before may have said something.
  const [packed] = JSON.parse(listed.slice(listed.lastIndexOf('\n[\n') + 1)) as [Packed]
  const { variables, args } = readInstallLine()
  const tarball = join(root, packed.filename)
  npm([...args, tarball], { cwd: prefix, env: { ...env, ...variables } })

  const modules = IS_WINDOWS ? join(prefix, 'node_modules') : join(prefix, 'lib/node_modules')
  const command = IS_WINDOWS ? join(prefix, 'mekiki.cmd') : join(prefix, 'bin/mekiki')

  /** Each folder is a person of its own, whose data lie in it. */
  const envIn = (cwd: string): NodeJS.ProcessEnv => ({ ...env, HOME: cwd, XDG_DATA_HOME: '', APPDATA: cwd })

  /** Runs the installed command in `cwd`. */
  function mekiki(cwd: string, args: string[], who: Who = {}): Promise<Ended> {
    const options = { cwd, env: envIn(cwd), shell: IS_WINDOWS, maxBuffer: MAX_OUTPUT_BYTES, ...who }
    return new Promise((resolve) => {
      execFile(command, args, options, (error, out, err) =>
        resolve({ status: error ? Number(error.code ?? 70) : 0, out, err }),
      )
    })
  }
  const remove = (): void => rmSync(root, { recursive: true, force: true })
  return { root, env, envIn, command, packed, folder: join(modules, 'mekiki'), mekiki, remove }
}

/** The line of the README that installs the command: `[VARIABLE=value …] npm install [options] mekiki`. */
function readInstallLine(): { variables: Record<string, string>; args: string[] } {
  const readme = readFileSync(join(tree, 'README.md'), 'utf8')
  const line = /^ *((?:[A-Z_]+=\S+ )*)npm (install .*?)mekiki *(#.*)?$/m.exec(readme)
  if (!line) throw new Error('Expected a line `npm install … mekiki` in README.md, found none')
  const [, before = '', install = ''] = line
  const words = (text: string): string[] => text.trim().split(/\s+/).filter(Boolean)
  return { variables: Object.fromEntries(words(before).map((word) => word.split('='))), args: words(install) }
}

/** Nothing of this project's settings, and the Node that runs the tests before all others. */
function cleanEnvironment(prefix: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name) || NPM_SOURCE.test(name))
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`
  return { ...Object.fromEntries(kept), PATH: path, npm_config_prefix: prefix, npm_config_loglevel: 'error' }
}

function npm(args: string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): string {
  return execFileSync('npm', args, { cwd, env, shell: IS_WINDOWS, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES })
}
