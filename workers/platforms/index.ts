import { kick } from './kick/index.ts'
import type { Platform } from './platform.ts'
import { twitch } from './twitch/index.ts'
import { youtube } from './youtube/index.ts'

/** THE REGISTER: one line a platform. Its order is the order in which panel and overlay show them. */
export const platforms: readonly Platform[] = [twitch, youtube, kick]
