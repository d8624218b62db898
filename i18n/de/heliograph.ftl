# Die Wörter von Heliograph auf Deutsch. Schlicht und kurz, mit du, ohne Ausrufezeichen.
# Ein Fehler sagt, was geschah, was das für die Daten heißt und was als Nächstes zu tun ist.

# general

app-name = Heliograph
retry = Noch einmal versuchen
cancel = Abbrechen
continue = Weiter

# numbers, lists, times and dates: how this language writes them

number-decimal = ,
number-group = .
# From so many digits on the thousands stand apart.
number-grouped-from = 5
percent = { $number } %
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
list-last = { $list } und { $last }
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

opening = Wird geöffnet…
opening-leaving = Abmeldung läuft…
opening-title = Dein Konto ließ sich nicht öffnen
opening-passphrase-title = Entsperren
opening-passphrase-lead = Deine Nachrichten auf diesem Computer sind verschlüsselt. Gib deine Passphrase ein, um sie zu öffnen.
opening-passphrase-new-title = Wähle eine Passphrase
opening-passphrase-new-lead = Sie verschlüsselt alles, was Heliograph auf diesem Computer aufbewahrt, und wird bei jedem Start verlangt. Niemand kann sie für dich wiederherstellen.
opening-passphrase = Passphrase
opening-passphrase-again = Noch einmal
opening-passphrases-differ = Die beiden sind nicht gleich. Gib sie noch einmal ein.
opening-unlock = Entsperren
opening-passphrase-set = Diese Passphrase verwenden
opening-title-new = Wo soll der Schlüssel liegen?
opening-passphrase-show = Passphrase zeigen
opening-passphrase-hide = Passphrase verbergen
opening-unlock-retry = Entsperren und noch einmal versuchen
opening-use-passphrase = Stattdessen eine Passphrase verwenden
opening-use-file = Schlüssel in einer Datei aufbewahren
opening-use-file-note = Liegt der Schlüssel in einer Datei, kann jeder, der deine Dateien lesen kann, auch deine Nachrichten lesen.
opening-anew = Neu anmelden
opening-anew-note = Alles, was von diesem Konto auf diesem Computer gespeichert ist, wird entfernt. Was bei Telegram liegt, bleibt und ist nach dem Anmelden wieder da.
opening-anew-sure = Entfernen und neu anmelden

key-no-service = Auf diesem Desktop antwortet kein Schlüsselbund, und dort liegt der Schlüssel zu deinen Daten. Nichts wurde geändert, nichts ging verloren. Starte einen Schlüsselbund wie GNOME Keyring oder KWallet und versuche es noch einmal.
key-locked = Der Schlüsselbund ist gesperrt, und der Schlüssel zu deinen Daten liegt darin. Nichts wurde geändert, nichts ging verloren. Entsperre ihn und versuche es noch einmal.
key-no-answer = Der Schlüsselbund hat nicht geantwortet. Nichts wurde geändert, nichts ging verloren. Sieh nach, ob er auf eine Antwort von dir wartet, und versuche es dann noch einmal.
key-missing = Der Schlüssel zu deinen Daten liegt nicht mehr dort, wo er war; die Daten lassen sich deshalb nicht lesen. Nichts wurde gelöscht. Falls dein Schlüsselbund ersetzt oder wiederhergestellt wurde, hol den alten zurück und versuche es noch einmal.
key-wrong-passphrase = Das war nicht die Passphrase. Prüfe sie und versuche es noch einmal; nichts wurde geändert.
key-corrupt = Der gespeicherte Schlüssel ist beschädigt; deine Daten lassen sich deshalb nicht lesen. Nichts wurde gelöscht. Hol den Kontoordner aus einer Sicherung zurück und versuche es noch einmal.
key-io = Der Schlüssel ließ sich nicht lesen oder speichern: { $why }. Nichts wurde geändert, nichts ging verloren.
store-open = Die Datei mit deinen Daten ließ sich nicht öffnen: { $why }. Nichts wurde gelöscht.
store-in-use = Ein anderes Programm hat dieses Konto auf diesem Computer geöffnet. Nichts wurde geändert oder ging verloren. Beende jenes Programm und versuche es noch einmal.
key-no-service-new = Auf diesem Desktop antwortet kein Schlüsselbund. Dort läge der Schlüssel zu deinen Nachrichten. Starte einen Schlüsselbund wie GNOME Keyring oder KWallet und versuche es noch einmal, oder wähle einen anderen Ort.
key-no-service-terminal = Auf diesem Desktop antwortet kein Schlüsselbund. Dort läge der Schlüssel zu deinen Nachrichten. Starte einen Schlüsselbund wie GNOME Keyring oder KWallet und versuche es noch einmal, oder verwende --key-storage passphrase.
key-locked-new = Der Schlüsselbund ist gesperrt. Dort läge der Schlüssel zu deinen Nachrichten. Entsperre ihn und versuche es noch einmal, oder wähle einen anderen Ort.
store-wrong-key = Der gefundene Schlüssel öffnet deine Daten nicht. Nichts wurde gelöscht. Hol den richtigen Schlüsselbund oder den Kontoordner aus einer Sicherung zurück und versuche es noch einmal.
store-newer = Ein neueres Heliograph hat deine Daten geschrieben, dieses kann sie nicht lesen. Nichts wurde geändert, nichts ging verloren. Starte das neuere.
store-damaged = Die Datei mit deinen Daten ist beschädigt und lässt sich nicht lesen. Nichts wurde gelöscht. Hol den Kontoordner aus einer Sicherung zurück und versuche es noch einmal, oder melde dich neu an.

# errors of requests, one place for all of them

