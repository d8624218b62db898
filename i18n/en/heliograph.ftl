# The words of Heliograph. Plain and short, sentence case, no exclamation marks.
# An error says what happened, what it means for the user's data, and what to do next.

# general

app-name = Heliograph
retry = Try again
cancel = Cancel
continue = Continue

# numbers, lists, times and dates: how this language writes them

number-decimal = .
number-group = ,
# From so many digits on the thousands stand apart.
number-grouped-from = 4
percent = { $number }%
count-thousands = { $number }K
count-millions = { $number }M
unit-bytes = { $value } B
unit-kilobytes = { $value } KB
unit-megabytes = { $value } MB
unit-gigabytes = { $value } GB
unit-terabytes = { $value } TB
unit-metres = { $value } m
unit-kilometres = { $value } km
list-join = { $list }, { $next }
list-last = { $list } and { $last }
beside = { $first } · { $second }
# 12 or 24.
clock-hours = 24
clock-24 = { $hour }:{ $minute }
clock-12 =
    { $half ->
        [0] { $hour }:{ $minute } AM
       *[other] { $hour }:{ $minute } PM
    }

# opening

opening = Opening…
opening-leaving = Logging out…
opening-title = Could not open your account
opening-passphrase-title = Unlock
opening-passphrase-lead = Your messages on this computer are encrypted. Enter your passphrase to open them.
opening-passphrase-new-title = Choose a passphrase
opening-passphrase-new-lead = It encrypts everything that Heliograph keeps on this computer, and is asked for at every start. Nobody can recover it for you.
opening-passphrase = Passphrase
opening-passphrase-again = Once more
opening-passphrases-differ = The two are not the same. Type them again.
opening-unlock = Unlock
opening-passphrase-set = Use this passphrase
opening-title-new = Where shall the key be kept?
opening-passphrase-show = Show the passphrase
opening-passphrase-hide = Hide the passphrase
opening-unlock-retry = Unlock and try again
opening-use-passphrase = Use a passphrase instead
opening-use-file = Keep the key in a file
opening-use-file-note = With the key in a file, anyone who can read your files can read your messages.
opening-anew = Sign in anew
opening-anew-note = Everything that is stored of this account on this computer will be removed. What is on Telegram stays, and comes back when you sign in.
opening-anew-sure = Remove and sign in anew

key-no-service = No keyring answers on this desktop, and that is where the key to your data is kept. Nothing was changed or lost. Start a keyring such as GNOME Keyring or KWallet and try again.
key-locked = The keyring is locked, and the key to your data is in it. Nothing was changed or lost. Unlock it and try again.
key-no-answer = The keyring did not answer. Nothing was changed or lost. See whether it is waiting for an answer from you, then try again.
key-missing = The key to your data is not where it was kept, so the data cannot be read. Nothing was deleted. If your keyring was replaced or restored, bring back the old one and try again.
key-wrong-passphrase = That was not the passphrase. Check it and try again; nothing was changed.
key-corrupt = The stored key is damaged, so your data cannot be read. Nothing was deleted. Bring back the account folder from a copy and try again.
key-io = The key could not be read or saved: { $why }. Nothing was changed or lost.
store-open = The file with your data could not be opened: { $why }. Nothing was deleted.
store-in-use = Another program has this account open on this computer. Nothing was changed or lost. End that program, then try again.
key-no-service-new = No keyring answers on this desktop. That is where the key to your messages would be kept. Start a keyring such as GNOME Keyring or KWallet and try again, or choose another place.
key-no-service-terminal = No keyring answers on this desktop. That is where the key to your messages would be kept. Start a keyring such as GNOME Keyring or KWallet and try again, or use --key-storage passphrase.
key-locked-new = The keyring is locked. That is where the key to your messages would be kept. Unlock it and try again, or choose another place.
store-wrong-key = The key that was found does not open your data. Nothing was deleted. Bring back the right keyring, or the account folder from a copy, and try again.
store-newer = A newer Heliograph has written your data, and this one cannot read it. Nothing was changed or lost. Start the newer one.
store-damaged = The file with your data is damaged and cannot be read. Nothing was deleted. Bring back the account folder from a copy and try again, or sign in anew.

# errors of requests, one place for all of them

