/** What the terminal says in which the page was started. */
export type WebStartWords = {
  /** @param program as people call it, as in `mekiki` */
  help: (program: string) => string
  ready: string
  /** Below the address. */
  opensOnce: string
  fresh: string
  data: (folder: string) => string
  botTrains: string
  lan: string
  lanCode: string
  noLan: string
  stopped: string
}