error-not-connected = Keine Verbindung zu Telegram. Nichts ging verloren; prüfe dein Netz und versuche es dann noch einmal.
error-timed-out = Telegram hat nicht rechtzeitig geantwortet. Nichts ging verloren; versuche es noch einmal.
error-cancelled = Das wurde abgebrochen. Nichts wurde geändert.
error-flood-wait = Telegram bittet, vor dem nächsten Versuch { $time } zu warten. Nichts ging verloren.
error-phone-invalid = Diese Nummer kennt Telegram nicht. Prüfe sie; die Ländervorwahl steht vorn.
error-phone-banned = Telegram hat diese Nummer gesperrt. Falls das ein Irrtum ist, schreib an recover@telegram.org.
error-phone-flood = Mit dieser Nummer gab es zu viele Versuche. Warte einige Stunden und versuche es dann noch einmal.
error-phone-unregistered = Zu dieser Nummer gibt es kein Telegram-Konto. Registriere sie erst in Telegram auf deinem Telefon und melde dich dann hier an.
error-code-invalid = Dieser Code stimmt nicht. Prüfe ihn und versuche es noch einmal.
error-code-expired = Dieser Code ist abgelaufen. Fordere einen neuen an.
error-code-unavailable = Telegram hat keinen anderen Weg, dir einen Code zu schicken. Warte eine Weile und fang dann neu an.
error-email-invalid = Das ist keine E-Mail-Adresse. Prüfe sie und versuche es noch einmal.
error-email-refused = An diese Adresse schickt Telegram keine Codes. Nimm eine andere.
error-email-reset-pending = Die E-Mail-Adresse wird schon entfernt. Warte, bis das geschehen ist, und fang dann neu an.
error-password-invalid = Das war nicht das Passwort. Prüfe es und versuche es noch einmal.
error-recovery-unavailable = Zu diesem Passwort wurde keine E-Mail-Adresse hinterlegt; es lässt sich nicht wiederherstellen. Sieh dort nach, wo du deine Passwörter aufbewahrst.
error-recovery-expired = Diese Wiederherstellung ist abgelaufen. Fordere einen neuen Code an.
error-api-refused = Telegram nimmt api_id und api_hash dieses Programms nicht an. Prüfe sie auf my.telegram.org.
error-signed-out = Du bist von diesem Konto abgemeldet. Deine Nachrichten sind bei Telegram sicher; melde dich wieder an, um weiterzumachen.
error-not-allowed = Das darfst du hier nicht.
error-unknown-peer = Telegram hat uns von diesem Chat noch nichts gesagt. Öffne ihn aus der Liste und versuche es noch einmal.
error-file-gone = Diese Datei gibt es bei Telegram nicht mehr.
error-rpc = Telegram hat das abgelehnt ({ $name }). Nichts ging verloren; versuche es später noch einmal.
error-disk = Der Datenträger macht nicht mit: { $why }. Schaffe Platz oder prüfe die Rechte und versuche es dann noch einmal.
error-store = Deine Daten auf diesem Computer ließen sich nicht lesen oder speichern: { $why }. Was bei Telegram liegt, ist sicher.
error-protocol = Telegram hat etwas geantwortet, das keinen Sinn ergibt. Nichts ging verloren; versuche es noch einmal.

wait-seconds =
    { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
wait-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
wait-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
span-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tagen
    }
span-weeks =
    { $count ->
        [one] 1 Woche
       *[other] { $count } Wochen
    }
span-months =
    { $count ->
        [one] 1 Monat
       *[other] { $count } Monaten
    }
span-years =
    { $count ->
        [one] 1 Jahr
       *[other] { $count } Jahren
    }

# sign-in

