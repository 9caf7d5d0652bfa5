/**
 * A platform, or an emote service, on this machine: faithful to the protocol as far as CrossChat uses it, and able to misbehave as
 * the real one does. For tests, and for `npm run dev -- --platforms`.
 */
export interface StandIn {
  /** Settings that make CrossChat use this instead of the real service. */
  readonly env: Readonly<Record<string, string>>
  /** What it can be made to do wrong, by name; each at once. */
  readonly troubles: Readonly<Record<string, () => void>>
  /** What ends a trouble that does not pass by itself, by the same name. */
  readonly cures?: Readonly<Record<string, () => void>>
  close(): Promise<void>
}

/** One that has chat. */
export interface ChatStandIn extends StandIn {
  /** The platform's id. */
  readonly platform: string
  /** Somebody writes in every channel that is followed right now. */
  say(name: string, text: string): void
}