error-not-connected = No connection to Telegram. Nothing was lost; check your network, then try again.
error-timed-out = Telegram did not answer in time. Nothing was lost; try again.
error-cancelled = This was called off. Nothing was changed.
error-flood-wait = Telegram asks to wait { $time } before the next try. Nothing was lost.
error-phone-invalid = That is not a phone number that Telegram knows. Check it, with the country code first.
error-phone-banned = Telegram has banned this number. If that is a mistake, write to recover@telegram.org.
error-phone-flood = There were too many tries with this number. Wait some hours, then try again.
error-phone-unregistered = No Telegram account has this number. Register it first in Telegram on your phone, then sign in here.
error-code-invalid = That code was not right. Check it and try again.
error-code-expired = This code has expired. Ask for a new one.
error-code-unavailable = Telegram has no other way to send you a code. Wait a while, then start again.
error-email-invalid = That is not an e-mail address. Check it and try again.
error-email-refused = Telegram does not send codes to this address. Use another one.
error-email-reset-pending = The e-mail address is being removed already. Wait until that is done, then start again.
error-password-invalid = That was not the password. Check it and try again.
error-recovery-unavailable = No e-mail address was left for this password, so it cannot be recovered. Look for it where you keep your passwords.
error-recovery-expired = This recovery has expired. Ask for a new code.
error-api-refused = Telegram does not accept the api_id and api_hash of this program. Check them at my.telegram.org.
error-signed-out = You are signed out of this account. Your messages are safe on Telegram; sign in again to go on.
error-not-allowed = You are not allowed to do that here.
error-unknown-peer = Telegram has not told us about this chat yet. Open it from the list and try again.
error-file-gone = This file is no longer on Telegram.
error-rpc = Telegram refused this ({ $name }). Nothing was lost; try again later.
error-disk = The disk did not go along: { $why }. Free some space or check its permissions, then try again.
error-store = Your data on this computer could not be read or saved: { $why }. What is on Telegram is safe.
error-protocol = Telegram answered something that made no sense. Nothing was lost; try again.

wait-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
wait-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
wait-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
span-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
span-weeks =
    { $count ->
        [one] 1 week
       *[other] { $count } weeks
    }
span-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
span-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }

# sign-in

sign-in-title = Sign in
sign-in-lead = Use the phone number of your Telegram account.
sign-in-phone = Phone number
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = A phone number has at least five digits. Start with the country code.
sign-in-demo-hint = This is the demo server. The number { $phone } and the code { $code } work here.
sign-in-demo-account = Try the sample account
sign-in-demo-try = Try the demo, no account needed
sign-in-country = Country
sign-in-country-none = Choose a country
sign-in-country-search = Name or calling code
sign-in-country-nothing = No country is called that.
sign-in-qr-title = Or scan to sign in
sign-in-qr-title-alone = Scan to sign in
sign-in-qr-lead = On your phone: Settings, Devices, Link desktop device.
sign-in-qr-wait = Telegram asks to wait { $time } before the next QR code.
sign-in-by-qr = Sign in by QR code
sign-in-by-number = Use the phone number
sign-in-api-title = One thing first
sign-in-api-why = Telegram asks every program for an api_id and an api_hash. Yours are free and take a minute: sign in at my.telegram.org, open API development tools, and copy both here. This is asked only once.
sign-in-api-calm = Write as you always do. Telegram looks closely at accounts that begin in programs like this one; with many messages to strangers on the first day they may be limited.
sign-in-api-open = Open my.telegram.org
sign-in-api-copy = Copy the address
sign-in-api-id-wrong = The api_id is a number, such as 1234567.
sign-in-api-hash-wrong = The api_hash has 32 characters: digits, and letters from a to f.
sign-in-api-change = Change api_id and api_hash
sign-in-code-title = Enter the code
sign-in-code-app = We sent it to the Telegram app on your other device, { $phone }.
sign-in-code-sms = We sent it as a text message to { $phone }.
sign-in-code-call = You will get a call on { $phone }. It speaks the code.
sign-in-code-flash-call = You will get a short call on { $phone }. The number that calls is the code; there is no need to answer.
sign-in-code-missed-call = You will get a short call on { $phone } from a number that begins with { $prefix }. Its last { $length } digits are the code; there is no need to answer.
sign-in-code-fragment = The number { $phone } was bought on Fragment, and so its code is there.
sign-in-code-open-fragment = Open Fragment
sign-in-code-word = We sent a word in a text message to { $phone }.
sign-in-code-phrase = We sent some words in a text message to { $phone }.
sign-in-code-label = Code
sign-in-code-word-label = The word
sign-in-code-phrase-label = The words
sign-in-code-number-label = The number that called
sign-in-code-beginning = It begins with “{ $beginning }”.
sign-in-code-pattern = It looks like { $pattern }.
sign-in-code-email = We sent it by e-mail to { $pattern }.
sign-in-code-other = Telegram has sent a code for { $phone }.
sign-in-code-demo = The demo's code is { $code }.
sign-in-code-short = The code has { $length } digits.
sign-in-new-code = Ask for a new code
sign-in-resend-sms = Send it by SMS instead
sign-in-resend-call = Call me instead
sign-in-resend-ring = Ring me instead
sign-in-resend-fragment = Send it to Fragment instead
sign-in-resend-sms-in = Send it by SMS in { $time }
sign-in-resend-call-in = Call me in { $time }
sign-in-resend-ring-in = Ring me in { $time }
sign-in-resend-fragment-in = Send it to Fragment in { $time }
sign-in-email-title = Add an e-mail address
sign-in-email-lead = Telegram wants one for this account. Codes to sign in will come there.
sign-in-email = E-mail address
sign-in-email-change = Use another address
sign-in-email-give-up = I cannot open this e-mail
sign-in-email-give-up-sure = Remove the address
sign-in-email-give-up-now = The address will be removed from your account, and the code comes to your phone.
sign-in-email-give-up-later = The address will be removed from your account, which takes { $time }. After that, codes come to your phone.
sign-in-email-pending = The address is being removed. In { $time }, codes come to your phone.
sign-in-waiting = No connection to Telegram. Still trying.
sign-in-submit = Sign in
sign-in-change-number = Change number
sign-in-password-title = Enter your password
sign-in-password-lead = This account has two-step verification.
sign-in-password = Password
sign-in-password-hint = Hint: { $hint }
sign-in-password-show = Show the password
sign-in-password-hide = Hide the password
sign-in-password-forgot = Forgot the password?
sign-in-password-no-recovery = No e-mail address was left for this password, so it cannot be recovered here. Look where you keep your passwords. A device that is signed in can change it in Settings, Privacy and security. If nothing helps, Telegram on your phone can reset the account, which removes its chats.
sign-in-back-to-password = Back to the password
sign-in-recovery-title = Recover by e-mail
sign-in-recovery-lead = We sent a code to { $pattern }. It signs you in and removes the password; set a new one afterwards.
sign-in-signed-out-elsewhere = This session was ended from another device. Your messages are safe on Telegram; sign in to go on.
sign-in-logged-out = You are logged out. Everything that Heliograph kept of this account on this computer was removed.

