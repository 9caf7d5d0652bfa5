import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { languageOf, localeOf, speak, spoken } from '../../../admin/language/language.ts'
import { number, t, tn, told, tx } from '../../../admin/language/words.ts'

const test = suite('admin/language/words')
const view = { document: { documentElement: { lang: 'en' } }, navigator: { languages: ['de-AT', 'en'] } }

test.before.each(() => speak('en', view as unknown as Window))
test.after(() => speak('en', view as unknown as Window))

test('English stands as it is written', () => {
  assert.is(t('Settings'), 'Settings')
  assert.is(tn(1, '{n} message', '{n} messages'), '1 message')
  assert.is(tn(1_204, '{n} message', '{n} messages'), '1,204 messages')
})

test('another language is fetched, spoken at once and named to the browser', async () => {
  await speak('de', view as unknown as Window)
  assert.is(t('Settings'), 'Einstellungen')
  assert.is(tn(1, '{n} message', '{n} messages'), '1 Nachricht')
  assert.is(tn(2, '{n} message', '{n} messages'), '2 Nachrichten')
  assert.is(view.document.documentElement.lang, 'de')
  assert.is(spoken.value.locale, 'de-AT')
})

test('numbers are written as the language writes them', async () => {
  await speak('de', { ...view, navigator: { languages: ['de-DE'] } } as unknown as Window)
  assert.is(number(1_204), '1.204')
  assert.is(tn(1_204, '{n} message', '{n} messages'), '1.204 Nachrichten')
})

test('an element stands in the gap of a sentence, wherever the language puts it', async () => {
  const name = { type: 'bdi' } as never
  const english = tx('Signed in as {name}. These are yours, whichever channel you work in.', { name })
  assert.equal(english, ['Signed in as ', name, '. These are yours, whichever channel you work in.'])
  await speak('de', view as unknown as Window)
  assert.is(tx('Signed in as {name}. These are yours, whichever channel you work in.', { name })[1], name)
})

test('what comes from outside keeps its values in another language', async () => {
  await speak('de', view as unknown as Window)
  assert.is(told('Kick has no channel “cool.channel”.'), 'Bei Kick gibt es keinen Kanal „cool.channel“.')
  assert.is(told('It was answered with 503.'), 'Die Antwort war 503.')
  const gap = told('Twitch was not connected for 12 s; what was written there meanwhile is missing')
  assert.is(gap, 'Twitch war 12 s lang nicht verbunden; was dort inzwischen geschrieben wurde, fehlt')
  await speak('en', view as unknown as Window)
  assert.is(told('It was answered with 503.'), 'It was answered with 503.')
})

test('what comes from outside and is not known stays as it came', async () => {
  await speak('de', view as unknown as Window)
  assert.is(told('A sentence that nobody translated.'), 'A sentence that nobody translated.')
  assert.is(told('constructor'), 'constructor')
})

test('a choice goes before the browser’s languages, and those before English', () => {
  assert.is(languageOf('de', ['en-US']), 'de')
  assert.is(languageOf(null, ['fr-FR', 'de-CH', 'en']), 'de')
  assert.is(languageOf('xx', ['fr-FR']), 'en')
  assert.is(languageOf('toString', []), 'en')
  assert.is(localeOf('en', ['de', 'en-GB', 'en-US']), 'en-GB')
  assert.is(localeOf('en', ['de']), 'en')
  assert.is(localeOf('en', ['en-US@posix', 'en-CA']), 'en-CA')
})

test.run()
