import type { Access } from '../../../services/permissions.ts'
import { send } from './api.ts'
import { signal } from './html.ts'
import { FIRST_PAGE, go, hrefIn, place } from './place.ts'

/** A dataset as the switcher shows it. `version`: the active one; null: nothing was trained. */
type MyDataset = { name: string; labels: number; examples: number; version: number | null }
/** `access`: what somebody may do there; left out: everything. */
export type MyServer = { id: string; name: string; datasets: MyDataset[]; access?: Access[] }
type Me = {
  kind: 'token' | 'discord'
  name: string
  person: string
  language: string
  isOperator: boolean
  servers: MyServer[]
}

/** Every server has it. */
const FIRST_DATASET = 'main'

/** Whoever looks at the page. Undefined until it is known. */
export const me = signal<Me | undefined>(undefined)

export async function loadMe(): Promise<Me> {
  me.value = (await (await send('/api/me')).json()) as Me
  return me.value
}

const serverHere = (): MyServer | undefined => me.value?.servers.find(({ id }) => id === place.value.server)

export const datasetHere = (): MyDataset | undefined =>
  serverHere()?.datasets.find(({ name }) => name === place.value.dataset)

/** What somebody has given a name, and no picture yet: by server and name. */
const started = new Set<string>()

/** Shows a dataset that is not there yet: its first picture makes it. */
export function startDataset(name: string): void {
  const { server } = place.value
  started.add(`${server}/${name}`)
  go(hrefIn({ server, dataset: name, page: FIRST_PAGE }))
}

/** Whether what the address names is there, or may be begun. */
export function isPlaceKnown(): boolean {
  const { server, dataset } = place.value
  const isFirst = dataset === FIRST_DATASET
  return serverHere() !== undefined && (isFirst || datasetHere() !== undefined || started.has(`${server}/${dataset}`))
}

/** Whether the visitor may do here what needs this access, or one of several. The server decides; this only hides what it would refuse. */
export function may(access: Access | readonly Access[]): boolean {
  if (typeof access !== 'string') return access.some((each) => may(each))
  if (access === 'operator') return me.value?.isOperator ?? false
  const server = serverHere()
  return server !== undefined && (server.access?.includes(access) ?? true)
}