# accounts

accounts-menu = { $name }, accounts
accounts-other-unread =
    { $count ->
        [one] { $name }, accounts. 1 unread message in others
       *[other] { $name }, accounts. { $count } unread messages in others
    }
accounts-unknown = Account
accounts-closed = Not open yet
accounts-signed-out = Signed out
accounts-add = Add account
accounts-back = Back to { $name }
accounts-twice = { $name } is signed in here already. Switch to that account, or sign in with another number.
link-other-kind = Heliograph cannot open this kind of link yet.
link-nobody = Nobody on Telegram has the name @{ $name }.
close = Close
log-out = Log out
log-out-question = Log out?
accounts-log-out-question = Log out of { $name }?
log-out-means = What Heliograph keeps of this account on this computer is removed. Your messages stay on Telegram.

# downloads

save-dialog-title = Save file
download-no-path = Enter where to save the file.
file-not-opened = No program on this desktop opens this file.
download-relative-path = Start the path with / or ~/, so that it is clear where it begins.
download-no-folder = There is no folder { $folder }. The file is still here; choose another place.
download-not-allowed = You may not write to { $path }. The file is still here; choose another place.
download-not-saved = The file could not be saved there: { $why }. It is still here; choose another place.

# chats

chats = Chats
folder-all = All
folder-empty = No chats in this folder
folder-empty-lead = Chats that fit its rules appear here.
folder-unread =
    { $count ->
        [one] { $name }, { $count } unread chat
       *[other] { $name }, { $count } unread chats
    }
chats-none = No chats yet
chats-none-lead = Whoever writes to you will show up here.
chats-failed = The chats could not be loaded
chats-more-failed = More chats could not be loaded. Try again
back = Back to the chats
saved-messages = Saved Messages
saved-about = Only you see this
deleted-account = Deleted account
unknown-peer = Unknown
you = You
# As the one to whom something is done.
you-object = you
bot = bot
group = group
channel = channel
online = online
typing = typing…
typing-one = { $name } is typing…
typing-more =
    { $others ->
        [one] { $name } and one more are typing…
       *[other] { $name } and { $others } more are typing…
    }
members =
    { $count ->
        [one] 1 member
       *[other] { $count } members
    }
subscribers =
    { $count ->
        [one] 1 subscriber
       *[other] { $count } subscribers
    }
connection-connecting = Connecting…
connection-updating = Updating…
chats-as-of = As of { $time }
needs-connection = This needs a connection
connection-waiting = No connection, next try in { $time }