sign-in-title = Anmelden
sign-in-lead = Mit der Telefonnummer deines Telegram-Kontos.
sign-in-phone = Telefonnummer
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = Eine Telefonnummer hat mindestens fünf Ziffern. Fang mit der Ländervorwahl an.
sign-in-demo-hint = Das ist der Demoserver. Die Nummer { $phone } und der Code { $code } gelten hier.
sign-in-demo-account = Beispielkonto ausprobieren
sign-in-demo-try = Demo ohne Konto testen
sign-in-country = Land
sign-in-country-none = Wähle ein Land
sign-in-country-search = Name oder Vorwahl
sign-in-country-nothing = So heißt kein Land.
sign-in-qr-title = Oder scanne, um dich anzumelden
sign-in-qr-title-alone = Scanne, um dich anzumelden
sign-in-qr-lead = Auf deinem Telefon: Einstellungen, Geräte, Desktop-Gerät verknüpfen.
sign-in-qr-wait = Telegram bittet, bis zum nächsten QR-Code { $time } zu warten.
sign-in-by-qr = Mit QR-Code anmelden
sign-in-by-number = Telefonnummer verwenden
sign-in-api-title = Vorher noch eines
sign-in-api-why = Telegram verlangt von jedem Programm eine api_id und einen api_hash. Deine kosten nichts und sind in einer Minute da: Melde dich auf my.telegram.org an, öffne API development tools und kopiere beide hierher. Gefragt wird nur einmal.
sign-in-api-calm = Schreib so, wie du immer schreibst. Auf Konten, die in Programmen wie diesem anfangen, schaut Telegram genau; mit vielen Nachrichten an Fremde am ersten Tag werden sie womöglich eingeschränkt.
sign-in-api-open = my.telegram.org öffnen
sign-in-api-copy = Adresse kopieren
sign-in-api-id-wrong = Die api_id ist eine Zahl, etwa 1234567.
sign-in-api-hash-wrong = Der api_hash hat 32 Zeichen: Ziffern und Buchstaben von a bis f.
sign-in-api-change = api_id und api_hash ändern
sign-in-code-title = Gib den Code ein
sign-in-code-app = Wir haben ihn an die Telegram-App auf deinem anderen Gerät geschickt, { $phone }.
sign-in-code-sms = Wir haben ihn als SMS an { $phone } geschickt.
sign-in-code-call = Du bekommst einen Anruf auf { $phone }. Er spricht den Code.
sign-in-code-flash-call = Du bekommst einen kurzen Anruf auf { $phone }. Die Nummer, die anruft, ist der Code; abheben musst du nicht.
sign-in-code-missed-call = Du bekommst einen kurzen Anruf auf { $phone } von einer Nummer, die mit { $prefix } beginnt. Ihre letzten { $length } Ziffern sind der Code; abheben musst du nicht.
sign-in-code-fragment = Die Nummer { $phone } wurde auf Fragment gekauft, deshalb liegt ihr Code dort.
sign-in-code-open-fragment = Fragment öffnen
sign-in-code-word = Wir haben ein Wort als SMS an { $phone } geschickt.
sign-in-code-phrase = Wir haben einige Wörter als SMS an { $phone } geschickt.
sign-in-code-label = Der Code
sign-in-code-word-label = Das Wort
sign-in-code-phrase-label = Die Wörter
sign-in-code-number-label = Die Nummer, die angerufen hat
sign-in-code-beginning = Es beginnt mit „{ $beginning }“.
sign-in-code-pattern = Sie sieht aus wie { $pattern }.
sign-in-code-email = Wir haben ihn per E-Mail an { $pattern } geschickt.
sign-in-code-other = Telegram hat einen Code für { $phone } geschickt.
sign-in-code-demo = Der Code der Demo ist { $code }.
sign-in-code-short = Der Code hat { $length } Ziffern.
sign-in-new-code = Neuen Code anfordern
sign-in-resend-sms = Stattdessen als SMS schicken
sign-in-resend-call = Stattdessen anrufen lassen
sign-in-resend-ring = Stattdessen klingeln lassen
sign-in-resend-fragment = Stattdessen an Fragment schicken
sign-in-resend-sms-in = Als SMS schicken in { $time }
sign-in-resend-call-in = Anruf in { $time }
sign-in-resend-ring-in = Klingeln in { $time }
sign-in-resend-fragment-in = An Fragment schicken in { $time }
sign-in-email-title = Gib eine E-Mail-Adresse an
sign-in-email-lead = Telegram möchte eine für dieses Konto. Codes zum Anmelden kommen dann dorthin.
sign-in-email = E-Mail-Adresse
sign-in-email-change = Andere Adresse verwenden
sign-in-email-give-up = Ich komme nicht an diese E-Mail
sign-in-email-give-up-sure = Adresse entfernen
sign-in-email-give-up-now = Die Adresse wird aus deinem Konto entfernt, und der Code kommt auf dein Telefon.
sign-in-email-give-up-later = Die Adresse wird aus deinem Konto entfernt, das dauert { $time }. Danach kommen Codes auf dein Telefon.
sign-in-email-pending = Die Adresse wird gerade entfernt. In { $time } kommen Codes auf dein Telefon.
sign-in-waiting = Keine Verbindung zu Telegram. Es wird weiter versucht.
sign-in-submit = Anmelden
sign-in-change-number = Nummer ändern
sign-in-password-title = Gib dein Passwort ein
sign-in-password-lead = Dieses Konto hat eine zweistufige Bestätigung.
sign-in-password = Passwort
sign-in-password-hint = Hinweis: { $hint }
sign-in-password-show = Passwort zeigen
sign-in-password-hide = Passwort verbergen
sign-in-password-forgot = Passwort vergessen?
sign-in-password-no-recovery = Für dieses Passwort wurde keine E-Mail-Adresse hinterlassen, deshalb lässt es sich hier nicht wiederherstellen. Sieh dort nach, wo du Passwörter aufbewahrst. Ein angemeldetes Gerät kann es ändern, unter Einstellungen, Privatsphäre und Sicherheit. Hilft nichts, kann Telegram auf deinem Telefon das Konto zurücksetzen; dabei gehen seine Chats verloren.
sign-in-back-to-password = Zurück zum Passwort
sign-in-recovery-title = Per E-Mail wiederherstellen
sign-in-recovery-lead = Wir haben einen Code an { $pattern } geschickt. Er meldet dich an und entfernt das Passwort; leg danach ein neues fest.
sign-in-signed-out-elsewhere = Diese Sitzung wurde von einem anderen Gerät aus beendet. Deine Nachrichten sind bei Telegram sicher; melde dich an, um weiterzumachen.
sign-in-logged-out = Du bist abgemeldet. Alles, was Heliograph von diesem Konto auf diesem Computer aufbewahrt hat, wurde entfernt.

# downloads

save-dialog-title = Datei speichern
download-no-path = Gib an, wo die Datei gespeichert werden soll.
file-not-opened = Kein Programm auf diesem Rechner öffnet diese Datei.
download-relative-path = Beginne den Pfad mit / oder ~/, damit klar ist, wo er anfängt.
download-no-folder = Es gibt keinen Ordner { $folder }. Die Datei ist noch da; wähle einen anderen Ort.
download-not-allowed = Nach { $path } darfst du nicht schreiben. Die Datei ist noch da; wähle einen anderen Ort.
download-not-saved = Dort ließ sich die Datei nicht speichern: { $why }. Sie ist noch da; wähle einen anderen Ort.

# chats

chats = Chats
folder-all = Alle
folder-empty = Keine Chats in diesem Ordner
folder-empty-lead = Chats, die zu seinen Regeln passen, erscheinen hier.
folder-unread =
    { $count ->
        [one] { $name }, { $count } ungelesener Chat
       *[other] { $name }, { $count } ungelesene Chats
    }
chats-none = Noch keine Chats
chats-none-lead = Wer dir schreibt, erscheint hier.
chats-failed = Die Chats ließen sich nicht laden
chats-more-failed = Weitere Chats ließen sich nicht laden. Noch einmal versuchen
back = Zurück zu den Chats
saved-messages = Gespeichertes
saved-about = Das siehst nur du
deleted-account = Gelöschtes Konto
unknown-peer = Unbekannt
you = Du
# As the one to whom something is done.
you-object = dich
bot = Bot
group = Gruppe
channel = Kanal
online = online
typing = schreibt…
typing-one = { $name } schreibt…
typing-more =
    { $others ->
        [one] { $name } und noch jemand schreiben…
       *[other] { $name } und { $others } weitere schreiben…
    }
members =
    { $count ->
        [one] 1 Mitglied
       *[other] { $count } Mitglieder
    }
subscribers =
    { $count ->
        [one] 1 Abonnent
       *[other] { $count } Abonnenten
    }
connection-connecting = Verbindet…
connection-updating = Aktualisiert…
chats-as-of = Stand: { $time }
needs-connection = Dafür wird eine Verbindung gebraucht
connection-waiting = Keine Verbindung, nächster Versuch in { $time }

seen-now = gerade eben online
seen-minutes =
    { $count ->
        [one] zuletzt online vor 1 Minute
       *[other] zuletzt online vor { $count } Minuten
    }
seen-today = zuletzt online um { $time }
seen-yesterday = zuletzt online gestern um { $time }
seen-date = zuletzt online am { $date }
seen-recently = kürzlich online
seen-week = innerhalb der letzten Woche online
seen-month = innerhalb des letzten Monats online

