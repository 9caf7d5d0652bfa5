import { color, fit, number, type Setting, toggle } from './look-kinds.ts'

/**
 * Every setting of an overlay, as one table: out of it come the types, the defaults, what the API accepts, what the page
 * reads from its address, and the panel's form.
 *
 * Settings are kept sparsely: what nobody chose is the theme's to decide (look-themes.ts), and then the default's.
 */

export const SETTINGS = {
  theme: {
    ...{ parameter: 'theme', group: 'basic', label: 'Theme', kind: 'choice', default: 'clean' },
    values: {
      clean: 'Clean outline',
      captions: 'Caption boxes',
      bubbles: 'Bubbles',
      cards: 'Cards',
      neon: 'Neon',
      sidebar: 'Sidebar',
      ticker: 'Ticker',
      chroma: 'Chroma key',
    },
  },
  fontFamily: {
    ...{ parameter: 'font', group: 'basic', label: 'Font', kind: 'choice', default: 'inter' },
    values: {
      inter: 'Inter',
      nunito: 'Nunito',
      atkinson: 'Atkinson Hyperlegible',
      'roboto-condensed': 'Roboto Condensed',
      fredoka: 'Fredoka',
      'jetbrains-mono': 'JetBrains Mono',
      bangers: 'Bangers',
      'press-start-2p': 'Press Start 2P',
      system: 'The system’s own',
    },
  },
  fontSize: number('size', 'basic', 'Text size', [12, 96, 1], 28, { unit: 'px' }),
  fontWeight: number('weight', 'text', 'Weight', [400, 900, 100], 600),
  lineHeight: number('lh', 'text', 'Line height', [1.1, 2, 0.05], 1.35),
  scale: number('scale', 'text', 'Scale of everything', [0.5, 3, 0.05], 1, { unit: '×' }),
  textColor: color('color', 'text', 'Text colour', '#ffffff'),
  nameColor: {
    ...{ parameter: 'names', group: 'basic', label: 'Name colours', kind: 'choice', default: 'adjusted' },
    values: {
      adjusted: 'Own, readable',
      original: 'Own, as sent',
      platform: 'Platform',
      white: 'White',
      custom: 'One for all',
    },
  },
  nameColorCustom: color('namecolor', 'text', 'Name colour, one for all', '#ffffff'),
  /** Grows with the letters; so many px where they are 28 px. */
  outlineWidth: number('outline', 'text', 'Outline', [0, 6, 0.5], 2, { unit: 'px' }),
  outlineColor: color('outlinecolor', 'text', 'Outline colour', '#000000'),
  shadow: {
    ...{ parameter: 'shadow', group: 'text', label: 'Shadow', kind: 'choice', default: 'soft' },
    values: { none: 'None', soft: 'Soft', strong: 'Strong' },
  },
  panelColor: color('panel', 'panel', 'Box colour', '#121218'),
  panelOpacity: number('panelalpha', 'panel', 'Box opacity', [0, 100, 1], 88, { unit: '%' }),
  radius: number('radius', 'panel', 'Corners', [0, 32, 1], 10, { unit: 'px' }),
  gap: number('gap', 'panel', 'Space between messages', [0, 40, 1], 8, { unit: 'px' }),
  edge: number('edge', 'panel', 'Distance to the edge', [0, 200, 1], 24, { unit: 'px' }),
  maxWidth: number('width', 'panel', 'Width', [200, 1920, 1], 600, { unit: 'px', zero: 'full width' }),
  align: {
    ...{ parameter: 'align', group: 'basic', label: 'Side', kind: 'choice', default: 'left' },
    values: { left: 'Left', right: 'Right', center: 'Middle' },
  },
  anchor: {
    ...{ parameter: 'anchor', group: 'panel', label: 'Grows from', kind: 'choice', default: 'bottom' },
    values: { bottom: 'The bottom', top: 'The top' },
  },
  direction: {
    ...{ parameter: 'dir', group: 'text', label: 'Reading direction', kind: 'choice', default: 'auto' },
    values: { auto: 'As written', ltr: 'Left to right', rtl: 'Right to left' },
  },
  fadeEdge: number('fade', 'panel', 'Fading at the far edge', [0, 200, 1], 56, { unit: 'px' }),
  maxMessages: number('max', 'basic', 'Messages', [1, 100, 1], 30),
  lifetime: number('life', 'basic', 'Time on screen', [0, 600, 1], 0, { unit: 's', zero: 'until pushed out' }),
  animationIn: {
    ...{ parameter: 'in', group: 'motion', label: 'Coming', kind: 'choice', default: 'slide' },
    values: { none: 'At once', fade: 'Fade', slide: 'Slide', pop: 'Pop' },
  },
  animationOut: {
    ...{ parameter: 'out', group: 'motion', label: 'Going', kind: 'choice', default: 'fade' },
    values: { none: 'At once', fade: 'Fade' },
  },
  animationMs: number('ms', 'motion', 'Duration', [0, 600, 10], 240, { unit: 'ms' }),
  ratePerSecond: number('rate', 'motion', 'Messages a second at most', [1, 30, 1], 8),
  platforms: {
    ...{ parameter: 'platforms', group: 'basic', label: 'Platforms', kind: 'platforms', default: [] },
  },
  showPlatform: {
    ...{ parameter: 'mark', group: 'basic', label: 'Platform mark', kind: 'choice', default: 'tile' },
    values: { tile: 'Tile', dot: 'Dot', none: 'None' },
  },
  showBadges: {
    ...{ parameter: 'badges', group: 'basic', label: 'Badges', kind: 'choice', default: 'image' },
    values: { image: 'Pictures', text: 'Words', none: 'None' },
  },
  maxBadges: number('maxbadges', 'content', 'Badges at most', [0, 5, 1], 3),
  showAvatars: toggle('avatars', 'content', 'Avatars', false),
  showTimestamps: {
    ...{ parameter: 'time', group: 'content', label: 'Time', kind: 'choice', default: 'none' },
    values: { none: 'None', '24h': '20:14', '12h': '8:14 PM' },
  },
  separator: {
    ...{ parameter: 'sep', group: 'content', label: 'After the name', kind: 'choice', default: 'colon' },
    values: { colon: 'Colon', none: 'Blank', newline: 'New line' },
  },
  nameMax: number('namemax', 'content', 'Letters of a name', [6, 50, 1], 24),
  textMax: number('textmax', 'content', 'Letters of a message', [1, 500, 1], 0, { zero: 'all' }),
  maxLines: number('lines', 'content', 'Lines of a message', [1, 10, 1], 0, { zero: 'all' }),
  emotes: {
    ...{ parameter: 'emotes', group: 'content', label: 'Emotes', kind: 'choice', default: 'animated' },
    values: { animated: 'Moving', static: 'Still', text: 'As text' },
  },
  emoteSize: number('emotesize', 'content', 'Size of emotes', [1, 4, 0.25], 1.25, { unit: 'em' }),
  bigEmotes: toggle('bigemotes', 'content', 'Large where they stand alone', true),
  thirdPartyEmotes: {
    ...{ parameter: 'ext', group: 'content', label: 'Emotes of', kind: 'set', default: ['7tv', 'bttv', 'ffz'] },
    values: { '7tv': '7TV', bttv: 'BetterTTV', ffz: 'FrankerFaceZ' },
  },
  events: {
    ...{ parameter: 'events', group: 'content', label: 'Events', kind: 'set', default: ['sub', 'superchat', 'raid'] },
    values: {
      sub: 'Subscriptions',
      gift: 'Gifts',
      cheer: 'Cheers',
      superchat: 'Super chats',
      raid: 'Raids',
      follow: 'Follows',
      announce: 'Announcements',
    },
  },
  highlightFirst: toggle('first', 'content', 'Mark first messages', true),
  /** None = the names of the channel itself. */
  highlightMentions: {
    ...{ parameter: 'mentions', group: 'content', label: 'Words that light up', kind: 'words', default: [] },
  },
  groupSameUser: toggle('group', 'content', 'One name for messages in a row', false),
  featured: {
    ...{ parameter: 'featured', group: 'content', label: 'Featured message', kind: 'choice', default: 'inline' },
    values: { off: 'Not shown', inline: 'In its place', panel: 'In a box of its own' },
  },
  background: {
    ...{ parameter: 'bg', group: 'panel', label: 'Background', kind: 'color', default: 'transparent' },
    words: { transparent: 'Transparent' },
  },
  backlog: number('backlog', 'motion', 'Messages of the past on loading', [0, 20, 1], 0),
  reducedMotion: {
    ...{ parameter: 'motion', group: 'motion', label: 'Motion', kind: 'choice', default: 'auto' },
    values: { auto: 'As set', none: 'None at all' },
  },
  delaySeconds: number('delay', 'filters', 'Delay', [0, 30, 1], 0, { unit: 's' }),
  hideCommands: toggle('nocmd', 'filters', 'Hide commands', true),
  hideBots: toggle('nobots', 'filters', 'Hide bots', true),
  hideLinks: {
    ...{ parameter: 'links', group: 'filters', label: 'Links', kind: 'choice', default: 'mask' },
    values: { show: 'Show', mask: 'As [link]', hide: 'Leave out' },
  },
  hideUsers: { ...{ parameter: 'hide', group: 'filters', label: 'Hide these people', kind: 'words', default: [] } },
  /** None = everybody. */
  onlyRoles: {
    ...{ parameter: 'only', group: 'filters', label: 'Only these roles', kind: 'set', default: [] },
    values: { owner: 'Streamer', mod: 'Moderators', vip: 'VIPs', sub: 'Subscribers' },
  },
  minLength: number('minlen', 'filters', 'Letters at least', [0, 50, 1], 0),
  simulated: toggle('sim', 'filters', 'Show simulated messages', true),
  customCss: { ...{ parameter: null, group: 'css', label: 'Custom CSS', kind: 'css', default: '' } },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingName = keyof typeof SETTINGS
type ValueOf<S> = S extends { kind: 'choice'; values: infer V }
  ? keyof V
  : S extends { kind: 'set'; values: infer V }
    ? (keyof V)[]
    : S extends { kind: 'number' }
      ? number
      : S extends { kind: 'switch' }
        ? boolean
        : S extends { kind: 'platforms' | 'words' }
          ? string[]
          : string

/** How one overlay looks, every setting decided. */
export type OverlaySettings = { -readonly [N in SettingName]: ValueOf<(typeof SETTINGS)[N]> }
/** What somebody chose; the rest is the theme's and the defaults'. This is stored, and told to pages. */
export type ChosenSettings = Partial<OverlaySettings>
/** A change of what was chosen: null leaves a setting to the theme again. */
export type SettingsChange = { [N in SettingName]?: OverlaySettings[N] | null | undefined }
export type Theme = OverlaySettings['theme']

export const themes = (): Theme[] => Object.keys(SETTINGS.theme.values).filter(isTheme)
const isTheme = (name: string): name is Theme => Object.hasOwn(SETTINGS.theme.values, name)
export const settingNames = (): SettingName[] => Object.keys(SETTINGS).filter(isSettingName)
export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name)

/** What is stored, as far as this version knows it: it may come from an older or a newer one. */
export function known(stored: Readonly<Record<string, unknown>>): ChosenSettings {
  const pairs = Object.entries(stored).flatMap(([name, value]) => {
    const fitting = isSettingName(name) ? fit(SETTINGS[name], value) : undefined
    return fitting === undefined ? [] : [[name, fitting]]
  })
  return Object.fromEntries(pairs)
}

/** The same choices, in whatever order they were made. */
export function sameLook(one: ChosenSettings, other: ChosenSettings): boolean {
  return settingNames().every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}