seen-now = last seen just now
seen-minutes =
    { $count ->
        [one] last seen 1 minute ago
       *[other] last seen { $count } minutes ago
    }
seen-today = last seen at { $time }
seen-yesterday = last seen yesterday at { $time }
seen-date = last seen { $date }
seen-recently = last seen recently
seen-week = last seen within a week
seen-month = last seen within a month

day-today = Today
day-yesterday = Yesterday
date-short = { $day } { month-short }
date-long = { $day } { month }
date-full = { $day } { month } { $year }
# In the chat list, for what is older than this year: short, and not to be taken for another day.
date-numeric = { $day } { month-short } { $year }
weekday =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

preview-you = You:
preview-name = { $name }:
media-and-time = { $name } ({ $time })
media-photo = Photo
media-file = File
media-video = Video
media-round-video = Video message
media-animation = GIF
media-voice = Voice message
media-audio = Music
media-sticker = Sticker
media-poll = Poll
media-contact = Contact
media-location = Location
media-dice = Dice
media-game = Game
media-invoice = Invoice
media-story = Story
media-quiz = Quiz
media-live-location = Live location
media-giveaway = Giveaway
media-paid = Paid media
media-checklist = Checklist
media-stream = Live stream
media-expired = Media that has disappeared
media-fleeting = Can only be seen with a connection
media-unknown = Something that this version cannot show

service-created =
    { $you ->
        [0] { $who } created the group “{ $title }”
       *[other] You created the group “{ $title }”
    }
service-channel-created = The channel “{ $title }” was created
service-renamed =
    { $you ->
        [0] { $who } changed the name to “{ $title }”
       *[other] You changed the name to “{ $title }”
    }
service-photo =
    { $you ->
        [0] { $who } changed the photo
       *[other] You changed the photo
    }
service-joined =
    { $you ->
        [0] { $who } joined
       *[other] You joined
    }
service-added =
    { $you ->
        [0] { $who } added { $others }
       *[other] You added { $others }
    }
service-added-you = { $who } added you
service-left =
    { $you ->
        [0] { $who } left
       *[other] You left
    }
service-removed =
    { $you ->
        [0] { $who } removed { $other }
       *[other] You removed { $other }
    }
service-removed-you = { $who } removed you
service-pinned =
    { $you ->
        [0] { $who } pinned a message
       *[other] You pinned a message
    }
service-signed-up = { $who } joined Telegram
service-call =
    { $video ->
        [0] Call
       *[other] Video call
    }
service-call-missed =
    { $video ->
        [0] Missed call
       *[other] Missed video call
    }
service-call-unanswered =
    { $video ->
        [0] Call, not answered
       *[other] Video call, not answered
    }
service-call-declined =
    { $video ->
        [0] Call, declined
       *[other] Video call, declined
    }
service-group-call =
    { $you ->
        [0] { $who } started a call
       *[other] You started a call
    }
service-group-call-over = The call has ended
service-group-call-planned = A call is planned for { $time }
service-call-invited =
    { $you ->
        [0] { $who } invited to the call: { $others }
       *[other] You invited to the call: { $others }
    }
service-photo-removed =
    { $you ->
        [0] { $who } removed the photo
       *[other] You removed the photo
    }
service-joined-link =
    { $you ->
        [0] { $who } joined by an invite link
       *[other] You joined by an invite link
    }
service-joined-request =
    { $you ->
        [0] { $who } was let in
       *[other] You were let in
    }
service-moved-to = This group goes on as a supergroup
service-moved-from = This supergroup began as the group “{ $title }”
service-pinned-what =
    { $you ->
        [0] { $who } pinned “{ $what }”
       *[other] You pinned “{ $what }”
    }
service-cleared = The history was cleared
service-lifetime =
    { $you ->
        [0] { $who } set messages to disappear after { $time }
       *[other] You set messages to disappear after { $time }
    }
service-lifetime-off =
    { $you ->
        [0] { $who } turned off disappearing messages
       *[other] You turned off disappearing messages
    }
service-screenshot =
    { $you ->
        [0] { $who } took a screenshot
       *[other] You took a screenshot
    }
service-theme =
    { $you ->
        [0] { $who } chose the theme { $emoji } for this chat
       *[other] You chose the theme { $emoji } for this chat
    }
service-theme-usual =
    { $you ->
        [0] { $who } chose the usual theme for this chat
       *[other] You chose the usual theme for this chat
    }
service-wallpaper =
    { $you ->
        [0] { $who } changed the wallpaper
       *[other] You changed the wallpaper
    }
service-score =
    { $you ->
        [0] { $who } scored { $score } in the game
       *[other] You scored { $score } in the game
    }