day-today = Heute
day-yesterday = Gestern
date-short = { $day }. { month-short }
date-long = { $day }. { month }
date-full = { $day }. { month } { $year }
# In the chat list, for what is older than this year: short, and not to be taken for another day.
date-numeric = { $day }.{ $month }.{ $year }
weekday =
    { $day ->
        [1] Mo.
        [2] Di.
        [3] Mi.
        [4] Do.
        [5] Fr.
        [6] Sa.
       *[7] So.
    }
month =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
month-short =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }

preview-you = Du:
preview-name = { $name }:
media-and-time = { $name } ({ $time })
media-photo = Foto
media-file = Datei
media-video = Video
media-round-video = Videonachricht
media-animation = GIF
media-voice = Sprachnachricht
media-audio = Musik
media-sticker = Sticker
media-poll = Umfrage
media-contact = Kontakt
media-location = Standort
media-dice = Würfel
media-game = Spiel
media-invoice = Rechnung
media-story = Story
media-quiz = Quiz
media-live-location = Live-Standort
media-giveaway = Verlosung
media-paid = Bezahlte Medien
media-checklist = Checkliste
media-stream = Livestream
media-expired = Medien, die verschwunden sind
media-fleeting = Nur mit Verbindung zu sehen
media-unknown = Etwas, das diese Version nicht zeigen kann

service-created =
    { $you ->
        [0] { $who } hat die Gruppe „{ $title }“ erstellt
       *[other] Du hast die Gruppe „{ $title }“ erstellt
    }
service-channel-created = Der Kanal „{ $title }“ wurde erstellt
service-renamed =
    { $you ->
        [0] { $who } hat den Namen in „{ $title }“ geändert
       *[other] Du hast den Namen in „{ $title }“ geändert
    }
service-photo =
    { $you ->
        [0] { $who } hat das Foto geändert
       *[other] Du hast das Foto geändert
    }
service-joined =
    { $you ->
        [0] { $who } ist beigetreten
       *[other] Du bist beigetreten
    }
service-added =
    { $you ->
        [0] { $who } hat { $others } hinzugefügt
       *[other] Du hast { $others } hinzugefügt
    }
service-added-you = { $who } hat dich hinzugefügt
service-left =
    { $you ->
        [0] { $who } hat die Gruppe verlassen
       *[other] Du hast die Gruppe verlassen
    }
service-removed =
    { $you ->
        [0] { $who } hat { $other } entfernt
       *[other] Du hast { $other } entfernt
    }
service-removed-you = { $who } hat dich entfernt
service-pinned =
    { $you ->
        [0] { $who } hat eine Nachricht angeheftet
       *[other] Du hast eine Nachricht angeheftet
    }
service-signed-up = { $who } ist jetzt bei Telegram
service-call =
    { $video ->
        [0] Anruf
       *[other] Videoanruf
    }
service-call-missed =
    { $video ->
        [0] Verpasster Anruf
       *[other] Verpasster Videoanruf
    }
service-call-unanswered =
    { $video ->
        [0] Anruf, nicht angenommen
       *[other] Videoanruf, nicht angenommen
    }
service-call-declined =
    { $video ->
        [0] Anruf, abgelehnt
       *[other] Videoanruf, abgelehnt
    }
service-group-call =
    { $you ->
        [0] { $who } hat einen Anruf gestartet
       *[other] Du hast einen Anruf gestartet
    }
service-group-call-over = Der Anruf ist beendet
service-group-call-planned = Ein Anruf ist geplant für { $time }
service-call-invited =
    { $you ->
        [0] { $who } hat zum Anruf eingeladen: { $others }
       *[other] Du hast zum Anruf eingeladen: { $others }
    }
service-photo-removed =
    { $you ->
        [0] { $who } hat das Foto entfernt
       *[other] Du hast das Foto entfernt
    }
service-joined-link =
    { $you ->
        [0] { $who } ist über einen Einladungslink beigetreten
       *[other] Du bist über einen Einladungslink beigetreten
    }
service-joined-request =
    { $you ->
        [0] { $who } wurde aufgenommen
       *[other] Du wurdest aufgenommen
    }
service-moved-to = Diese Gruppe geht als Supergruppe weiter
service-moved-from = Diese Supergruppe begann als Gruppe „{ $title }“
service-pinned-what =
    { $you ->
        [0] { $who } hat „{ $what }“ angeheftet
       *[other] Du hast „{ $what }“ angeheftet
    }
service-cleared = Der Verlauf wurde geleert
service-lifetime =
    { $you ->
        [0] { $who } lässt Nachrichten nach { $time } verschwinden
       *[other] Du lässt Nachrichten nach { $time } verschwinden
    }
service-lifetime-off =
    { $you ->
        [0] { $who } lässt Nachrichten nicht mehr verschwinden
       *[other] Du lässt Nachrichten nicht mehr verschwinden
    }
service-screenshot =
    { $you ->
        [0] { $who } hat einen Screenshot gemacht
       *[other] Du hast einen Screenshot gemacht
    }
service-theme =
    { $you ->
        [0] { $who } hat das Design { $emoji } für diesen Chat gewählt
       *[other] Du hast das Design { $emoji } für diesen Chat gewählt
    }
service-theme-usual =
    { $you ->
        [0] { $who } hat das übliche Design für diesen Chat gewählt
       *[other] Du hast das übliche Design für diesen Chat gewählt
    }
service-wallpaper =
    { $you ->
        [0] { $who } hat das Hintergrundbild geändert
       *[other] Du hast das Hintergrundbild geändert
    }
service-score =
    { $you ->
        [0] { $who } hat { $score } Punkte im Spiel
       *[other] Du hast { $score } Punkte im Spiel
    }
service-paid =
    { $you ->
        [0] { $who } hat { $sum } bezahlt
       *[other] Du hast { $sum } bezahlt
    }
service-refunded = { $sum } wurde zurückgezahlt
service-bot-allowed = Dieser Bot darf dir schreiben
service-bot-allowed-site = Dieser Bot darf dir schreiben, weil du dich bei { $site } angemeldet hast
service-web-app = Daten wurden über den Knopf „{ $button }“ an den Bot übergeben
service-near =
    { $you ->
        [0] Zwischen { $who } und { $other } liegen weniger als { $distance }
       *[other] Zwischen dir und { $other } liegen weniger als { $distance }
    }
