// Picture sets for the benchmarks, from Debian and npm packages. They are fetched once into a cache that is not committed.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const CACHE = fileURLToPath(new URL('../.cache/', import.meta.url))

/** A cached folder. An interrupted run leaves only a folder with another name. */
function once(name: string, make: (folder: string) => void): string {
  const folder = join(CACHE, name)
  if (existsSync(folder)) return folder
  const half = `${folder}.part`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true })
  make(half)
  renameSync(half, folder)
  return folder
}

const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] }

/** Folder with the contents of a Debian package, unpacked but not installed. */
export const debian = (name: string): string =>
  once(`debian-${name}`, (folder) => {
    execFileSync('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', '-q', name], { ...quiet, cwd: folder })
    const file = readdirSync(folder).find((f) => f.endsWith('.deb'))!
    execFileSync('dpkg', ['-x', join(folder, file), folder], quiet)
    rmSync(join(folder, file))
  })

/** Folder with the contents of an npm package, without its dependencies. */
export const npm = (spec: string): string =>
  once(`npm-${spec.replaceAll('/', '-')}`, (folder) => {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, spec], quiet)
    const file = readdirSync(folder).find((f) => f.endsWith('.tgz'))!
    execFileSync('tar', ['-xzf', join(folder, file), '-C', folder], quiet)
    rmSync(join(folder, file))
  })
