// A PostgreSQL one of whose databases lies on a disk of its own, in memory, which can be filled to the last byte and freed.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCode } from '../../src/errors.ts'
import { inPostgres } from './in-postgres.ts'
import { type OwnPostgres, ownPostgres, skipWithoutServer } from './own-postgres.ts'

/** Room for an empty database, its schema, and some more. */
const DISK_MIB = 64

function mount(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=700`, 'tmpfs', folder])
  if (status === 0) return folder
  rmdirSync(folder)
  return undefined
}

function unmount(folder: string): void {
  execFileSync('umount', [folder])
  rmdirSync(folder)
}

function canMount(): boolean {
  const folder = process.platform === 'linux' && process.getuid?.() === 0 ? mount() : undefined
  if (folder) unmount(folder)
  return folder !== undefined
}

export const skipWithoutDisk = skipWithoutServer || (!canMount() && 'only root, on Linux, can make a small disk')

export type SmallDisk = Pick<OwnPostgres, 'url'> & {
  /** Leaves so many bytes. */
  fill(left?: number): void
  free(): void
  remove(): void
}

/** Starts the server. `url`: of an empty database on the small disk; what it writes ahead lies elsewhere, as it often does. */
export async function openSmallDisk(): Promise<SmallDisk> {
  const server = await ownPostgres()
  const disk = mount()
  if (disk === undefined) throw new Error('Expected to be allowed to mount a disk')
  execFileSync('chown', ['postgres', disk])
  execFileSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', 'mkdir', join(disk, 'data')])
  await inPostgres(server.url, `create tablespace small location '${join(disk, 'data')}'`)
  await inPostgres(server.url, 'create database small template template0 tablespace small')
  const filler = join(disk, 'filler')
  return {
    url: server.url.replace(/\/postgres$/, '/small'),
    fill(left = 0) {
      for (;;) {
        const { bavail, bsize } = statfsSync(disk)
        if (bavail * bsize <= left) return
        try {
          appendFileSync(filler, Buffer.alloc(bavail * bsize - left))
        } catch (error) {
          // PostgreSQL writes at the same time.
          if (errorCode(error) !== 'ENOSPC') throw error
        }
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      server.remove()
      unmount(disk)
    },
  }
}
