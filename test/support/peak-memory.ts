/** For `node --import`: reports the peak of a process's memory on stderr when it ends, on Linux. Not ru_maxrss: that counts the parent too. */
export const REPORT_PEAK = `data:text/javascript,${encodeURIComponent(`import { readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
// Threads get this, too, and have the same memory.
if (isMainThread) process.on('exit', () => {
  const kib = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  process.stderr.write('\\npeak ' + kib + ' KiB\\n')
})`)}`

const PEAK = /\npeak (\d+) KiB\n/

/** The report taken out of stderr, in MiB; NaN where there is none. */
export const takePeak = (stderr: string): { peakMiB: number; err: string } => ({
  peakMiB: Number(PEAK.exec(stderr)?.[1]) / 1024,
  err: stderr.replace(PEAK, ''),
})