service-paid =
    { $you ->
        [0] { $who } paid { $sum }
       *[other] You paid { $sum }
    }
service-refunded = { $sum } was paid back
service-bot-allowed = This bot may write to you
service-bot-allowed-site = This bot may write to you, since you logged in to { $site }
service-web-app = Data were passed to the bot by the button “{ $button }”
service-near =
    { $you ->
        [0] { $who } is within { $distance } of { $other }
       *[other] You are within { $distance } of { $other }
    }
service-near-you = { $who } is within { $distance } of you
service-topic-created =
    { $you ->
        [0] { $who } began the topic “{ $title }”
       *[other] You began the topic “{ $title }”
    }
service-topic-renamed =
    { $you ->
        [0] { $who } renamed the topic to “{ $title }”
       *[other] You renamed the topic to “{ $title }”
    }
service-topic-closed =
    { $you ->
        [0] { $who } closed the topic
       *[other] You closed the topic
    }
service-topic-opened =
    { $you ->
        [0] { $who } opened the topic again
       *[other] You opened the topic again
    }
service-topic-changed =
    { $you ->
        [0] { $who } changed the topic
       *[other] You changed the topic
    }
service-photo-suggested =
    { $you ->
        [0] { $who } suggests a photo for your profile
       *[other] You suggested a profile photo
    }
service-birthday-suggested =
    { $you ->
        [0] { $who } suggests a birthday for your profile
       *[other] You suggested a birthday for the profile
    }
service-shared = Shared with the bot: { $others }
service-gift-premium =
    { $you ->
        [0] { $who } gave Telegram Premium for { $days } days
       *[other] You gave Telegram Premium for { $days } days
    }
service-gift-stars =
    { $you ->
        [0] { $who } gave stars: { $count }
       *[other] You gave stars: { $count }
    }
service-gift =
    { $you ->
        [0] { $who } sent a gift
       *[other] You sent a gift
    }
service-giveaway =
    { $you ->
        [0] { $who } started a giveaway
       *[other] You started a giveaway
    }
service-giveaway-over = The giveaway has ended; winners: { $count }
service-boosted =
    { $you ->
        [0] { $who } boosted the group
       *[other] You boosted the group
    }
service-boosted-times =
    { $you ->
        [0] { $who } boosted the group { $count } times
       *[other] You boosted the group { $count } times
    }
service-price = A message costs stars now: { $count }
service-price-none = Messages cost nothing now
tasks =
    { $count ->
        [one] one task
       *[other] { $count } tasks
    }
service-tasks-done =
    { $you ->
        [0] { $who } ticked off { $tasks }
       *[other] You ticked off { $tasks }
    }
service-tasks-undone =
    { $you ->
        [0] { $who } opened { $tasks } again
       *[other] You opened { $tasks } again
    }
service-tasks-added =
    { $you ->
        [0] { $who } added { $tasks }
       *[other] You added { $tasks }
    }
service-owner = Owner of the group: { $other }
service-protected =
    { $you ->
        [0] { $who } turned off copying and forwarding here
       *[other] You turned off copying and forwarding here
    }
service-unprotected =
    { $you ->
        [0] { $who } turned on copying and forwarding here
       *[other] You turned on copying and forwarding here
    }
service-other = Something happened that this version has no words for

no-chat = Choose a chat to read and write
history-empty = No messages here yet. Write the first one.
history-failed = The messages could not be loaded
loading-older = Loading older messages…
new-messages =
    { $count ->
        [one] 1 new message
       *[other] { $count } new messages
    }
to-bottom = To the newest message
forwarded = Forwarded from { $name }
imported = Imported from { $name }
via-bot = via { $bot }
reply = Reply
reply-story = Story
reply-gone = Deleted message
reply-message = Message
reply-to = Answering { $name }
reply-drop = Do not answer
comments-none = Leave a comment
comments =
    { $count ->
        [one] 1 comment
       *[other] { $count } comments
    }
alert-seen = Close
button-later = This version cannot do what this button asks for.
button-copied = Copied
edited = edited { $time }
composer-placeholder = Write a message
channel-read-only = Only the owners of this channel can write here.
send = Send
send-again = Retry
failed-offline = Not sent: no connection. Your words are kept.
failed-wait = Not sent: Telegram asks to wait { $time }. Your words are kept.
failed-not-allowed = Not sent: you may not write here. Your words are kept.
failed-refused = Not sent: Telegram refused it. Your words are kept.
failed-disk = Not sent: this computer could not save it. Make room on the disk and try again. Your words are kept until you quit.
send-held = Goes out by itself in { $time }.
send-unknown = May have been sent.
send-unknown-again = Send again
send-unknown-sent = It was sent
send-unknown-drop = Drop
draft-label = Draft:
draft-other = Another draft from { $time }
draft-use = Use it
words-copied = “{ $words }” was copied.
link-doubted = Open this link?
link-doubted-shown = The words say: { $shown }
link-doubted-leads = They lead to: { $url }
link-doubted-open = Open
link-copied = The desktop could not open { $url }. The address was copied.

