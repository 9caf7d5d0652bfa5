import type { NoticeWhat } from '../../message.ts'

/** USERNOTICE `msg-id` and EventSub `notice_type` → what the notice is. New kinds appear without warning; they are `other`. */
const WHAT = new Map<string, NoticeWhat>([
  ['sub', 'sub'],
  ['resub', 'resub'],
  ['extendsub', 'resub'],
  // The gift has ended and its owner goes on at own cost.
  ['giftpaidupgrade', 'sub'],
  ['anongiftpaidupgrade', 'sub'],
  ['gift_paid_upgrade', 'sub'],
  ['primepaidupgrade', 'sub'],
  ['prime_paid_upgrade', 'sub'],
  ['subgift', 'gift'],
  ['anonsubgift', 'gift'],
  ['sub_gift', 'gift'],
  ['submysterygift', 'gift'],
  ['anonsubmysterygift', 'gift'],
  ['community_sub_gift', 'gift'],
  ['standardpayforward', 'gift'],
  ['communitypayforward', 'gift'],
  ['pay_it_forward', 'gift'],
  ['primecommunitygiftreceived', 'gift'],
  ['raid', 'raid'],
  ['announcement', 'announcement'],
  ['bitsbadgetier', 'milestone'],
  ['bits_badge_tier', 'milestone'],
  ['viewermilestone', 'milestone'],
  ['watch_streak', 'milestone'],
  ['modiversary', 'milestone'],
  ['ritual', 'milestone'],
  ['socialsharingbadge', 'milestone'],
  ['social_sharing_badge', 'milestone'],
])

export function whatOf(kind: string): NoticeWhat {
  return WHAT.get(kind) ?? 'other'
}

/** In a shared chat the notices of the other rooms have the same kinds with this in front. */
export function withoutSharedPrefix(noticeType: string): string {
  return noticeType.startsWith('shared_chat_') ? noticeType.slice('shared_chat_'.length) : noticeType
}

const PLANS = new Map([
  ['Prime', 'Prime'],
  ['1000', 'Tier 1'],
  ['2000', 'Tier 2'],
  ['3000', 'Tier 3'],
])

/** A sub plan as people call it. */
export function tierOf(plan: string): string | undefined {
  return PLANS.get(plan)
}
