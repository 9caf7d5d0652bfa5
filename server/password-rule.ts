/**
 * What a new password must be: for set-up, registration, invitations, changes, reset links and the command line, and for the pages,
 * which say it before they ask. One that stands already is never measured again. Every byte of a long one counts: bcrypt's 72 bytes
 * are no limit, see auth/passwords.ts.
 */

/** UTF-16 units. */
export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 256
const MOST_REPEATED = 32

/** Of the passwords that are tried first everywhere, those that are long enough; compared without case. */
const COMMON: ReadonlySet<string> = new Set(
  `
  1234567890 0123456789 12345678910 123456789a a123456789 0987654321 9876543210 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
  q1w2e3r4t5 qwertyuiop qwerty12345 qwerty123456 qwertyuiop123 asdfghjkl123 zxcvbnm123 abcdefghij abcdefghijk abc1234567
  password12 password123 password1234 password12345 passwordpassword mypassword thepassword passw0rd123 p@ssw0rd123
  p@ssword123 iloveyou123 iloveyou12 ilovecookies letmein123 letmein1234 welcome123 welcome1234 admin12345 admin123456
  administrator administrator1 changeme123 changemenow princess123 football123 baseball123 superman123 sunshine123
  monkey12345 dragon12345 master12345 minecraft123 pokemon123 starwars123 liverpool123 manchester basketball basketball1
  lol1234567 qazwsxedcrfv streaming123 crosschat123 crosschatcrosschat passwort123 hallo12345 schatz1234 1029384756
  `
    .trim()
    .split(/\s+/),
)

const TOO_SHORT = `A password has at least ${MIN_PASSWORD} characters; a few words in a row are good ones.`
const TOO_LONG = `A password has at most ${MAX_PASSWORD} characters.`
const TOO_COMMON =
  'This password is among the first that strangers try. Choose another one; a few words in a row are good ones.'

/** Why it cannot be a new password, as a sentence; null = it can. */
export function passwordComplaint(password: string): string | null {
  if (password.length < MIN_PASSWORD) return TOO_SHORT
  if (password.length > MAX_PASSWORD) return TOO_LONG
  return isCommon(password) ? TOO_COMMON : null
}

/** Also what is one letter or one pair of them over and over, up to a length that nobody tries first. */
function isCommon(password: string): boolean {
  if (COMMON.has(password.toLowerCase())) return true
  return password.length <= MOST_REPEATED && /^(.{1,2})\1*.?$/su.test(password)
}