download = Download
download-again = Download again
download-cancel = Cancel the download
download-where = Choose where to save it…
download-saved = Saved in { $place }
download-path = Save as
download-save = Save
progress = { $done } of { $total }
per-second = { $amount }/s
size-unknown = Size unknown

# conversation

calendar-title = Go to a day
calendar-month = { month } { $year }
calendar-before = Month before
calendar-after = Next month
loading-newer = Loading newer messages…
loading-messages = Loading messages…
messages-wait = Messages come with the connection
message-gone = This message is not there any more.
to-mention = To the message that names you
to-reaction = To the new reactions
to-where-i-was = Back to where you were
pinned = Pinned message
pinned-nth = Pinned message { $number }
chosen =
    { $count ->
        [one] 1 message chosen
       *[other] { $count } messages chosen
    }
choosing-end = Choose nothing
copy = Copy
copied-from = { $name }, { $day } { $time }
copy-protected = What is written here may not be copied: the chat does not allow it.
save-protected = What is sent here may not be saved: the chat does not allow it.
delete = Delete
delete-title =
    { $count ->
        [one] Delete this message?
       *[other] Delete { $count } messages?
    }
delete-shared = Nobody will see it here any more. This cannot be undone.
delete-own = It will be gone for you; the others keep it. This cannot be undone.
delete-either = This cannot be undone.
delete-everyone = Also delete it for the others
menu-answered = Go to what it answers
menu-copy = Copy text
menu-copy-formatted = Copy as Markdown
menu-copy-link = Copy link
menu-message-link = Copy link to message
menu-save = Save file
menu-open-file = Open in another program
menu-retract = Take back vote
menu-choose = Choose
menu-write-anew = Write it anew
menu-give-up = Delete this draft
link-is-copied = The link was copied.
message-no-link = This message has no link.
# media

spoiler = Hidden
spoiler-show = Show the hidden picture
voice-unheard = Not listened to yet
contact-elsewhere = Not on Telegram
contact-write = Message
location-latitude =
    { $south ->
        [0] { $degrees }° N
       *[other] { $degrees }° S
    }
location-longitude =
    { $west ->
        [0] { $degrees }° E
       *[other] { $degrees }° W
    }
location-point = { $latitude }, { $longitude }
location-live-until = Until { $time }
location-live-over = No longer shared
location-open = Open the map
dice-value = Shows { $value }
dice-rolling = Rolling…
poll-anonymous = Anonymous poll
poll-quiz-anonymous = Anonymous quiz
poll-closed = Final results
poll-nobody = Nobody has voted
poll-voters =
    { $count ->
        [0] No votes yet
        [one] { $count } vote
       *[other] { $count } votes
    }
quiz-voters =
    { $count ->
        [0] No answers yet
        [one] { $count } answer
       *[other] { $count } answers
    }
poll-closes = closes in { $time }
poll-vote = Vote
poll-explanation = Why?

# settings

settings = Settings
settings-close = Close settings
settings-back = All settings
settings-copy = Copy
settings-unsaved = Your choices could not be saved: { $why }. They hold until Heliograph is closed.
settings-damaged = The file with your choices could not be read, so Heliograph started with the usual ones. The old file is kept as { $place }.
settings-unopened = The desktop would not open { $what }. It is on the clipboard now.

settings-account = Account
settings-account-lead = Who is signed in here, and where.
settings-nobody = Nobody is signed in
settings-nobody-means = Close the settings to sign in.
settings-phone = Phone number
settings-phone-hidden = Hidden, so that nobody reads it over your shoulder
settings-phone-show = Show
settings-phone-unknown = Telegram does not say it.
settings-server = Server
settings-server-telegram = Telegram
settings-server-test = Telegram’s test servers
settings-server-demo = The demo server in this program. Nothing leaves this computer.
settings-server-own = A server of your own: { $address }
settings-other-account = Another account
settings-other-account-means = Use several accounts side by side.
settings-add-account = Add account

