import { posix, win32 } from 'node:path'

/** What decides where the data are. `clone`: the folder of a clone, where the program runs in one. */
export type Surroundings = {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  /** The person's own folder. */
  homedir: string
  cwd: string
  clone: string | undefined
  hasDatabase(folder: string): boolean
}

/**
 * `from`: `chosen` by MEKIKI_HOME; the `usual` one; or `here`, where the usual one has no database and the folder `data`
 * in which the program was started has one. `usual`: what it would otherwise be.
 */
type DataFolder = { path: string; from: 'chosen' | 'usual' | 'here'; usual: string }

/** The folder that holds everything, wherever the program was started. */
export function chooseDataFolder(around: Surroundings): DataFolder {
  const { platform, env, homedir, cwd, hasDatabase } = around
  const { join, resolve } = platform === 'win32' ? win32 : posix
  const usual = usualFolder(around)
  const chosen = env.MEKIKI_HOME
  if (chosen) {
    // A leading `~` is the person's own folder, as in a shell.
    const expanded = /^~(?=$|[/\\])/.test(chosen) ? join(homedir, chosen.slice(1)) : chosen
    return { path: resolve(cwd, expanded), from: 'chosen', usual }
  }
  const here = join(cwd, 'data')
  const isHere = here !== usual && !hasDatabase(usual) && hasDatabase(here)
  return isHere ? { path: here, from: 'here', usual } : { path: usual, from: 'usual', usual }
}

/** Where programs of a platform keep their data; in a clone, the clone's own folder `data`. */
function usualFolder({ platform, env, homedir, clone }: Surroundings): string {
  if (platform === 'win32') {
    if (clone !== undefined) return win32.join(clone, 'data')
    return win32.join(env.APPDATA || win32.join(homedir, 'AppData', 'Roaming'), 'mekiki')
  }
  if (clone !== undefined) return posix.join(clone, 'data')
  if (platform === 'darwin') return posix.join(homedir, 'Library', 'Application Support', 'mekiki')
  const { XDG_DATA_HOME: data = '' } = env
  // The specification of XDG says to pass over paths that are not absolute.
  return posix.join(posix.isAbsolute(data) ? data : posix.join(homedir, '.local', 'share'), 'mekiki')
}
