/** What this process has counted since it started, for whoever serves metrics (services/process-metrics.ts says what each is). */
export const counters = {
  callsCommitted: 0,
  callsClaimed: 0,
  callsFinished: 0,
  callsLapsed: 0,
  trainingsFinished: 0,
  trainingsFailed: 0,
  leasesLost: 0,
  restRequests: 0,
  /** Milliseconds. */
  restWaited: 0,
  objectRequests: 0,
  objectFailures: 0,
}

export type CounterName = keyof typeof counters

export function count(name: CounterName, by = 1): void {
  counters[name] += by
}
