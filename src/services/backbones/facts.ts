import {
  type BackboneFacts,
  CATALOGUE,
  type CatalogueEntry,
  EMBEDDED_FACTS,
  INCEPTION,
} from '../../../models/backbones/catalogue.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { convertedId, networkId } from './backbone-id.ts'
import { NetworkDescription } from './network-description.ts'

/** The id that an entry of the catalogue has wherever it is added. */
export const catalogueId = ({ name, input, sha256 }: CatalogueEntry): string =>
  input ? networkId(name, NetworkDescription.parse(input), sha256) : convertedId(name, {}, sha256)

/** What is known of a backbone. Null for one that the operator made or found. */
export function factsOf(id: string): BackboneFacts | null {
  if (id === EMBEDDED.id) return EMBEDDED_FACTS
  if (isInception(id)) return INCEPTION.facts
  const entry = CATALOGUE.find((entry) => catalogueId(entry) === id)
  return entry ? toFacts(entry) : null
}

/** Backbones that can be added by their name. @param ids of those that are there */
export function listInstallable(ids: string[]): { name: string; facts: BackboneFacts }[] {
  const listed = CATALOGUE.filter((entry) => !ids.includes(catalogueId(entry)))
  const available = listed.map((entry) => ({ name: entry.name, facts: toFacts(entry) }))
  return ids.some(isInception) ? available : [...available, INCEPTION]
}

/** Its file is made here, so its hash is not known before. */
const isInception = (id: string): boolean => id.startsWith(`${INCEPTION.name}@`)

const toFacts = ({ licence, bytes, goodAt, milliseconds }: BackboneFacts): BackboneFacts => ({
  licence,
  bytes,
  goodAt,
  milliseconds,
})
