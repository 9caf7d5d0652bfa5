/**
 * Told of what reading an answer threw: a flaw of ours, by the name of whose answer it was. It counts as no answer and must not end the
 * thread, which is that of all channels.
 */
export type TellFlaw = (whose: string, error: unknown) => void