settings-data = Privacy and data
settings-data-lead = Everything that Heliograph keeps of your accounts is encrypted.
settings-key-os = The key is in your keyring
settings-key-os-means = Whoever can unlock your desktop’s keyring can read the data.
settings-key-passphrase = The key is behind your passphrase
settings-key-passphrase-means = It is asked for at every start, and nobody can recover it.
settings-key-file = The key is in a file
settings-key-file-means = It lies beside the data, readable by you alone.
settings-key-file-warning = Whoever can read your files can read your messages. A keyring or a passphrase protects them better; the choice is made when an account is added, with --key-storage.
settings-folder = Folder
settings-open-folder = Open
settings-kept = What is kept
settings-kept-means = Who you are to Telegram, chats and messages that you have seen, drafts, what waits to be sent, and pictures. Logging out removes it.
settings-storage = Storage
settings-storage-lead = What Heliograph keeps on this computer. All of it is encrypted.
settings-storage-of = Pictures take { $size } of { $limit }
settings-storage-pictures = Pictures take { $size }
settings-storage-unfinished = Downloads that are not whole yet
settings-storage-messages = Messages, { $count }
settings-pictures = Kept pictures
settings-pictures-means = Pictures that you have seen are kept here, encrypted, so that they are there at once and without a connection. Telegram keeps them, too.
settings-no-pictures = No pictures are kept
settings-pictures-faces = Profile photos
settings-pictures-photos = Photos
settings-pictures-stills = Previews of films and files
settings-pictures-stickers = Stickers
settings-clear = Clear
settings-clear-what = Clear: { $what }
settings-clear-all = Clear all
settings-clear-all-means = They are fetched again when you look at them. Drafts and what waits to be sent stay.
settings-clear-all-question = Remove { $size } of pictures?
settings-keep-at-most = Keep at most
settings-keep-at-most-means = What you have not looked at for longest goes first. Nothing unsent is ever removed.
settings-keep-for = Remove pictures not looked at for
settings-keep-for-means = Messages stay.
settings-no-limit = No limit
settings-age-any = Never
settings-age-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
settings-age-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
settings-age-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
settings-by-chat = By chat
settings-more-chats = Show all { $count } chats

settings-appearance = Appearance
settings-appearance-lead = Changes hold at once.
settings-theme = Theme
theme-system = As the desktop
theme-day = Day
theme-night = Night
theme-contrast = High contrast
settings-accent = Accent
accent-amber = Amber
accent-blue = Blue
accent-green = Green
accent-plum = Plum
accent-rust = Rust
settings-text-size = Text size
settings-sample-first = The north lens is in place. Can you come up before dark?
settings-sample-answer = On my way, with the good camera
settings-sample-last = Bring gloves. It is cold up here.
settings-reduce-motion = Reduce motion
settings-reduce-motion-means = Nothing slides, fades or turns by itself.
settings-reduce-motion-desktop = Your desktop asks for this, so it is on.
settings-renderer = Drawing
settings-renderer-auto = Automatic
settings-renderer-auto-means = The graphics card where there is one, else the processor
settings-renderer-gpu = Graphics card
settings-renderer-gpu-means = Smooth on large screens; takes more memory
settings-renderer-software = Processor
settings-renderer-software-means = Takes the least memory; helps where the graphics card makes trouble
settings-renderer-later = Takes effect at the next start.

settings-language = Language
settings-language-lead = The language of Heliograph itself. Messages stay as they were written.
settings-language-desktop = As the desktop

settings-shortcuts = Shortcuts
settings-shortcuts-lead = Everything can be reached without a mouse.
shortcuts-everywhere = Everywhere
shortcuts-conversation = In a conversation
shortcut-settings = Settings
shortcut-folder = Show a folder
shortcut-account = Show account 1 to 9
shortcut-larger = Larger text
shortcut-smaller = Smaller text
shortcut-usual-size = Usual text size
shortcut-next = Next control
shortcut-previous = Previous control
shortcut-press = Press what has the focus
shortcut-back = Back, close, cancel
shortcut-send = Send
shortcut-line = New line
shortcut-page = A page up or down
key-control = Ctrl
key-shift = Shift
key-enter = Enter
key-space = Space
key-tab = Tab
key-escape = Esc
key-page-up = Page up
key-page-down = Page down

settings-about = About
settings-about-lead = What Heliograph is, and what it is made of.
settings-version = Version { $version }
settings-independent = An independent program
settings-independent-means = Heliograph is not made, endorsed or supported by Telegram. It talks to Telegram the way that Telegram documents for everybody.
settings-link-privacy = What Telegram keeps about you
settings-link-terms = Terms for programs like this one
settings-open-link = Open
settings-licence = Licences
settings-licence-means = MIT or Apache 2.0, at your choice; with works of others inside
settings-notice-show = Show
settings-notice-hide = Hide

# search

