/** What became of a call. `isOpen`: it is to be answered later, or by another process. `answer`: the message that was sent. */
export type Ended = { isOpen: boolean; answer?: { id: string; channel: string } | undefined }
