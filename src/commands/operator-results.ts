import type { Engine } from '../db/engine.ts'
import type { Moved } from '../db/moves/moved.ts'
import type { Place } from '../db/near-copies.ts'
import type { CheckedPictures } from '../db/objects/check-pictures.ts'
import type { BlockKind } from '../db/schema-servers.ts'
import type { ServerUse } from '../db/server-list.ts'
import type { CheckedBot } from '../services/check-token.ts'
import type { ProcessReport } from '../services/process-problems.ts'

/** What the operator alone is answered. */
export type OperatorResults = {
  /** `unreadable`, here and below: those that the bucket lost or changed. `named`: the first of their examples. */
  encrypted: { changed: number; unreadable: number }
  picturesChecked: CheckedPictures
  picturesMoved: { to: 'bucket' | 'database'; changed: number; unreadable: number }
  /** `missing`: added backbones whose files are gone. `inBucket`: pictures that are not in the file. */
  backupCreated: { file: string; bytes: number; missing: string[]; inBucket: number }
  /** `engine`: of where everything is now. `kept`: where the database lies that was there. `missing`: as in `backupCreated`. */
  migrated: Moved & { engine: Engine }
  /** `kept`: where the replaced database lies. `forgotten`: examples deleted again; null: not known. */
  backupRestored: { file: string; kept: string | null; forgotten: number | null }
  /** `otherBlocked`: servers of which nothing is stored. `limits`: where nothing else is set. `problem`: why there are no names. */
  serverList: {
    servers: (ServerUse & { name: string | null; members: number | null; isBlocked: boolean })[]
    otherBlocked: string[]
    limits: { pictures: number | null; labels: number | null }
    problem: string | null
  }
  /** A token that Discord does not know; `triesLeft`: how often it is asked for again. */
  tokenRefused: { triesLeft: number }
  tokenAccepted: CheckedBot
  /** `written`: names of variables. `needsEncrypt`: pictures that are stored already are not encrypted yet. */
  botSetUp: { file: string; written: string[]; invitation: string; needsEncrypt: boolean }
  /** `commands`: what starts it. */
  serviceWritten: { file: string; commands: string[] }
  serverLeft: { server: string; left: boolean; graceDays: number }
  /** `null`: as other servers. */
  limitsSet: { server: string; pictures: number | null; labels: number | null }
  /** `left`: of a server that was blocked, whether the bot was in it; null: nobody could be asked. */
  blockChanged: { kind: BlockKind; id: string; blocked: boolean; changed: boolean; left: boolean | null }
  blockedPeople: { people: { id: string; at: string; by: string }[] }
  /** `total`: places, of which the first are listed. */
  picturesFound: { places: Place[]; total: number; pictures: number }
  picturesRemoved: { pictures: number; examples: number; datasets: number }
  blockedPictures: { pictures: { id: number; at: string; by: string }[] }
  pictureAllowed: { id: string; changed: boolean }
  processes: ProcessReport
  checked: { ok: boolean; checks: { check: string; ok: boolean; found: string; todo?: string }[] }
}