search-placeholder = Search chats and messages
search-clear = Clear the search
search-people = People
search-messages = Messages
search-more = Show more
search-there = From Telegram
search-under-way = Searching…
search-nothing-more = Nothing more
search-offline = No connection: only what is stored here.
search-none = Nothing found
search-none-more = Check the spelling, or try fewer words.
search-failed = Telegram could not be searched.
search-failed-here = What is stored here could not be searched.
search-actions = Actions
palette-placeholder = Go to a chat, a message, a setting
search-inside = Search in this chat
search-end = End the search
search-older = To the older one
search-newer = To the newer one
search-from-anybody = From anyone
search-from-me = From me
search-type = Type what you look for
search-more-words = A chat, a sender or a kind is enough to search for, too.
search-list = List what was found
search-kind = Kind
search-when = Date
search-chat = Chat
search-any-chat = Any chat
search-from = From
search-names = Find a name
when-any = Any time
when-week = Last 7 days
when-month = Last month
when-year = Last 12 months
only-everything = Everything
only-photos = Photos
only-videos = Videos
only-files = Files
only-links = Links
only-voice = Voice messages
only-music = Music
search-at = { $number } of { $count }
search-count =
    { $count ->
        [one] 1 message
       *[other] { $count } messages
    }
shortcut-palette = Go anywhere
shortcut-search = Search

# how Telegram is reached
settings-connection = Connection
settings-connection-lead = How Heliograph reaches Telegram, and what waits for an answer.
proxies = Proxies
proxy-use = Use a proxy
proxy-use-means = Another way to Telegram where the straight one is closed. Whoever runs it sees your internet address, not what you write.
proxy-switch = Switch by itself
proxy-switch-means = When a proxy does not answer, the next one in the list is used.
proxy-none = No proxy is kept yet.
proxy-reading = Your proxies are being read. Until then nothing goes out.
proxy-closed = Your proxies cannot be read, so nothing goes out now. Turn proxies off to connect directly.
proxy-closed-off = Your proxies cannot be read.
proxy-damaged = The file with your proxies is damaged. Nothing was deleted. Bring back the folder “proxies” from a copy and try again, or begin a new list.
proxy-anew = Begin a new list
proxy-add = Add a proxy
proxy-try-all = Try all
proxy-new = New proxy
proxy-asked = Add this proxy?
proxy-asked-means = A link asks for it. Whoever runs the proxy sees your internet address, so add it only if you trust where the link came from.
proxy-link = Link
proxy-link-help = Paste a link to a proxy, or fill in the fields below.
proxy-link-wrong = This is no complete link to a proxy.
proxy-server = Server
proxy-server-wrong = A name or a number on the network is needed.
proxy-port = Port
proxy-port-wrong = 1 to 65535
proxy-secret = Secret
proxy-secret-wrong = This is no secret of a proxy.
proxy-user = Name, if it wants one
proxy-password = Password, if it wants one
proxy-save = Try and save
proxy-save-anyway = Save anyway
proxy-take = Use
proxy-in-use = In use
proxy-up = Move up
proxy-copy = Copy the link
proxy-remove = Remove
proxy-trying = trying…
proxy-works = works, { $time } ms
proxy-unreachable = Nobody answers at this address.
proxy-refused = The proxy does not let us in. Check its kind, the name and the password.
proxy-no-server = Telegram does not answer through it. Check the secret.
proxy-timed-out = No answer in time.
sign-in-proxy = Use a proxy
connection-show = Show the connection
connection-datacenters = Datacenters
connection-datacenter = Datacenter { $number }
connection-home = has your account
connection-online = Connected
connection-idle = Nothing to do
connection-next-try = Next try in { $time }
connection-traffic = { $received } received, { $sent } sent
connection-last-trouble = { $what } ({ $time } ago)
connection-now = Connect now
connection-copy = Copy diagnostics
connection-copy-means = Numbers and names of methods only: no names, texts, addresses or keys.
requests = Requests
requests-none = Nothing waits for an answer.
requests-more = And { $count } more.
request-queued = waits for its turn
request-sent = sent { $time } ago
request-retrying = try { $count }
request-waiting = Telegram asks to wait { $time }
trouble-no-address = No address is known
trouble-unreachable = The network does not lead there
trouble-refused = The server refused the connection
trouble-silent = The server did not answer in time
trouble-cut = The connection was cut
trouble-nonsense = What came makes no sense: something on the way meddles
trouble-no-key = No key could be agreed on
trouble-key-forgotten = The server does not know our key any more
trouble-too-many = Too many connections
trouble-status = The server refused with code { $code }
trouble-rejected = The server did not take our messages (code { $code }): the clock of this machine may be wrong
trouble-fault = A fault of Heliograph, which went on by itself