service-near-you = Zwischen { $who } und dir liegen weniger als { $distance }
service-topic-created =
    { $you ->
        [0] { $who } hat das Thema „{ $title }“ begonnen
       *[other] Du hast das Thema „{ $title }“ begonnen
    }
service-topic-renamed =
    { $you ->
        [0] { $who } hat das Thema in „{ $title }“ umbenannt
       *[other] Du hast das Thema in „{ $title }“ umbenannt
    }
service-topic-closed =
    { $you ->
        [0] { $who } hat das Thema geschlossen
       *[other] Du hast das Thema geschlossen
    }
service-topic-opened =
    { $you ->
        [0] { $who } hat das Thema wieder geöffnet
       *[other] Du hast das Thema wieder geöffnet
    }
service-topic-changed =
    { $you ->
        [0] { $who } hat das Thema geändert
       *[other] Du hast das Thema geändert
    }
service-photo-suggested =
    { $you ->
        [0] { $who } schlägt ein Foto für dein Profil vor
       *[other] Du hast ein Profilfoto vorgeschlagen
    }
service-birthday-suggested =
    { $you ->
        [0] { $who } schlägt einen Geburtstag für dein Profil vor
       *[other] Du hast einen Geburtstag für das Profil vorgeschlagen
    }
service-shared = Mit dem Bot geteilt: { $others }
service-gift-premium =
    { $you ->
        [0] { $who } schenkt Telegram Premium für { $days } Tage
       *[other] Du hast Telegram Premium für { $days } Tage verschenkt
    }
service-gift-stars =
    { $you ->
        [0] { $who } schenkt Sterne: { $count }
       *[other] Du hast Sterne verschenkt: { $count }
    }
service-gift =
    { $you ->
        [0] { $who } hat ein Geschenk geschickt
       *[other] Du hast ein Geschenk geschickt
    }
service-giveaway =
    { $you ->
        [0] { $who } hat eine Verlosung gestartet
       *[other] Du hast eine Verlosung gestartet
    }
service-giveaway-over = Die Verlosung ist beendet; gewonnen haben: { $count }
service-boosted =
    { $you ->
        [0] { $who } hat die Gruppe geboostet
       *[other] Du hast die Gruppe geboostet
    }
service-boosted-times =
    { $you ->
        [0] { $who } hat die Gruppe { $count }-mal geboostet
       *[other] Du hast die Gruppe { $count }-mal geboostet
    }
service-price = Eine Nachricht kostet jetzt Sterne: { $count }
service-price-none = Nachrichten kosten jetzt nichts
tasks =
    { $count ->
        [one] eine Aufgabe
       *[other] { $count } Aufgaben
    }
service-tasks-done =
    { $you ->
        [0] { $who } hat { $tasks } abgehakt
       *[other] Du hast { $tasks } abgehakt
    }
service-tasks-undone =
    { $you ->
        [0] { $who } hat { $tasks } wieder geöffnet
       *[other] Du hast { $tasks } wieder geöffnet
    }
service-tasks-added =
    { $you ->
        [0] { $who } hat { $tasks } hinzugefügt
       *[other] Du hast { $tasks } hinzugefügt
    }
service-owner = Die Gruppe gehört { $other }
service-protected =
    { $you ->
        [0] { $who } erlaubt hier kein Kopieren und Weiterleiten mehr
       *[other] Du erlaubst hier kein Kopieren und Weiterleiten mehr
    }
service-unprotected =
    { $you ->
        [0] { $who } erlaubt hier wieder Kopieren und Weiterleiten
       *[other] Du erlaubst hier wieder Kopieren und Weiterleiten
    }
service-other = Etwas ist geschehen, wofür diese Version keine Worte hat

no-chat = Wähle einen Chat, um zu lesen und zu schreiben
history-empty = Hier gibt es noch keine Nachrichten. Schreib die erste.
history-failed = Die Nachrichten ließen sich nicht laden
loading-older = Ältere Nachrichten werden geladen…
new-messages =
    { $count ->
        [one] 1 neue Nachricht
       *[other] { $count } neue Nachrichten
    }
to-bottom = Zur neuesten Nachricht
forwarded = Weitergeleitet von { $name }
imported = Importiert von { $name }
via-bot = über { $bot }
reply = Antwort
reply-story = Eine Story
reply-gone = Gelöschte Nachricht
reply-message = Nachricht
reply-to = Antwort an { $name }
reply-drop = Nicht antworten
comments-none = Kommentar schreiben
comments =
    { $count ->
        [one] 1 Kommentar
       *[other] { $count } Kommentare
    }
alert-seen = Schließen
button-later = Was dieser Knopf verlangt, kann diese Version noch nicht.
button-copied = Kopiert
edited = bearbeitet { $time }
composer-placeholder = Nachricht schreiben
channel-read-only = Hier können nur die Inhaber des Kanals schreiben.
send = Senden
send-again = Wiederholen
failed-offline = Nicht gesendet: keine Verbindung. Dein Text bleibt erhalten.
failed-wait = Nicht gesendet: Telegram bittet, { $time } zu warten. Dein Text bleibt erhalten.
failed-not-allowed = Nicht gesendet: Du darfst hier nicht schreiben. Dein Text bleibt erhalten.
failed-refused = Nicht gesendet: Telegram hat es abgelehnt. Dein Text bleibt erhalten.
failed-disk = Nicht gesendet: Dieser Rechner konnte es nicht speichern. Schaffe Platz auf der Festplatte und versuche es noch einmal. Deine Worte bleiben bis zum Beenden erhalten.
send-held = Wird in { $time } von selbst gesendet.
send-unknown = Wurde vielleicht gesendet.
send-unknown-again = Erneut senden
send-unknown-sent = Wurde gesendet
send-unknown-drop = Verwerfen
draft-label = Entwurf:
draft-other = Ein anderer Entwurf von { $time }
draft-use = Übernehmen
words-copied = „{ $words }“ wurde kopiert.
link-doubted = Diesen Link öffnen?
link-doubted-shown = Im Text steht: { $shown }
link-doubted-leads = Er führt zu: { $url }
link-doubted-open = Öffnen
link-copied = Der Desktop konnte { $url } nicht öffnen. Die Adresse wurde kopiert.

download = Herunterladen
download-again = Noch einmal herunterladen
download-cancel = Herunterladen abbrechen
download-where = Wähle, wo gespeichert wird…
download-saved = Gespeichert in { $place }
download-path = Speichern unter
download-save = Speichern
progress = { $done } von { $total }
per-second = { $amount }/s
size-unknown = Größe unbekannt

