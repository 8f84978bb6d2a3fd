import type { ServiceContext } from '../../context.ts'
import type { Person } from '../../db/people.ts'
import { openPersonArchive } from './person-archive.ts'
import { StoredZip } from './stored-zip.ts'

/** Everything that is kept of a person as one ZIP of any size, made while it is read: one picture is in memory at a time. */
export async function* personAsZip(app: ServiceContext, person: Person): AsyncGenerator<Uint8Array, void> {
  const { pictures, about } = await openPersonArchive(app, person)
  const chunks: Uint8Array[] = []
  const zip = new StoredZip((chunk) => chunks.push(chunk))
  for await (const { path, bytes } of pictures) {
    zip.add(path, bytes)
    yield* chunks.splice(0)
  }
  zip.add('my-data.json', about())
  zip.end()
  yield* chunks.splice(0)
}
