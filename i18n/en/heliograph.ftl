# The words of Heliograph. Plain and short, sentence case, no exclamation marks.
# An error says what happened, what it means for the user's data, and what to do next.

# general

app-name = Heliograph
retry = Try again
cancel = Cancel
continue = Continue

# opening

opening = Opening…
opening-leaving = Logging out…
opening-title = Heliograph could not open your account
opening-passphrase-title = Unlock
opening-passphrase-lead = Your messages on this computer are encrypted. Enter your passphrase to open them.
opening-passphrase-new-title = Choose a passphrase
opening-passphrase-new-lead = It encrypts everything that Heliograph keeps on this computer, and is asked for at every start. Nobody can recover it for you.
opening-passphrase = Passphrase
opening-passphrase-again = Once more
opening-passphrases-differ = The two are not the same. Type them again.
opening-unlock = Unlock
opening-passphrase-set = Use this passphrase

key-no-service = No keyring answers on this desktop, and your data key lives there. Nothing was changed or lost. Start a keyring such as GNOME Keyring or KWallet and try again, or start Heliograph with --key-storage passphrase.
key-locked = The keyring is locked, and your data key lives there. Nothing was changed or lost. Unlock it and try again.
key-no-answer = The keyring did not answer. Nothing was changed or lost. See whether it is waiting for an answer from you, then try again.
key-missing = The key to your data is not where it was kept, so the data cannot be read. Nothing was deleted. If your keyring was replaced or restored, bring back the old one and try again.
key-wrong-passphrase = That was not the passphrase. Check it and try again; nothing was changed.
key-corrupt = The stored key is damaged, so your data cannot be read. Nothing was deleted. Bring back the account folder from a copy and try again.
key-io = The key could not be read or saved: { $why }. Nothing was changed or lost.
store-open = The file with your data could not be opened: { $why }. Nothing was deleted.

# errors of requests, one place for all of them

error-not-connected = No connection to Telegram. Nothing was lost; check your network, then try again.
error-timed-out = Telegram did not answer in time. Nothing was lost; try again.
error-cancelled = This was called off. Nothing was changed.
error-flood-wait = Telegram asks to wait { $time } before the next try. Nothing was lost.
error-phone-invalid = That is not a phone number that Telegram knows. Check it, with the country code first.
error-phone-unregistered = No Telegram account has this number. Register it first in Telegram on your phone, then sign in here.
error-code-invalid = That code was not right. Check it and try again.
error-code-expired = This code has expired. Ask for a new one.
error-password-invalid = That was not the password. Check it and try again.
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

# sign-in

sign-in-title = Sign in
sign-in-lead = Use the phone number of your Telegram account.
sign-in-phone = Phone number
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = A phone number has at least five digits. Start with the country code.
sign-in-phone-next = Telegram sends you a code next.
sign-in-demo-hint = This is the demo server. The number { $phone } and the code { $code } work here.
sign-in-demo-account = Try the sample account
sign-in-no-api-id-title = One thing is missing
sign-in-no-api-id = To talk to Telegram, a program needs an api_id of its own. Get one at my.telegram.org (API development tools), then start Heliograph with HELIOGRAPH_API_ID and HELIOGRAPH_API_HASH set. Or start it with --demo to look around without an account.
sign-in-code-title = Enter the code
sign-in-code-app = We sent it to the Telegram app on your other device, { $phone }.
sign-in-code-sms = We sent it as a text message to { $phone }.
sign-in-code-call = You will get a call on { $phone }.
sign-in-code-email = We sent it to the e-mail address of your account, for { $phone }.
sign-in-code-other = Telegram has sent a code for { $phone }.
sign-in-code-demo = The demo's code is { $code }.
sign-in-code-short = The code has { $length } digits.
sign-in-new-code = Ask for a new code
sign-in-waiting = No connection to Telegram. Still trying.
sign-in-submit = Sign in
sign-in-change-number = Change number
sign-in-password-title = Enter your password
sign-in-password-lead = This account has two-step verification.
sign-in-password = Password
sign-in-password-hint = Hint: { $hint }
sign-in-signed-out-elsewhere = This session was ended from another device. Your messages are safe on Telegram; sign in to go on.
sign-in-logged-out = You are logged out. Everything that Heliograph kept of this account on this computer was removed.

# downloads

save-dialog-title = Save file
download-no-path = Enter where to save the file.
download-relative-path = Start the path with / or ~/, so that it is clear where it begins.
download-no-folder = There is no folder { $folder }. The file is still here; choose another place.
download-not-allowed = You may not write to { $path }. The file is still here; choose another place.
download-not-saved = The file could not be saved there: { $why }. It is still here; choose another place.
