/** Where a host keeps the still picture of an emote that moves: what to look for in the address, and what to put there. */
const STILLS: ReadonlyArray<readonly [RegExp, string]> = [
  [/(:\/\/static-cdn\.jtvnw\.net\/emoticons\/v2\/[^/]+\/)(?:default|animated)\//, '$1static/'],
  [/(:\/\/d3aqoihi2n8ty8\.cloudfront\.net\/.*\/)animated(\/[^.]+)\.gif$/, '$1static$2.png'],
  [/(:\/\/cdn\.7tv\.app\/emote\/[^/]+\/\dx)(\.\w+)$/, '$1_static$2'],
  [/(:\/\/cdn\.betterttv\.net\/emote\/[^/]+\/)(\dx)/, '$1static/$2'],
  [/(:\/\/cdn\.frankerfacez\.com\/emote\/[^/]+\/)animated\//, '$1'],
]

export function stillAddress(address: string): string {
  const found = STILLS.find(([moving]) => moving.test(address))
  return found ? address.replace(...found) : address
}
