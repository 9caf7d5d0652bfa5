import type { DemoAct } from '../server/protocol.ts'
import { pay, person, report, type Scene, say } from './demo-script.ts'
import type { Show } from './show.ts'

/** What strains a look: whoever makes one sees it hold, or not, before the stream does. All names are invented. */

const BURST = 20
const WALL = 'ccHype ccHeart ccGlee ccGG '

const LONG_NAME = 'TheLongestNameThatAnybodyHasEverTypedIntoASignUpForm'
const LONG_WORD = `Llanfair${'pwllgwyngyll'.repeat(6)}gogogoch`

const SCENES: Readonly<Partial<Record<DemoAct, readonly [Scene, ...Scene[]]>>> = {
  longName: [say(0, person(LONG_NAME, '#9acd32', 'mod', 'sub'), 'hello from far away')],
  longWord: [say(1, person('Lena', '#ff9d00'), `${LONG_WORD} https://example.com/${'path/'.repeat(12)}`)],
  rightToLeft: [
    say(1, person('عمر', '#3fd9b8', 'vip'), 'مرحبا بالجميع، هذا أفضل بث شاهدته هذا الأسبوع PixelPanda ccHeart'),
    say(0, person('שירה'), 'איזה משחק מדהים, אני חוזרת מחר (20:30)!'),
  ],
  emoteWall: [
    say(2, person('dustbunny', '#53d0ff'), WALL.repeat(12).trim()),
    say(0, person('sparrow', '#c9a0ff'), WALL.repeat(3).trim()),
  ],
  superchat: [
    pay(1, person('Jonas Bergström'), 'Took the whole evening off for this. Worth every minute of it!', '€50.00', 50),
  ],
  raid: [report(0, 'raid', person('lofi_lighthouse', '#1e90ff'), 'lofi_lighthouse is raiding with 1,248 viewers')],
}

export function perform(act: DemoAct, show: Show): void {
  const scenes = SCENES[act]
  if (scenes !== undefined) show.say(scenes)
  else if (act === 'play') show.play()
  else if (act === 'pause') show.pause()
  else if (act === 'burst') show.hurry(BURST)
  else if (act === 'remove') show.takeBack()
}
