/** What the owner of the instance has decided. */

/** What the owner of the instance has decided; what is missing was left to the defaults. */
export interface InstanceRecord {
  registration?: 'open' | 'invite' | 'closed'
  /** Bytes of transcripts that each channel may keep. */
  channelBytes?: number
}

export interface Instances {
  get(): Promise<InstanceRecord>
  /** On disk (fsync) when it resolves. */
  put(record: InstanceRecord): Promise<void>
}
