import { networkInterfaces } from 'node:os'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** This machine's addresses in its network, as phones reach it. */
export function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

/** Where browsers may say they are: this machine by its own names and, where phones may come in, by its addresses. */
export const originsOf = (port: number, addresses: readonly string[]): string[] =>
  [...LOOPBACK, ...addresses].map((host) => `http://${host}:${port}`)