# accounts

accounts-menu = { $name }, Konten
accounts-other-unread =
    { $count ->
        [one] { $name }, Konten. 1 ungelesene Nachricht in anderen
       *[other] { $name }, Konten. { $count } ungelesene Nachrichten in anderen
    }
accounts-unknown = Konto
accounts-closed = Noch nicht geöffnet
accounts-signed-out = Abgemeldet
accounts-add = Konto hinzufügen
accounts-back = Zurück zu { $name }
accounts-twice = { $name } ist hier schon angemeldet. Wechsle zu diesem Konto oder melde dich mit einer anderen Nummer an.
link-other-kind = Links dieser Art kann Heliograph noch nicht öffnen.
link-nobody = Niemand bei Telegram heißt @{ $name }.
close = Schließen
log-out = Abmelden
log-out-question = Abmelden?
accounts-log-out-question = { $name } abmelden?
log-out-means = Was Heliograph von diesem Konto auf diesem Computer aufbewahrt, wird entfernt. Deine Nachrichten bleiben bei Telegram.

# conversation

calendar-title = Zu einem Tag gehen
calendar-month = { month } { $year }
calendar-before = Monat davor
calendar-after = Nächster Monat
loading-newer = Neuere Nachrichten werden geladen…
loading-messages = Nachrichten werden geladen…
messages-wait = Nachrichten kommen mit der Verbindung
message-gone = Diese Nachricht gibt es nicht mehr.
to-mention = Zur Nachricht, die Sie erwähnt
to-reaction = Zu den neuen Reaktionen
to-where-i-was = Zurück zur vorigen Stelle
pinned = Angeheftete Nachricht
pinned-nth = Angeheftete Nachricht { $number }
chosen =
    { $count ->
        [one] 1 Nachricht ausgewählt
       *[other] { $count } Nachrichten ausgewählt
    }
choosing-end = Auswahl aufheben
copy = Kopieren
copied-from = { $name }, { $day } { $time }
copy-protected = Was hier steht, darf nicht kopiert werden: Der Chat erlaubt es nicht.
save-protected = Was hier gesendet wird, darf nicht gespeichert werden: Der Chat erlaubt es nicht.
delete = Löschen
delete-title =
    { $count ->
        [one] Diese Nachricht löschen?
       *[other] { $count } Nachrichten löschen?
    }
delete-shared = Niemand wird sie hier mehr sehen. Das lässt sich nicht rückgängig machen.
delete-own = Sie verschwindet für Sie; die anderen behalten sie. Das lässt sich nicht rückgängig machen.
delete-either = Das lässt sich nicht rückgängig machen.
delete-everyone = Auch für die anderen löschen
menu-answered = Zur beantworteten Nachricht
menu-copy = Text kopieren
menu-copy-formatted = Als Markdown kopieren
menu-copy-link = Link kopieren
menu-message-link = Link zur Nachricht kopieren
menu-save = Datei speichern
menu-open-file = In einem anderen Programm öffnen
menu-retract = Stimme zurückziehen
menu-choose = Auswählen
menu-write-anew = Neu schreiben
menu-give-up = Diesen Entwurf löschen
link-is-copied = Der Link wurde kopiert.
message-no-link = Diese Nachricht hat keinen Link.
# media

spoiler = Verborgen
spoiler-show = Das verborgene Bild zeigen
voice-unheard = Noch nicht angehört
contact-elsewhere = Nicht bei Telegram
contact-write = Nachricht
location-latitude =
    { $south ->
        [0] { $degrees }° N
       *[other] { $degrees }° S
    }
location-longitude =
    { $west ->
        [0] { $degrees }° O
       *[other] { $degrees }° W
    }
location-point = { $latitude }, { $longitude }
location-live-until = Bis { $time }
location-live-over = Wird nicht mehr geteilt
location-open = Karte öffnen
dice-value = Zeigt { $value }
dice-rolling = Rollt …
poll-anonymous = Anonyme Umfrage
poll-quiz-anonymous = Anonymes Quiz
poll-closed = Endergebnis
poll-nobody = Niemand hat abgestimmt
poll-voters =
    { $count ->
        [0] Noch keine Stimmen
        [one] { $count } Stimme
       *[other] { $count } Stimmen
    }
quiz-voters =
    { $count ->
        [0] Noch keine Antworten
        [one] { $count } Antwort
       *[other] { $count } Antworten
    }
poll-closes = endet in { $time }
poll-vote = Abstimmen
poll-explanation = Warum?

# settings

settings = Einstellungen
settings-close = Einstellungen schließen
settings-back = Alle Einstellungen
settings-copy = Kopieren
settings-unsaved = Deine Auswahl ließ sich nicht speichern: { $why }. Sie gilt, bis Heliograph geschlossen wird.
settings-damaged = Die Datei mit deiner Auswahl ließ sich nicht lesen; Heliograph ist deshalb mit der üblichen gestartet. Die alte Datei liegt noch da: { $place }.
settings-unopened = Der Desktop wollte { $what } nicht öffnen. Es liegt jetzt in der Zwischenablage.

settings-account = Konto
settings-account-lead = Wer hier angemeldet ist, und wo.
settings-nobody = Niemand ist angemeldet
settings-nobody-means = Schließ die Einstellungen, um dich anzumelden.
settings-phone = Telefonnummer
settings-phone-hidden = Verborgen, damit niemand über deine Schulter mitliest
settings-phone-show = Anzeigen
settings-phone-unknown = Telegram nennt sie nicht.
settings-server = Server
settings-server-telegram = Telegram
settings-server-test = Telegrams Testserver
settings-server-demo = Der Demo-Server in diesem Programm. Nichts verlässt diesen Computer.
settings-server-own = Ein eigener Server: { $address }
settings-other-account = Ein weiteres Konto
settings-other-account-means = Mehrere Konten nebeneinander benutzen.
settings-add-account = Konto hinzufügen

