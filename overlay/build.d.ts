/** Put in by the build. */
declare const __BUILD__: string
/** Address of the platforms' introductions, for the demo. */
declare const __PLATFORMS__: string

declare module '*.svg' {
  const address: string
  export default address
}
