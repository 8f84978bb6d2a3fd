import type { Access } from '../../../services/permissions.ts'
import { send } from './api.ts'
import { signal } from './html.ts'
import { place } from './place.ts'

/** A dataset as the switcher shows it. `version`: the active one; null: nothing was trained. */
export type MyDataset = { name: string; labels: number; examples: number; version: number | null }
/** `access`: what somebody may do there; left out: everything. */
export type MyServer = { id: string; name: string; datasets: MyDataset[]; access?: Access[] }
export type Me = {
  kind: 'token' | 'discord'
  name: string
  person: string
  language: string
  isOperator: boolean
  servers: MyServer[]
}

/** Whoever looks at the page. Undefined until it is known. */
export const me = signal<Me | undefined>(undefined)

export async function loadMe(): Promise<Me> {
  me.value = (await (await send('/api/me')).json()) as Me
  return me.value
}

export const serverHere = (): MyServer | undefined => me.value?.servers.find(({ id }) => id === place.value.server)

export const datasetHere = (): MyDataset | undefined =>
  serverHere()?.datasets.find(({ name }) => name === place.value.dataset)

/** Whether the visitor may do here what needs this access. The server decides; this only hides what it would refuse. */
export function may(access: Access): boolean {
  if (access === 'operator') return me.value?.isOperator ?? false
  const server = serverHere()
  return server !== undefined && (server.access?.includes(access) ?? true)
}