settings-data = Privatsphäre und Daten
settings-data-lead = Alles, was Heliograph von deinen Konten aufbewahrt, ist verschlüsselt.
settings-key-os = Der Schlüssel liegt in deinem Schlüsselbund
settings-key-os-means = Wer den Schlüsselbund deines Desktops entsperren kann, kann die Daten lesen.
settings-key-passphrase = Der Schlüssel liegt hinter deiner Passphrase
settings-key-passphrase-means = Sie wird bei jedem Start verlangt, und niemand kann sie wiederherstellen.
settings-key-file = Der Schlüssel liegt in einer Datei
settings-key-file-means = Sie liegt neben den Daten, lesbar nur für dich.
settings-key-file-warning = Wer deine Dateien lesen kann, kann deine Nachrichten lesen. Ein Schlüsselbund oder eine Passphrase schützt sie besser; gewählt wird beim Hinzufügen eines Kontos, mit --key-storage.
settings-folder = Ordner
settings-open-folder = Öffnen
settings-kept = Was aufbewahrt wird
settings-kept-means = Wer du für Telegram bist, Chats und Nachrichten, die du gesehen hast, Entwürfe, was noch gesendet wird, und Bilder. Beim Abmelden wird es entfernt.
settings-storage = Speicher
settings-storage-lead = Was Heliograph auf diesem Rechner aufbewahrt. Alles davon ist verschlüsselt.
settings-storage-of = Bilder belegen { $size } von { $limit }
settings-storage-pictures = Bilder belegen { $size }
settings-storage-unfinished = Downloads, die noch nicht vollständig sind
settings-storage-messages = Nachrichten, { $count }
settings-pictures = Aufbewahrte Bilder
settings-pictures-means = Bilder, die du gesehen hast, liegen hier verschlüsselt, damit sie sofort und auch ohne Verbindung da sind. Auch Telegram hat sie.
settings-no-pictures = Es sind keine Bilder aufbewahrt
settings-pictures-faces = Profilfotos
settings-pictures-photos = Fotos
settings-pictures-stills = Vorschauen von Filmen und Dateien
settings-pictures-stickers = Sticker
settings-clear = Leeren
settings-clear-what = Leeren: { $what }
settings-clear-all = Alles leeren
settings-clear-all-means = Sie werden wieder geladen, wenn du sie ansiehst. Entwürfe und was noch gesendet wird, bleiben.
settings-clear-all-question = Bilder ({ $size }) entfernen?
settings-keep-at-most = Höchstens aufbewahren
settings-keep-at-most-means = Was du am längsten nicht angesehen hast, geht zuerst. Was noch nicht gesendet ist, bleibt immer.
settings-keep-for = Bilder entfernen, nicht angesehen seit
settings-keep-for-means = Nachrichten bleiben.
settings-no-limit = Unbegrenzt
settings-age-any = Nie
settings-age-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tagen
    }
settings-age-months =
    { $count ->
        [one] { $count } Monat
       *[other] { $count } Monaten
    }
settings-age-years =
    { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahren
    }
settings-by-chat = Nach Chat
settings-more-chats = Alle { $count } Chats zeigen

settings-appearance = Aussehen
settings-appearance-lead = Änderungen gelten sofort.
settings-theme = Farben
theme-system = Wie der Desktop
theme-day = Tag
theme-night = Nacht
theme-contrast = Hoher Kontrast
settings-accent = Akzent
accent-amber = Bernstein
accent-blue = Blau
accent-green = Grün
accent-plum = Pflaume
accent-rust = Rost
settings-text-size = Textgröße
settings-sample-first = Die Nordlinse sitzt. Kannst du hochkommen, bevor es dunkel wird?
settings-sample-answer = Schon unterwegs, mit der guten Kamera
settings-sample-last = Bring Handschuhe mit. Es ist kalt hier oben.
settings-reduce-motion = Weniger Bewegung
settings-reduce-motion-means = Nichts gleitet, blendet oder dreht sich von selbst.
settings-reduce-motion-desktop = Dein Desktop bittet darum, deshalb ist es an.
settings-renderer = Zeichnen
settings-renderer-auto = Automatisch
settings-renderer-auto-means = Die Grafikkarte, wo es eine gibt, sonst der Prozessor
settings-renderer-gpu = Grafikkarte
settings-renderer-gpu-means = Flüssig auf großen Bildschirmen; braucht mehr Speicher
settings-renderer-software = Prozessor
settings-renderer-software-means = Braucht am wenigsten Speicher; hilft, wo die Grafikkarte Ärger macht
settings-renderer-later = Gilt ab dem nächsten Start.

settings-language = Sprache
settings-language-lead = Die Sprache von Heliograph selbst. Nachrichten bleiben, wie sie geschrieben wurden.
settings-language-desktop = Wie der Desktop

settings-shortcuts = Tastenkürzel
settings-shortcuts-lead = Alles ist ohne Maus erreichbar.
shortcuts-everywhere = Überall
shortcuts-conversation = In einer Unterhaltung
shortcut-settings = Einstellungen
shortcut-folder = Einen Ordner zeigen
shortcut-account = Konto 1 bis 9 zeigen
shortcut-larger = Größerer Text
shortcut-smaller = Kleinerer Text
shortcut-usual-size = Übliche Textgröße
shortcut-next = Nächstes Element
shortcut-previous = Voriges Element
shortcut-press = Drücken, was den Fokus hat
shortcut-back = Zurück, schließen, abbrechen
shortcut-send = Senden
shortcut-line = Neue Zeile
shortcut-page = Eine Seite hinauf oder hinab
key-control = Strg
key-shift = Umschalt
key-enter = Eingabe
key-space = Leertaste
key-tab = Tab
key-escape = Esc
key-page-up = Bild auf
key-page-down = Bild ab

settings-about = Über
settings-about-lead = Was Heliograph ist, und woraus es besteht.
settings-version = Version { $version }
settings-independent = Ein unabhängiges Programm
settings-independent-means = Heliograph wird nicht von Telegram gemacht, empfohlen oder unterstützt. Es spricht mit Telegram so, wie Telegram es für alle beschreibt.
settings-link-privacy = Was Telegram über dich aufbewahrt
settings-link-terms = Bedingungen für Programme wie dieses
settings-open-link = Öffnen
settings-licence = Lizenzen
settings-licence-means = MIT oder Apache 2.0, nach deiner Wahl; mit Werken anderer darin
settings-notice-show = Anzeigen
settings-notice-hide = Ausblenden

# search

