import type { Row } from '../help/rows.ts'

/** What an attacker might do to a CrossChat, and the test that shows what comes of it. `npm run threats` runs them and prints the table. */

const SESSION = 'tests/threats/session.test.ts'
const SIGN_IN = 'tests/threats/sign-in.test.ts'
const ORIGIN = 'tests/threats/origin.test.ts'
const INPUT = 'tests/threats/input.test.ts'
const SOCKETS = 'tests/threats/ws-abuse.test.ts'
const HTTP = 'tests/threats/http-abuse.test.ts'
const SECRETS = 'tests/threats/secrets.test.ts'
const HOUSE = 'tests/threats/house.test.ts'
const CHAT = 'tests/journeys/hostile-chat.test.ts'
const KICK = 'tests/journeys/kick-hooks.test.ts'
const TWITCH = 'tests/workers/platforms/twitch/verify.test.ts'
const TEXT = 'tests/workers/text.test.ts'
const EXPORT = 'tests/server/routes/exports/export.test.ts'
const RESTORE = 'tests/server/stores/backup/restore.test.ts'

export const ROWS: readonly Row[] = [
  // Sessions, sign-in, accounts
  {
    row: 'T1',
    what: 'A copied cookie is used after its owner has signed out.',
    test: `${SESSION} › knows no copied cookie after signing out`,
  },
  {
    row: 'T2',
    what: 'A call under way revives a session that ends meanwhile.',
    test: `${SESSION} › revives no session by calls under way that write it, fifty times`,
  },
  {
    row: 'T3',
    what: 'Somebody is made to sign in under a session id that another knows.',
    test: `${SESSION} › gives whoever signs in an id of its own, whatever cookie came along`,
  },
  {
    row: 'T4',
    what: 'A cookie is taken by a script, over plain http, or by a sibling host.',
    test: [
      `${SESSION} › sends its cookie to no script, no other site and no other host`,
      `${SESSION} › binds its cookie to https where that is the public address`,
      `${SESSION} › warns where the public address is plain http`,
    ],
  },
  {
    row: 'T5',
    what: 'A session is kept alive for ever.',
    test: `${SESSION} › ends a session at its absolute limit, however busy, and one that rests before`,
  },
  {
    row: 'T6',
    what: 'A session or an open socket outlives a change of password or a suspension.',
    test: [
      `${SESSION} › closes sockets of other sessions and refuses their cookies when the password changes`,
      `${SESSION} › closes sockets and sessions of an account that is suspended`,
    ],
  },
  {
    row: 'T7',
    what: 'The secret that signs is old, short, or readable.',
    test: [
      `${SESSION} › takes cookies signed with the older secret, signs them anew, and forgets a secret that is taken out`,
      `${SESSION} › does not start with a secret that is too short`,
      'tests/server/auth/secret.test.ts › makes a secret that only its owner can read, and keeps it',
    ],
  },
  {
    row: 'T8',
    what: 'Passwords are tried one after the other.',
    test: `${SIGN_IN} › slows down the sixth wrong try, not the same name from elsewhere, and forgets after a right one`,
    why: 'The counts are kept in memory: a restart within their minute forgets them.',
  },
  {
    row: 'T9',
    what: 'Wrong tries lock the owner of a name out.',
    test: `${SIGN_IN} › answers a thousand wrong tries for a name that is there and one that is not alike, and lets its owner in`,
  },
  {
    row: 'T10',
    what: 'Answers or their cost tell which names exist.',
    test: [
      `${SIGN_IN} › answers a thousand wrong tries for a name that is there and one that is not alike, and lets its owner in`,
      'tests/server/auth/passwords.test.ts › gives the thread the same work for nobody as for somebody',
    ],
    why: 'The work of the hashing thread is compared, not the time that answers take.',
  },
  {
    row: 'T11',
    what: 'A flood of sign-ins keeps the server busy with hashing.',
    test: `${HTTP} › goes on answering while hundreds sign in at once, and turns away whom it would keep waiting`,
  },
  {
    row: 'T12',
    what: 'The end of a long password does not count.',
    test: `${SIGN_IN} › knows every byte of a long password`,
  },
  {
    row: 'T13',
    what: 'Operators of the database stand in place of a name or a password.',
    test: `${SIGN_IN} › takes names and passwords as text and nothing else`,
  },
  {
    row: 'T14',
    what: 'Another site signs somebody in or out.',
    test: `${ORIGIN} › signs nobody in or out for another site, not even without a session`,
  },
  {
    row: 'T15',
    what: 'A stranger takes the first account, or finds one that was there from the start.',
    test: [
      `${SIGN_IN} › wants the token of the first account through a proxy on this machine, and makes no second owner by it`,
      `${SIGN_IN} › knows no account that nobody has made`,
      'tests/journeys/first-run.test.ts › lets nobody claim it again with the token',
    ],
  },
  {
    row: 'T16',
    what: 'One account reads or changes what is another’s.',
    test: [
      'tests/journeys/isolation.test.ts › answers every call with another account’s ids as if they did not exist',
      'tests/server/routes/isolation.test.ts › leaves everything as it was',
      'tests/server/routes/roles.test.ts › say the least role they need',
    ],
  },
  {
    row: 'T17',
    what: 'A field of the body makes somebody more than they are.',
    test: `${SIGN_IN} › makes nobody more than they are by a field of the body`,
  },
  {
    row: 'T18',
    what: 'An error tells of paths, stacks or causes.',
    test: 'tests/server/routes/index.test.ts › tells nothing of what failed inside, and logs it with its id',
  },

  // Other sites, browsers
  {
    row: 'T19',
    what: 'A page of another site sends a call with the session.',
    test: [
      `${ORIGIN} › refuses every call that changes something to pages of other sites, with a session and every form of Origin`,
      `${ORIGIN} › takes what forms of other sites can send for no JSON, also from its own`,
    ],
  },
  {
    row: 'T20',
    what: 'A page of another site opens the panel’s socket.',
    test: `${ORIGIN} › opens the panel’s socket to its own page with a session that stands, before the 101`,
  },
  {
    row: 'T21',
    what: 'The panel is framed by another site.',
    test: `${ORIGIN} › lets no answer but the overlay be framed by others, none be guessed at, kept by others or read by their pages`,
  },
  {
    row: 'T22',
    what: 'Chat becomes markup on the overlay.',
    test: `${CHAT} › what platforms carry is drawn as text, row by row, and ordinary rows stay as they were`,
  },
  {
    row: 'T23',
    what: 'A colour becomes style.',
    test: [
      `${TEXT} › takes a colour of six digits in any case and nothing else`,
      `${CHAT} › events that no normaliser has looked at are drawn as text, too`,
    ],
  },
  {
    row: 'T24',
    what: 'The address of a picture leads to another host.',
    test: [
      `${TEXT} › takes an https address on a known host and nothing else`,
      'tests/overlay/parts/images.test.ts › refuses every other address',
      `${CHAT} › events that no normaliser has looked at are drawn as text, too`,
    ],
  },
  {
    row: 'T25',
    what: 'A link runs script or hides where it leads.',
    test: 'tests/workers/words.test.ts › leaves as text what is no address of the web, or hides where it leads',
  },
  {
    row: 'T26',
    what: 'Marks of direction turn round what follows.',
    test: [
      `${TEXT} › takes out control characters and bidi overrides`,
      'tests/journeys/live.test.ts › keeps a name from right to left at the beginning of its sentence',
    ],
  },
  {
    row: 'T27',
    what: 'Stacked marks, tall letters and endless words leave their row.',
    test: [
      `${TEXT} › keeps a few marks a letter and no more`,
      'tests/overlay/page.test.ts › keeps every row inside the page, whatever its words',
    ],
  },
  {
    row: 'T28',
    what: 'Invisible characters dodge a rule.',
    test: 'tests/workers/rules.test.ts › is not dodged by invisible characters, other forms of a letter or soft hyphens',
  },
  {
    row: 'T29',
    what: 'Keys of overlays are guessed.',
    test: [
      `${SOCKETS} › answers made-up keys alike, those that look right and those that do not`,
      'tests/server/auth/keys.test.ts › opens nothing with a key that was changed by one letter',
      'tests/server/channels/wrong-keys.test.ts › are answered late from an address that sent many, for a minute, and from no other',
    ],
  },
  {
    row: 'T30',
    what: 'A key is found in logs, files, figures, errors or referrers.',
    test: [
      `${SECRETS} › leaves none of them in its files, nor in what it wrote to its log`,
      `${SECRETS} › shows none of them in the log that its owner reads, nor in what was refused`,
      'tests/overlay/page.test.ts › never sends the key anywhere but in the first frame',
    ],
  },
  {
    row: 'T31',
    what: 'A key of an overlay gives orders.',
    test: `${SOCKETS} › lets an overlay’s key order nothing: any word but its own ends the socket and changes nothing`,
  },
  {
    row: 'T32',
    what: 'A key that leaked goes on opening.',
    test: 'tests/journeys/wire.test.ts › closes the sockets of an old key with 4002 and refuses it from then on',
  },
  {
    row: 'T33',
    what: 'Kept chat becomes markup in the panel or in an export.',
    test: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the test's name as it stands in its file.
      'tests/journeys/hostile-chat.test.ts › the ${kind} draws the same as text',
      `${EXPORT} › writes a page in which nothing of the chat is markup`,
    ],
  },
  {
    row: 'T34',
    what: 'A cache on the way keeps what is private.',
    test: `${ORIGIN} › lets no answer but the overlay be framed by others, none be guessed at, kept by others or read by their pages`,
    why: 'Pages hold nothing of anybody: they are sent with no-cache, all else with no-store.',
  },
  {
    row: 'T35',
    what: 'Another site’s page reads answers.',
    test: `${ORIGIN} › opens no call with a session to another site’s page`,
  },
  {
    row: 'T36',
    what: 'An address here leads to another site.',
    test: `${ORIGIN} › leads nowhere else, whatever the address says`,
  },

  // Protocols and limits
  {
    row: 'T37',
    what: 'A body is huge, or becomes so.',
    test: `${HTTP} › takes no body beyond its measure, whether it says how long it is or not, nor one that unpacks`,
  },
  {
    row: 'T38',
    what: 'JSON is too deep, or holds keys that every object has.',
    test: [
      `${INPUT} › refuses bodies that are too deep to walk, and fields given twice change nothing but themselves`,
      `${INPUT} › takes payloads of platforms that reach for it, and the chat goes on`,
    ],
  },
  {
    row: 'T39',
    what: 'A name is a path or an operator of the database.',
    test: `${INPUT} › keeps odd names as text, and nothing else changes`,
  },
  {
    row: 'T40',
    what: 'An id is a way to another file.',
    test: `${INPUT} › finds nothing outside under ids that are ways`,
  },
  {
    row: 'T41',
    what: 'Files that are no page’s are asked for.',
    test: `${INPUT} › serves no file that is not a page’s, however it is asked for`,
  },
  {
    row: 'T42',
    what: 'A rule takes for ever over a message.',
    test: [
      'tests/workers/rules.test.ts › takes words for words and never for patterns',
      'tests/workers/rules.test.ts › costs by the length of the text and not by the number of words',
    ],
  },
  {
    row: 'T43',
    what: 'A cell of an export is a formula.',
    test: `${EXPORT} › writes no cell that a spreadsheet takes for a formula`,
  },
  {
    row: 'T44',
    what: 'A name in an archive leads out of its folder, or the archive becomes huge.',
    test: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the test's name as it stands in its file.
      'tests/server/stores/backup/restore.test.ts › refuses ${what}, and leaves nothing behind',
      `${RESTORE} › refuses a file larger than any of ours before its bytes arrive`,
    ],
  },
  {
    row: 'T45',
    what: 'Frames are huge, or a message comes in endless pieces.',
    test: [
      `${SOCKETS} › ends a message that comes in too many pieces, however small`,
      `${SOCKETS} › ends a message of empty pieces, too`,
      `${SOCKETS} › ends a frame that says it will be larger than any, before it has come`,
    ],
  },
  {
    row: 'T46',
    what: 'A socket floods with pings, pongs or words.',
    test: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the test's name as it stands in its file.
      'tests/threats/ws-abuse.test.ts › ends a flood of ${op}s, also of one who reads the answers, and before a word was said',
      `${SOCKETS} › ends a flood of words that are allowed one by one`,
    ],
  },
  {
    row: 'T47',
    what: 'A reader stands still, and what waits for it grows.',
    test: `${SOCKETS} › cuts off readers that stand still, many at once, and holds nobody else up`,
  },
  {
    row: 'T48',
    what: 'One address, or whoever has got a key, takes every place.',
    test: [
      'tests/server/channels/hub.test.ts › lets so many in by one key and no more, and as many by another',
      'tests/journeys/wire.test.ts › turns away with 4005 what is too many from one address, and lets in again when there is room',
      'tests/server/channels/crowd.test.ts › gives one client so many places, and others theirs',
    ],
  },
  {
    row: 'T49',
    what: 'Heads and bodies come drop by drop.',
    test: `${HTTP} › ends callers that say nothing, half a head or half a body, and others do not wait for them`,
  },
  {
    row: 'T50',
    what: 'Sockets are opened and never say who they are.',
    test: `${SOCKETS} › lets go of hundreds of sockets that never say who they are`,
  },
  {
    row: 'T51',
    what: 'A request is two for one server and one for another, or of an odd method.',
    test: [
      `${HTTP} › refuses what could be read as two requests`,
      `${HTTP} › takes no method but those it names, and no address for another server`,
      `${HTTP} › reads no more of a head than it must`,
    ],
  },
  {
    row: 'T52',
    what: 'A caller says that it is another address.',
    test: [
      `${SIGN_IN} › counts the address that the proxy saw, and nothing that a caller adds`,
      `${SIGN_IN} › counts all addresses of one IPv6 network as one`,
      `${ORIGIN} › believes no header about its own name or the caller’s address`,
    ],
  },
  {
    row: 'T53',
    what: 'A Host header comes back in links.',
    test: [
      `${ORIGIN} › answers under no foreign name, over HTTP and sockets, and repeats none`,
      `${ORIGIN} › believes no header about its own name or the caller’s address`,
    ],
  },
  {
    row: 'T54',
    what: 'A foreign name is pointed at this machine.',
    test: `${ORIGIN} › answers under no foreign name, over HTTP and sockets, and repeats none`,
  },
  {
    row: 'T55',
    what: 'Made-up names and addresses fill the memory.',
    test: 'tests/server/middleware/rate.test.ts › forgets the oldest when callers make up keys',
    why: 'The bound is looked at where it stands; a million calls would cost more than they would show.',
  },

  // What comes in, what goes out
  {
    row: 'T56',
    what: 'A delivery of Twitch is forged.',
    test: [
      `${TWITCH} › refuses every signature that is not exactly the right one`,
      `${TWITCH} › refuses a body, an id or a time that is another than the signed one`,
    ],
  },
  {
    row: 'T57',
    what: 'A delivery of Twitch is sent again.',
    test: [
      'tests/journeys/twitch.test.ts › shows a delivery that comes again once',
      `${TWITCH} › refuses what is too old, too far ahead, or has no time, and says nothing of that to strangers`,
    ],
  },
  {
    row: 'T58',
    what: 'The challenge of Twitch is used by another.',
    test: [
      `${TWITCH} › answers a challenge with the challenge, whoever is followed`,
      'tests/server/routes/hooks.test.ts › answers a challenge as plain text that no browser takes for a page',
    ],
    why: 'Any challenge that is signed with the source’s secret is answered: it is whoever knows that secret who subscribes.',
  },
  {
    row: 'T59',
    what: 'A delivery of Kick is for another channel, or its type is exchanged.',
    test: [
      `${KICK} › refuses every delivery that is not as Kick signs it, with 403 and nothing shown`,
      `${KICK} › drops what is about another channel, and what comes while the source is off or gone`,
      `${KICK} › refuses a body whose type was swapped or that is no JSON, and shows a type that is new`,
    ],
  },
  {
    row: 'T60',
    what: 'Deliveries flood in.',
    test: [
      'tests/faults/worker-death.test.ts › refuses with 503 and Retry-After when the queue is full, takes nothing of it, and delivers all it took',
      'tests/server/routes/hooks.test.ts › takes 256 KiB and not a byte more, and nothing that is packed',
    ],
    why: 'How fast they are answered is a matter for a bench. Subscriptions are the operator’s: CrossChat makes none.',
  },
  {
    row: 'T61',
    what: 'A payload ends the worker, again and again.',
    test: 'tests/faults/poison.test.ts › is set aside after the second death, with its reason, while three chats go on',
  },
  {
    row: 'T62',
    what: 'One channel’s flood holds up another.',
    test: `${SOCKETS} › makes nobody wait for more of another channel’s flood than was taken before them`,
  },
  {
    row: 'T63',
    what: 'A message comes twice.',
    test: 'tests/journeys/wire.test.ts › takes a repeated delivery for what it is',
  },
  {
    row: 'T64',
    what: 'The server is sent to an address inside.',
    test: [
      'tests/server/webhooks/target.test.ts › refuses addresses that are not public, however they are written',
      'tests/server/webhooks/target.test.ts › does not go where a name leads to this machine',
      'tests/journeys/webhooks.test.ts › follows no redirect',
      'tests/workers/fetching.test.ts › does not follow a redirect',
    ],
  },
  {
    row: 'T65',
    what: 'Secrets of sources are read from files, logs or answers.',
    test: [
      `${SECRETS} › leaves none of them in its files, nor in what it wrote to its log`,
      'tests/server/auth/vault.test.ts › opens nothing of another instance’s secret',
    ],
  },
  {
    row: 'T66',
    what: 'A sign-in through a platform is bent.',
    test: null,
    why: 'There is none: nobody signs in through a platform, and CrossChat has no address that one would return to.',
  },
  {
    row: 'T67',
    what: 'Others on the machine read the data.',
    test: `${SECRETS} › lets nobody else on the machine read its files`,
  },
  {
    row: 'T68',
    what: 'Text of a caller becomes a line of the log.',
    test: `${SECRETS} › has written one entry a line, and none that a caller made up`,
  },
  {
    row: 'T69',
    what: 'Strangers read the figures.',
    test: [
      `${SECRETS} › gives figures to the token alone, and names nobody in them`,
      'tests/server/routes/health.test.ts › gives figures to this machine only, and to no proxy on it',
    ],
  },
  {
    row: 'T70',
    what: 'The simulator writes into another’s channel, or its messages pass for real ones.',
    test: [
      'tests/journeys/isolation.test.ts › answers every call with another account’s ids as if they did not exist',
      'tests/server/routes/streams.test.ts › gives the transcript by pages and filters',
      'tests/server/routes/simulator.test.ts › refuses runs without measure',
    ],
  },
  {
    row: 'T71',
    what: 'A package that is built in is hijacked.',
    test: [
      `${HOUSE} › holds every package to one version and its sum, and lets none run anything when it is installed`,
      'tests/scripts/supply-chain.test.ts › locks what package.json names, in exact versions, and runs no scripts',
    ],
    why: 'npm ci holds to the lock file. Advisories are asked for by whoever releases; no test goes out for them.',
  },
  {
    row: 'T72',
    what: 'A backup was changed on the way.',
    test: `${RESTORE} › refuses what is not as its manifest says`,
  },
  {
    row: 'T73',
    what: 'A key that every object has is planted anywhere in a body.',
    test: `${INPUT} › refuses fields that reach for what all objects share, in every body and at each depth`,
  },
  {
    row: 'T74',
    what: 'An id or a key can be foretold.',
    test: [
      'tests/server/auth/keys.test.ts › never makes an id twice',
      `${HOUSE} › leaves nothing but pauses and an order of work to Math.random`,
    ],
  },
]
