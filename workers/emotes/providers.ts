import { bttv } from './bttv.ts'
import { ffz } from './ffz.ts'
import type { Provider } from './provider.ts'
import { sevenTv } from './seventv.ts'

/** The emote services in the order in which they come first, as Chatterino has it; a channel's sets come before those for all. */
export const providers: readonly Provider[] = [ffz, bttv, sevenTv]