search-placeholder = Chats und Nachrichten suchen
search-clear = Suche leeren
search-people = Personen
search-messages = Nachrichten
search-more = Mehr zeigen
search-there = Von Telegram
search-under-way = Suche läuft…
search-nothing-more = Nichts weiter
search-offline = Keine Verbindung: nur, was hier gespeichert ist.
search-none = Nichts gefunden
search-none-more = Prüfe die Schreibweise, oder versuche es mit weniger Wörtern.
search-failed = Telegram konnte nicht durchsucht werden.
search-failed-here = Was hier gespeichert ist, konnte nicht durchsucht werden.
search-actions = Aktionen
palette-placeholder = Zu einem Chat, einer Nachricht, einer Einstellung
search-inside = In diesem Chat suchen
search-end = Suche beenden
search-older = Zur älteren
search-newer = Zur neueren
search-from-anybody = Von allen
search-from-me = Von mir
search-type = Tippe, was du suchst
search-more-words = Auch ein Chat, ein Absender oder eine Art genügt zum Suchen.
search-list = Treffer auflisten
search-kind = Art
search-when = Datum
search-chat = Im Chat
search-any-chat = Alle Chats
search-from = Von
search-names = Namen finden
when-any = Jederzeit
when-week = Letzte 7 Tage
when-month = Letzter Monat
when-year = Letzte 12 Monate
only-everything = Alles
only-photos = Fotos
only-videos = Videos
only-files = Dateien
only-links = Links
only-voice = Sprachnachrichten
only-music = Musik
search-at = { $number } von { $count }
search-count =
    { $count ->
        [one] 1 Nachricht
       *[other] { $count } Nachrichten
    }
shortcut-palette = Überallhin springen
shortcut-search = Suchen
settings-connection = Verbindung
settings-connection-lead = Wie Telegram erreicht wird und worauf gewartet wird.
proxies = Proxys
proxy-use = Einen Proxy benutzen
proxy-use-means = Ein anderer Weg zu Telegram, wo der gerade versperrt ist. Wer ihn betreibt, sieht deine Internetadresse, nicht was du schreibst.
proxy-switch = Von selbst wechseln
proxy-switch-means = Wenn ein Proxy nicht antwortet, wird der nächste der Liste benutzt.
proxy-none = Noch kein Proxy vorhanden.
proxy-reading = Deine Proxys werden gelesen. Bis dahin geht nichts hinaus.
proxy-closed = Deine Proxys können nicht gelesen werden, deshalb geht jetzt nichts hinaus. Schalte die Proxys aus, um dich direkt zu verbinden.
proxy-closed-off = Deine Proxys können nicht gelesen werden.
proxy-damaged = Die Datei mit deinen Proxys ist beschädigt. Nichts wurde gelöscht. Hole den Ordner „proxies“ aus einer Sicherung zurück und versuche es noch einmal, oder beginne eine neue Liste.
proxy-anew = Neue Liste beginnen
proxy-add = Proxy hinzufügen
proxy-try-all = Alle prüfen
proxy-new = Neuer Proxy
proxy-asked = Diesen Proxy hinzufügen?
proxy-asked-means = Ein Link bittet darum. Wer den Proxy betreibt, sieht deine Internetadresse: Füge ihn nur hinzu, wenn du der Herkunft des Links traust.
proxy-link = Link
proxy-link-help = Füge den Link zu einem Proxy ein oder fülle die Felder darunter aus.
proxy-link-wrong = Das ist kein vollständiger Link zu einem Proxy.
proxy-server = Server
proxy-server-wrong = Ein Name oder eine Nummer im Netz wird gebraucht.
proxy-port = Port
proxy-port-wrong = 1 bis 65535
proxy-secret = Geheimnis
proxy-secret-wrong = Das ist kein Geheimnis eines Proxys.
proxy-user = Name, falls verlangt
proxy-password = Passwort, falls verlangt
proxy-save = Prüfen und speichern
proxy-save-anyway = Trotzdem speichern
proxy-take = Benutzen
proxy-in-use = In Benutzung
proxy-up = Nach oben
proxy-copy = Link kopieren
proxy-remove = Entfernen
proxy-trying = wird geprüft…
proxy-works = geht, { $time } ms
proxy-unreachable = Unter dieser Adresse antwortet niemand.
proxy-refused = Der Proxy lässt uns nicht ein. Prüfe Art, Namen und Passwort.
proxy-no-server = Telegram antwortet nicht durch ihn. Prüfe das Geheimnis.
proxy-timed-out = Keine Antwort in der Zeit.
sign-in-proxy = Einen Proxy benutzen
connection-show = Verbindung zeigen
connection-datacenters = Rechenzentren
connection-datacenter = Rechenzentrum { $number }
connection-home = hat dein Konto
connection-online = Verbunden
connection-idle = Nichts zu tun
connection-next-try = Nächster Versuch in { $time }
connection-traffic = { $received } empfangen, { $sent } gesendet
connection-last-trouble = { $what } (vor { $time })
connection-now = Jetzt verbinden
connection-copy = Diagnose kopieren
connection-copy-means = Nur Zahlen und Namen von Methoden: keine Namen, Texte, Adressen oder Schlüssel.
requests = Anfragen
requests-none = Nichts wartet auf Antwort.
requests-more = Und { $count } weitere.
request-queued = wartet, bis es an der Reihe ist
request-sent = vor { $time } gesendet
request-retrying = Versuch { $count }
request-waiting = Telegram bittet um { $time } Geduld
trouble-no-address = Keine Adresse bekannt
trouble-unreachable = Das Netz führt nicht dorthin
trouble-refused = Der Server hat die Verbindung abgelehnt
trouble-silent = Der Server hat nicht rechtzeitig geantwortet
trouble-cut = Die Verbindung wurde getrennt
trouble-nonsense = Was kam, ergibt keinen Sinn: Unterwegs mischt sich etwas ein
trouble-no-key = Es kam kein gemeinsamer Schlüssel zustande
trouble-key-forgotten = Der Server kennt unseren Schlüssel nicht mehr
trouble-too-many = Zu viele Verbindungen
trouble-status = Der Server hat mit Code { $code } abgelehnt
trouble-rejected = Der Server hat unsere Nachrichten nicht angenommen (Code { $code }): Vielleicht geht die Uhr dieses Rechners falsch
trouble-fault = Ein Fehler von Heliograph, das von selbst weiterlief
