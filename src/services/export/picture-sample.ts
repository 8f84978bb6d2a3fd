import type { StoredExample } from '../../db/stored-examples.ts'

/** Pictures that the exported network is checked on, spread over the dataset. */
const CHECKED = 16

/** A few of the pictures that pass by and are learned from. */
export class PictureSample {
  readonly pictures: Uint8Array[] = []
  private readonly step: number
  private seen = 0

  /** @param total how many there are */
  constructor(total: number) {
    this.step = Math.max(1, Math.floor(total / CHECKED))
  }

  consider({ state, copy }: StoredExample): void {
    if (state !== 'kept') return
    if (this.seen++ % this.step === 0 && this.pictures.length < CHECKED) this.pictures.push(new Uint8Array(copy))
  }
}
