# Слова Heliograph українською. Прості й короткі, без знаків оклику.
# Помилка каже, що сталося, що це означає для даних і що робити далі.

# general

app-name = Heliograph
retry = Спробувати ще раз
cancel = Скасувати
continue = Далі

# numbers, lists, times and dates: how this language writes them

number-decimal = ,
number-group = { "\u00A0" }
# From so many digits on the thousands stand apart.
number-grouped-from = 5
percent = { $number } %
count-thousands = { $number }K
count-millions = { $number }M
unit-bytes = { $value } Б
unit-kilobytes = { $value } КБ
unit-megabytes = { $value } МБ
unit-gigabytes = { $value } ГБ
unit-terabytes = { $value } ТБ
unit-metres = { $value } м
unit-kilometres = { $value } км
list-join = { $list }, { $next }
list-last = { $list } і { $last }
beside = { $first } · { $second }
# 12 or 24.
clock-hours = 24
clock-24 = { $hour }:{ $minute }
clock-12 =
    { $half ->
        [0] { $hour }:{ $minute } дп
       *[other] { $hour }:{ $minute } пп
    }

# opening

opening = Відкриваємо…
opening-leaving = Виходимо…
opening-title = Не вдалося відкрити обліковий запис
opening-passphrase-title = Розблокування
opening-passphrase-lead = Ваші повідомлення на цьому комп’ютері зашифровано. Введіть парольну фразу, щоб відкрити їх.
opening-passphrase-new-title = Виберіть парольну фразу
opening-passphrase-new-lead = Вона шифрує все, що Heliograph зберігає на цьому комп’ютері, і потрібна при кожному запуску. Ніхто не зможе відновити її за вас.
opening-passphrase = Парольна фраза
opening-passphrase-again = Ще раз
opening-passphrases-differ = Фрази не збігаються. Введіть їх ще раз.
opening-unlock = Розблокувати
opening-passphrase-set = Використати цю фразу
opening-title-new = Де зберігати ключ?
opening-passphrase-show = Показати парольну фразу
opening-passphrase-hide = Сховати парольну фразу
opening-unlock-retry = Розблокувати і спробувати ще раз
opening-use-passphrase = Натомість парольна фраза
opening-use-file = Зберігати ключ у файлі
opening-use-file-note = Якщо ключ лежить у файлі, кожен, хто може читати ваші файли, прочитає і ваші повідомлення.
opening-anew = Увійти заново
opening-anew-note = Усе, що збережено з цього облікового запису на цьому комп’ютері, буде видалено. Те, що в Telegram, лишиться й повернеться, коли ви ввійдете.
opening-anew-sure = Видалити й увійти заново

key-no-service = На цьому комп’ютері не відповідає жодне сховище ключів, а саме там зберігається ключ до ваших даних. Нічого не змінено й не втрачено. Запустіть сховище, як-от GNOME Keyring чи KWallet, і спробуйте ще раз.
key-locked = Сховище ключів заблоковано, а ключ до ваших даних у ньому. Нічого не змінено й не втрачено. Розблокуйте його і спробуйте ще раз.
key-no-answer = Сховище ключів не відповіло. Нічого не змінено й не втрачено. Подивіться, чи не чекає воно на вашу відповідь, і спробуйте ще раз.
key-missing = Ключа до ваших даних немає там, де він зберігався, тож прочитати їх не вдасться. Нічого не видалено. Якщо сховище ключів замінили чи відновили, поверніть старе і спробуйте ще раз.
key-wrong-passphrase = Це не та парольна фраза. Перевірте її і спробуйте ще раз; нічого не змінено.
key-corrupt = Збережений ключ пошкоджено, тож прочитати дані не вдасться. Нічого не видалено. Поверніть теку облікового запису з резервної копії і спробуйте ще раз.
key-io = Не вдалося прочитати або зберегти ключ: { $why }. Нічого не змінено й не втрачено.
store-open = Не вдалося відкрити файл із вашими даними: { $why }. Нічого не видалено.
store-in-use = Інша програма вже відкрила цей обліковий запис на цьому комп’ютері. Нічого не змінено й не втрачено. Закрийте ту програму та спробуйте ще раз.
key-no-service-new = На цьому робочому столі не відповідає жодне сховище ключів. Там зберігався б ключ до ваших повідомлень. Запустіть сховище, як-от GNOME Keyring чи KWallet, і спробуйте ще раз, або виберіть інше місце.
key-no-service-terminal = На цьому комп’ютері не відповідає жодне сховище ключів. Там зберігався б ключ до ваших повідомлень. Запустіть сховище, як-от GNOME Keyring чи KWallet, і спробуйте ще раз або скористайтеся --key-storage passphrase.
key-locked-new = Сховище ключів заблоковано. Там зберігався б ключ до ваших повідомлень. Розблокуйте його і спробуйте ще раз або виберіть інше місце.
store-wrong-key = Знайдений ключ не відкриває ваших даних. Нічого не видалено. Поверніть правильне сховище ключів або теку облікового запису з копії та спробуйте ще раз.
store-newer = Ваші дані записав новіший Heliograph, і цей не може їх прочитати. Нічого не змінено й не втрачено. Запустіть новіший.
store-damaged = Файл із вашими даними пошкоджено, і його не прочитати. Нічого не видалено. Поверніть теку облікового запису з копії та спробуйте ще раз, або ввійдіть заново.

# errors of requests, one place for all of them

error-not-connected = Немає зв’язку з Telegram. Нічого не втрачено; перевірте мережу і спробуйте ще раз.
error-timed-out = Telegram не відповів вчасно. Нічого не втрачено; спробуйте ще раз.
error-cancelled = Дію скасовано. Нічого не змінено.
error-flood-wait = Telegram просить зачекати { $time } до наступної спроби. Нічого не втрачено.
error-phone-invalid = Telegram не знає такого номера. Перевірте його; спочатку йде код країни.
error-phone-banned = Telegram заблокував цей номер. Якщо це помилка, напишіть на recover@telegram.org.
error-phone-flood = Із цим номером було забагато спроб. Зачекайте кілька годин і спробуйте ще раз.
error-phone-unregistered = Із цим номером немає облікового запису Telegram. Спершу зареєструйте його в Telegram на телефоні, а потім увійдіть тут.
error-code-invalid = Код неправильний. Перевірте його і спробуйте ще раз.
error-code-expired = Термін дії коду минув. Попросіть новий.
error-code-unavailable = Telegram не має іншого способу надіслати вам код. Зачекайте трохи і почніть знову.
error-email-invalid = Це не адреса електронної пошти. Перевірте її і спробуйте ще раз.
error-email-refused = Telegram не надсилає кодів на цю адресу. Вкажіть іншу.
error-email-reset-pending = Адресу електронної пошти вже видаляють. Дочекайтеся завершення і почніть знову.
error-password-invalid = Пароль неправильний. Перевірте його і спробуйте ще раз.
error-recovery-unavailable = Для цього пароля не вказано адреси електронної пошти, тож відновити його не можна. Пошукайте його там, де зберігаєте паролі.
error-recovery-expired = Термін цього відновлення минув. Попросіть новий код.
error-api-refused = Telegram не приймає api_id і api_hash цієї програми. Перевірте їх на my.telegram.org.
error-signed-out = Ви вийшли з цього облікового запису. Ваші повідомлення в Telegram у безпеці; увійдіть знову, щоб продовжити.
error-not-allowed = Тут вам цього не дозволено.
error-unknown-peer = Telegram ще не розповів нам про цей чат. Відкрийте його зі списку і спробуйте ще раз.
error-file-gone = Цього файлу вже немає в Telegram.
error-rpc = Telegram відмовив ({ $name }). Нічого не втрачено; спробуйте пізніше.
error-disk = Диск не дозволив цього: { $why }. Звільніть місце або перевірте права доступу і спробуйте ще раз.
error-store = Не вдалося прочитати або зберегти ваші дані на цьому комп’ютері: { $why }. Те, що в Telegram, у безпеці.
error-protocol = Відповідь Telegram не має сенсу. Нічого не втрачено; спробуйте ще раз.

wait-seconds =
    { $count ->
        [one] { $count } секунду
        [few] { $count } секунди
        [many] { $count } секунд
       *[other] { $count } секунди
    }
wait-minutes =
    { $count ->
        [one] { $count } хвилину
        [few] { $count } хвилини
        [many] { $count } хвилин
       *[other] { $count } хвилини
    }
wait-hours =
    { $count ->
        [one] { $count } годину
        [few] { $count } години
        [many] { $count } годин
       *[other] { $count } години
    }
span-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дні
        [many] { $count } днів
       *[other] { $count } дня
    }
span-weeks =
    { $count ->
        [one] { $count } тиждень
        [few] { $count } тижні
        [many] { $count } тижнів
       *[other] { $count } тижня
    }
span-months =
    { $count ->
        [one] { $count } місяць
        [few] { $count } місяці
        [many] { $count } місяців
       *[other] { $count } місяця
    }
span-years =
    { $count ->
        [one] { $count } рік
        [few] { $count } роки
        [many] { $count } років
       *[other] { $count } року
    }

# sign-in

sign-in-title = Вхід
sign-in-lead = За номером телефону вашого облікового запису Telegram.
sign-in-phone = Номер телефону
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = Номер телефону має щонайменше п’ять цифр. Почніть із коду країни.
sign-in-demo-hint = Це демонстраційний сервер. Тут діють номер { $phone } і код { $code }.
sign-in-demo-account = Спробувати зразковий обліковий запис
sign-in-demo-try = Демо без реєстрації
sign-in-country = Країна
sign-in-country-none = Виберіть країну
sign-in-country-search = Назва або код
sign-in-country-nothing = Жодна країна так не зветься.
sign-in-qr-title = Або відскануйте, щоб увійти
sign-in-qr-title-alone = Відскануйте, щоб увійти
sign-in-qr-lead = На телефоні: Налаштування, Пристрої, Під’єднати пристрій.
sign-in-qr-wait = Telegram просить зачекати { $time } до наступного QR-коду.
sign-in-by-qr = Увійти за QR-кодом
sign-in-by-number = Увійти за номером телефону
sign-in-api-title = Спершу ще одне
sign-in-api-why = Telegram просить у кожної програми api_id та api_hash. Ваші безкоштовні, і на це піде хвилина: увійдіть на my.telegram.org, відкрийте API development tools і скопіюйте сюди обидва. Про це питаємо лише раз.
sign-in-api-calm = Пишіть так, як завжди. Telegram пильно дивиться на облікові записи, що починають у таких програмах; через багато повідомлень незнайомцям першого дня їх можуть обмежити.
sign-in-api-open = Відкрити my.telegram.org
sign-in-api-copy = Скопіювати адресу
sign-in-api-id-wrong = api_id — це число, наприклад 1234567.
sign-in-api-hash-wrong = api_hash має 32 символи: цифри та літери від a до f.
sign-in-api-change = Змінити api_id та api_hash
sign-in-code-title = Введіть код
sign-in-code-app = Ми надіслали його в застосунок Telegram на іншому вашому пристрої, { $phone }.
sign-in-code-sms = Ми надіслали його в SMS на { $phone }.
sign-in-code-call = Вам зателефонують на { $phone } і скажуть код.
sign-in-code-flash-call = Вам ненадовго зателефонують на { $phone }. Номер, з якого телефонують, — це код; відповідати не треба.
sign-in-code-missed-call = Вам ненадовго зателефонують на { $phone } з номера, що починається з { $prefix }. Код — це кінець того номера, цифр: { $length }; відповідати не треба.
sign-in-code-fragment = Номер { $phone } куплено на Fragment, тож і код до нього там.
sign-in-code-open-fragment = Відкрити Fragment
sign-in-code-word = Ми надіслали слово в SMS на { $phone }.
sign-in-code-phrase = Ми надіслали кілька слів у SMS на { $phone }.
sign-in-code-label = Код
sign-in-code-word-label = Слово
sign-in-code-phrase-label = Слова
sign-in-code-number-label = Номер, з якого телефонували
sign-in-code-beginning = Починається з «{ $beginning }».
sign-in-code-pattern = Він має вигляд { $pattern }.
sign-in-code-email = Ми надіслали його електронною поштою на { $pattern }.
sign-in-code-other = Telegram надіслав код для { $phone }.
sign-in-code-demo = Код для демонстрації: { $code }.
sign-in-code-short = Кількість цифр у коді: { $length }.
sign-in-new-code = Попросити новий код
sign-in-resend-sms = Натомість надіслати в SMS
sign-in-resend-call = Натомість зателефонувати мені
sign-in-resend-ring = Натомість дзвінок без розмови
sign-in-resend-fragment = Натомість надіслати на Fragment
sign-in-resend-sms-in = Надіслати в SMS через { $time }
sign-in-resend-call-in = Зателефонувати мені через { $time }
sign-in-resend-ring-in = Дзвінок без розмови через { $time }
sign-in-resend-fragment-in = Надіслати на Fragment через { $time }
sign-in-email-title = Додайте електронну адресу
sign-in-email-lead = Telegram хоче мати її для цього облікового запису. Туди приходитимуть коди для входу.
sign-in-email = Електронна адреса
sign-in-email-change = Інша адреса
sign-in-email-give-up = Не можу відкрити цю пошту
sign-in-email-give-up-sure = Вилучити адресу
sign-in-email-give-up-now = Адресу буде вилучено з вашого облікового запису, а код прийде на телефон.
sign-in-email-give-up-later = Адресу буде вилучено з вашого облікового запису; чекати: { $time }. Потім коди приходитимуть на телефон.
sign-in-email-pending = Адресу вилучають. Через { $time } коди приходитимуть на телефон.
sign-in-waiting = Немає зв’язку з Telegram. Спроби тривають.
sign-in-submit = Увійти
sign-in-change-number = Змінити номер
sign-in-password-title = Введіть пароль
sign-in-password-lead = Цей обліковий запис має двоетапну перевірку.
sign-in-password = Пароль
sign-in-password-hint = Підказка: { $hint }
sign-in-password-show = Показати пароль
sign-in-password-hide = Сховати пароль
sign-in-password-forgot = Забули пароль?
sign-in-password-no-recovery = Для цього пароля не залишено електронної адреси, тож тут його не відновити. Пошукайте там, де зберігаєте паролі. Пристрій, на якому ви ввійшли, може змінити його в розділі Налаштування, Приватність і безпека. Якщо нічого не допоможе, Telegram на телефоні може скинути обліковий запис; при цьому його чати зникнуть.
sign-in-back-to-password = Назад до пароля
sign-in-recovery-title = Відновлення поштою
sign-in-recovery-lead = Ми надіслали код на { $pattern }. З ним ви ввійдете, а пароль буде знято; потім задайте новий.
sign-in-signed-out-elsewhere = Цей сеанс завершили з іншого пристрою. Ваші повідомлення в Telegram у безпеці; увійдіть, щоб продовжити.
sign-in-logged-out = Ви вийшли. Усе, що Heliograph зберігав із цього облікового запису на цьому комп’ютері, видалено.

# downloads

save-dialog-title = Зберегти файл
download-no-path = Вкажіть, куди зберегти файл.
file-not-opened = Жодна програма на цьому комп’ютері не відкриває цей файл.
download-relative-path = Почніть шлях з / або ~/, щоб було зрозуміло, звідки він іде.
download-no-folder = Теки { $folder } немає. Файл досі тут; виберіть інше місце.
download-not-allowed = Ви не можете записувати в { $path }. Файл досі тут; виберіть інше місце.
download-not-saved = Не вдалося зберегти туди файл: { $why }. Він досі тут; виберіть інше місце.

# chats

chats = Чати
folder-all = Усі
folder-empty = У цій папці немає чатів
folder-empty-lead = Тут з’являються чати, що відповідають її правилам.
folder-unread =
    { $count ->
        [one] { $name }, { $count } непрочитаний чат
        [few] { $name }, { $count } непрочитані чати
        [many] { $name }, { $count } непрочитаних чатів
       *[other] { $name }, { $count } непрочитаних чатів
    }
chats-none = Чатів ще немає
chats-none-lead = Тут з’являться всі, хто вам напише.
chats-failed = Не вдалося завантажити чати
chats-more-failed = Не вдалося завантажити інші чати. Спробувати ще раз
back = Назад до чатів
saved-messages = Збережене
saved-about = Це бачите лише ви
deleted-account = Видалений обліковий запис
unknown-peer = Невідомо
you = Ви
# As the one to whom something is done.
you-object = вас
bot = бот
group = група
channel = канал
online = у мережі
typing = друкує…
typing-one = { $name } друкує…
typing-more =
    { $others ->
        [one] { $name } та ще { $others } друкують…
        [few] { $name } та ще { $others } друкують…
        [many] { $name } та ще { $others } друкують…
       *[other] { $name } та ще { $others } друкують…
    }
members =
    { $count ->
        [one] { $count } учасник
        [few] { $count } учасники
        [many] { $count } учасників
       *[other] { $count } учасника
    }
subscribers =
    { $count ->
        [one] { $count } підписник
        [few] { $count } підписники
        [many] { $count } підписників
       *[other] { $count } підписника
    }
connection-connecting = З’єднуємося…
connection-updating = Оновлюємо…
chats-as-of = Станом на { $time }
needs-connection = Для цього потрібен зв’язок
connection-waiting = Немає зв’язку, наступна спроба через { $time }

seen-now = у мережі щойно
seen-minutes =
    { $count ->
        [one] у мережі { $count } хвилину тому
        [few] у мережі { $count } хвилини тому
        [many] у мережі { $count } хвилин тому
       *[other] у мережі { $count } хвилини тому
    }
seen-today = востаннє в мережі о { $time }
seen-yesterday = востаннє в мережі вчора о { $time }
seen-date = востаннє в мережі { $date }
seen-recently = у мережі нещодавно
seen-week = у мережі цього тижня
seen-month = у мережі цього місяця

day-today = Сьогодні
day-yesterday = Учора
date-short = { $day } { month-short }
date-long = { $day } { month }
date-full = { $day } { month } { $year } р.
# In the chat list, for what is older than this year: short, and not to be taken for another day.
date-numeric = { $day }.{ $month }.{ $year }
weekday =
    { $day ->
        [1] пн
        [2] вт
        [3] ср
        [4] чт
        [5] пт
        [6] сб
       *[7] нд
    }
month =
    { $month ->
        [1] січня
        [2] лютого
        [3] березня
        [4] квітня
        [5] травня
        [6] червня
        [7] липня
        [8] серпня
        [9] вересня
        [10] жовтня
        [11] листопада
       *[12] грудня
    }
month-short =
    { $month ->
        [1] січ.
        [2] лют.
        [3] бер.
        [4] квіт.
        [5] трав.
        [6] черв.
        [7] лип.
        [8] серп.
        [9] вер.
        [10] жовт.
        [11] лист.
       *[12] груд.
    }

preview-you = Ви:
preview-name = { $name }:
media-and-time = { $name } ({ $time })
media-photo = Фото
media-file = Файл
media-video = Відео
media-round-video = Відеоповідомлення
media-animation = GIF
media-voice = Голосове повідомлення
media-audio = Музика
media-sticker = Наліпка
media-poll = Опитування
media-contact = Контакт
media-location = Місце
media-dice = Гральний кубик
media-game = Гра
media-invoice = Рахунок
media-story = Історія
media-quiz = Вікторина
media-live-location = Місце наживо
media-giveaway = Розіграш
media-paid = Платні медіа
media-checklist = Список справ
media-stream = Пряма трансляція
media-expired = Медіа, що зникло
media-fleeting = Можна побачити лише зі з’єднанням
media-unknown = Щось, чого ця версія не вміє показати

service-created =
    { $you ->
        [0] { $who } створює групу «{ $title }»
       *[other] Ви створили групу «{ $title }»
    }
service-channel-created = Створено канал «{ $title }»
service-renamed =
    { $you ->
        [0] { $who } змінює назву на «{ $title }»
       *[other] Ви змінили назву на «{ $title }»
    }
service-photo =
    { $you ->
        [0] { $who } змінює фото
       *[other] Ви змінили фото
    }
service-joined =
    { $you ->
        [0] { $who } тепер у групі
       *[other] Ви тепер у групі
    }
service-added =
    { $you ->
        [0] { $who } додає до групи: { $others }
       *[other] Ви додали до групи: { $others }
    }
service-added-you = { $who } додає вас до групи
service-left =
    { $you ->
        [0] { $who } більше не в групі
       *[other] Ви вийшли з групи
    }
service-removed =
    { $you ->
        [0] { $who } вилучає з групи: { $other }
       *[other] Ви вилучили з групи: { $other }
    }
service-removed-you = { $who } вилучає вас із групи
service-pinned =
    { $you ->
        [0] { $who } закріплює повідомлення
       *[other] Ви закріпили повідомлення
    }
service-signed-up = { $who } тепер у Telegram
service-call =
    { $video ->
        [0] Дзвінок
       *[other] Відеодзвінок
    }
service-call-missed =
    { $video ->
        [0] Пропущений дзвінок
       *[other] Пропущений відеодзвінок
    }
service-call-unanswered =
    { $video ->
        [0] Дзвінок без відповіді
       *[other] Відеодзвінок без відповіді
    }
service-call-declined =
    { $video ->
        [0] Відхилений дзвінок
       *[other] Відхилений відеодзвінок
    }
service-group-call =
    { $you ->
        [0] { $who } починає дзвінок
       *[other] Ви почали дзвінок
    }
service-group-call-over = Дзвінок завершено
service-group-call-planned = Дзвінок заплановано на { $time }
service-call-invited =
    { $you ->
        [0] { $who } запрошує до дзвінка: { $others }
       *[other] Ви запросили до дзвінка: { $others }
    }
service-photo-removed =
    { $you ->
        [0] { $who } вилучає фото
       *[other] Ви вилучили фото
    }
service-joined-link =
    { $you ->
        [0] { $who } тепер у групі за посиланням-запрошенням
       *[other] Ви тепер у групі за посиланням-запрошенням
    }
service-joined-request =
    { $you ->
        [0] Запит від { $who } прийнято
       *[other] Ваш запит прийнято
    }
service-moved-to = Ця група продовжується як супергрупа
service-moved-from = Ця супергрупа почалася як група «{ $title }»
service-pinned-what =
    { $you ->
        [0] { $who } закріплює «{ $what }»
       *[other] Ви закріпили «{ $what }»
    }
service-cleared = Історію очищено
service-lifetime =
    { $you ->
        [0] { $who } встановлює час зникнення повідомлень: { $time }
       *[other] Ви встановили час зникнення повідомлень: { $time }
    }
service-lifetime-off =
    { $you ->
        [0] { $who } вимикає зникнення повідомлень
       *[other] Ви вимкнули зникнення повідомлень
    }
service-screenshot =
    { $you ->
        [0] { $who } робить знімок екрана
       *[other] Ви зробили знімок екрана
    }
service-theme =
    { $you ->
        [0] { $who } вибирає тему { $emoji } для цього чату
       *[other] Ви вибрали тему { $emoji } для цього чату
    }
service-theme-usual =
    { $you ->
        [0] { $who } повертає звичайну тему цього чату
       *[other] Ви повернули звичайну тему цього чату
    }
service-wallpaper =
    { $you ->
        [0] { $who } змінює тло
       *[other] Ви змінили тло
    }
service-score =
    { $you ->
        [0] Результат у грі, { $who }: { $score }
       *[other] Ваш результат у грі: { $score }
    }
service-paid =
    { $you ->
        [0] { $who } сплачує { $sum }
       *[other] Ви сплатили { $sum }
    }
service-refunded = Повернуто { $sum }
service-bot-allowed = Цей бот може вам писати
service-bot-allowed-site = Цей бот може вам писати, бо ви увійшли на { $site }
service-web-app = Дані передано боту кнопкою «{ $button }»
service-near =
    { $you ->
        [0] Відстань між { $who } і { $other } менша за { $distance }
       *[other] Відстань між вами і { $other } менша за { $distance }
    }
service-near-you = Відстань між { $who } і вами менша за { $distance }
service-topic-created =
    { $you ->
        [0] { $who } починає тему «{ $title }»
       *[other] Ви почали тему «{ $title }»
    }
service-topic-renamed =
    { $you ->
        [0] { $who } перейменовує тему на «{ $title }»
       *[other] Ви перейменували тему на «{ $title }»
    }
service-topic-closed =
    { $you ->
        [0] { $who } закриває тему
       *[other] Ви закрили тему
    }
service-topic-opened =
    { $you ->
        [0] { $who } знову відкриває тему
       *[other] Ви знову відкрили тему
    }
service-topic-changed =
    { $you ->
        [0] { $who } змінює тему
       *[other] Ви змінили тему
    }
service-photo-suggested =
    { $you ->
        [0] { $who } пропонує фото для вашого профілю
       *[other] Ви запропонували фото профілю
    }
service-birthday-suggested =
    { $you ->
        [0] { $who } пропонує день народження для вашого профілю
       *[other] Ви запропонували день народження для профілю
    }
service-shared = Передано боту: { $others }
service-gift-premium =
    { $you ->
        [0] { $who } дарує Telegram Premium, днів: { $days }
       *[other] Ви подарували Telegram Premium, днів: { $days }
    }
service-gift-stars =
    { $you ->
        [0] { $who } дарує зірки: { $count }
       *[other] Ви подарували зірки: { $count }
    }
service-gift =
    { $you ->
        [0] { $who } надсилає подарунок
       *[other] Ви надіслали подарунок
    }
service-giveaway =
    { $you ->
        [0] { $who } починає розіграш
       *[other] Ви почали розіграш
    }
service-giveaway-over = Розіграш завершено; переможців: { $count }
service-boosted =
    { $you ->
        [0] { $who } підсилює групу
       *[other] Ви підсилили групу
    }
service-boosted-times =
    { $you ->
        [0] { $who } підсилює групу, разів: { $count }
       *[other] Ви підсилили групу, разів: { $count }
    }
service-price = Повідомлення тепер коштує зірок: { $count }
service-price-none = Повідомлення тепер безкоштовні
tasks =
    { $count ->
        [one] { $count } справа
        [few] { $count } справи
        [many] { $count } справ
       *[other] { $count } справи
    }
service-tasks-done =
    { $you ->
        [0] { $who } позначає виконаним: { $tasks }
       *[other] Ви позначили виконаним: { $tasks }
    }
service-tasks-undone =
    { $you ->
        [0] { $who } знову відкриває: { $tasks }
       *[other] Ви знову відкрили: { $tasks }
    }
service-tasks-added =
    { $you ->
        [0] { $who } додає до списку: { $tasks }
       *[other] Ви додали до списку: { $tasks }
    }
service-owner = Власність групи: { $other }
service-protected =
    { $you ->
        [0] { $who } більше не дозволяє тут копіювати й пересилати
       *[other] Ви більше не дозволяєте тут копіювати й пересилати
    }
service-unprotected =
    { $you ->
        [0] { $who } знову дозволяє тут копіювати й пересилати
       *[other] Ви знову дозволяєте тут копіювати й пересилати
    }
service-other = Сталося щось, для чого в цієї версії немає слів

no-chat = Виберіть чат, щоб читати й писати
history-empty = Тут ще немає повідомлень. Напишіть перше.
history-failed = Не вдалося завантажити повідомлення
loading-older = Завантажуємо давніші повідомлення…
new-messages =
    { $count ->
        [one] { $count } нове повідомлення
        [few] { $count } нові повідомлення
        [many] { $count } нових повідомлень
       *[other] { $count } нового повідомлення
    }
to-bottom = До найновішого повідомлення
forwarded = Переслано від { $name }
imported = Імпортовано від { $name }
via-bot = через { $bot }
reply = Відповідь
reply-story = Історія
reply-gone = Видалене повідомлення
reply-message = Повідомлення
reply-to = Відповідь для { $name }
reply-drop = Не відповідати
comments-none = Залишити коментар
comments =
    { $count ->
        [one] { $count } коментар
        [few] { $count } коментарі
        [many] { $count } коментарів
       *[other] { $count } коментаря
    }
alert-seen = Закрити
button-later = Ця версія не вміє того, чого вимагає ця кнопка.
button-copied = Скопійовано
edited = змінено { $time }
composer-placeholder = Напишіть повідомлення
channel-read-only = Тут можуть писати лише власники каналу.
send = Надіслати
send-again = Повторити
failed-offline = Не надіслано: немає зв’язку. Ваш текст збережено.
failed-wait = Не надіслано: Telegram просить зачекати { $time }. Ваш текст збережено.
failed-not-allowed = Не надіслано: вам не можна тут писати. Ваш текст збережено.
failed-refused = Не надіслано: Telegram відмовив. Ваш текст збережено.
failed-disk = Не надіслано: цей комп’ютер не зміг це зберегти. Звільніть місце на диску й спробуйте ще раз. Ваші слова збережено до закриття програми.
send-held = Буде надіслано саме через { $time }.
send-unknown = Можливо, уже надіслано.
send-unknown-again = Надіслати ще раз
send-unknown-sent = Надіслано
send-unknown-drop = Відкинути
draft-label = Чернетка:
draft-other = Інша чернетка від { $time }
draft-use = Взяти її
words-copied = «{ $words }» скопійовано.
link-doubted = Відкрити це посилання?
link-doubted-shown = У тексті написано: { $shown }
link-doubted-leads = Воно веде на: { $url }
link-doubted-open = Відкрити
link-copied = Не вдалося відкрити { $url }. Адресу скопійовано.

download = Завантажити
download-again = Завантажити ще раз
download-cancel = Скасувати завантаження
download-where = Виберіть, куди зберегти…
download-saved = Збережено в { $place }
download-path = Зберегти як
download-save = Зберегти
progress = { $done } із { $total }
per-second = { $amount }/с
size-unknown = Розмір невідомий

# accounts

accounts-menu = { $name }, облікові записи
accounts-other-unread =
    { $count ->
        [one] { $name }, облікові записи. { $count } непрочитане повідомлення в інших
        [few] { $name }, облікові записи. { $count } непрочитані повідомлення в інших
        [many] { $name }, облікові записи. { $count } непрочитаних повідомлень в інших
       *[other] { $name }, облікові записи. { $count } непрочитаного повідомлення в інших
    }
accounts-unknown = Обліковий запис
accounts-closed = Ще не відкрито
accounts-signed-out = Вихід виконано
accounts-add = Додати обліковий запис
accounts-back = Назад до { $name }
accounts-twice = { $name } вже тут. Перейдіть до цього облікового запису або увійдіть з іншим номером.
link-other-kind = Heliograph ще не вміє відкривати такі посилання.
link-nobody = Ніхто в Telegram не має імені @{ $name }.
close = Закрити
log-out = Вийти
log-out-question = Вийти з облікового запису?
accounts-log-out-question = Вийти з облікового запису { $name }?
log-out-means = Те, що Heliograph зберігає з цього облікового запису на цьому комп’ютері, буде видалено. Ваші повідомлення залишаться в Telegram.

# conversation

calendar-title = Перейти до дня
calendar-month =
    { $month ->
        [1] Січень
        [2] Лютий
        [3] Березень
        [4] Квітень
        [5] Травень
        [6] Червень
        [7] Липень
        [8] Серпень
        [9] Вересень
        [10] Жовтень
        [11] Листопад
       *[12] Грудень
    } { $year }
calendar-before = Попередній місяць
calendar-after = Наступний місяць
loading-newer = Завантажуємо новіші повідомлення…
loading-messages = Завантажуємо повідомлення…
messages-wait = Повідомлення з’являться, коли буде з’єднання
message-gone = Цього повідомлення вже немає.
to-mention = До повідомлення, де вас згадано
to-reaction = До нових реакцій
to-where-i-was = Назад, де ви були
pinned = Закріплене повідомлення
pinned-nth = Закріплене повідомлення { $number }
chosen =
    { $count ->
        [one] Вибрано { $count } повідомлення
        [few] Вибрано { $count } повідомлення
        [many] Вибрано { $count } повідомлень
       *[other] Вибрано { $count } повідомлення
    }
choosing-end = Скасувати вибір
copy = Копіювати
copied-from = { $name }, { $day } { $time }
copy-protected = Написане тут не можна копіювати: чат цього не дозволяє.
save-protected = Надіслане тут не можна зберігати: чат цього не дозволяє.
delete = Видалити
delete-title =
    { $count ->
        [one] Видалити { $count } повідомлення?
        [few] Видалити { $count } повідомлення?
        [many] Видалити { $count } повідомлень?
       *[other] Видалити { $count } повідомлення?
    }
delete-shared = Ніхто більше не побачить цього тут. Скасувати це неможливо.
delete-own = Це зникне у вас; в інших залишиться. Скасувати це неможливо.
delete-either = Скасувати це неможливо.
delete-everyone = Видалити також в інших
menu-answered = До повідомлення, на яке це відповідь
menu-copy = Копіювати текст
menu-copy-formatted = Копіювати як Markdown
menu-copy-link = Копіювати посилання
menu-message-link = Копіювати посилання на повідомлення
menu-save = Зберегти файл
menu-open-file = Відкрити в іншій програмі
menu-retract = Відкликати голос
menu-choose = Вибрати
menu-write-anew = Написати наново
menu-give-up = Видалити цю чернетку
link-is-copied = Посилання скопійовано.
message-no-link = Це повідомлення не має посилання.
# media

spoiler = Приховано
spoiler-show = Показати приховане зображення
voice-unheard = Ще не прослухано
contact-elsewhere = Немає в Telegram
contact-write = Написати
location-latitude =
    { $south ->
        [0] { $degrees }° пн. ш.
       *[other] { $degrees }° пд. ш.
    }
location-longitude =
    { $west ->
        [0] { $degrees }° сх. д.
       *[other] { $degrees }° зх. д.
    }
location-point = { $latitude }; { $longitude }
location-live-until = До { $time }
location-live-over = Більше не надсилається
location-open = Відкрити карту
dice-value = Випало { $value }
dice-rolling = Котиться…
poll-anonymous = Анонімне опитування
poll-quiz-anonymous = Анонімна вікторина
poll-closed = Остаточні результати
poll-nobody = Ніхто не проголосував
poll-voters =
    { $count ->
        [0] Ще немає голосів
        [one] { $count } голос
        [few] { $count } голоси
        [many] { $count } голосів
       *[other] { $count } голосу
    }
quiz-voters =
    { $count ->
        [0] Ще немає відповідей
        [one] { $count } відповідь
        [few] { $count } відповіді
        [many] { $count } відповідей
       *[other] { $count } відповіді
    }
poll-closes = завершиться через { $time }
poll-vote = Голосувати
poll-explanation = Чому?

# settings

settings = Налаштування
settings-close = Закрити налаштування
settings-back = Усі налаштування
settings-copy = Копіювати
settings-unsaved = Не вдалося зберегти ваш вибір: { $why }. Він діє, доки Heliograph не закрито.
settings-damaged = Не вдалося прочитати файл із вашим вибором, тож Heliograph запустився зі звичайним. Старий файл збережено як { $place }.
settings-unopened = Не вдалося відкрити { $what }. Тепер це в буфері обміну.

settings-account = Обліковий запис
settings-account-lead = Хто тут увійшов і де.
settings-nobody = Ніхто не увійшов
settings-nobody-means = Закрийте налаштування, щоб увійти.
settings-phone = Номер телефону
settings-phone-hidden = Прихований, щоб ніхто не прочитав його через плече
settings-phone-show = Показати
settings-phone-unknown = Telegram його не називає.
settings-server = Сервер
settings-server-telegram = Telegram
settings-server-test = Тестові сервери Telegram
settings-server-demo = Демонстраційний сервер у цій програмі. Ніщо не залишає цього комп’ютера.
settings-server-own = Власний сервер: { $address }
settings-other-account = Інший обліковий запис
settings-other-account-means = Користуйтеся кількома обліковими записами поряд.
settings-add-account = Додати обліковий запис

settings-data = Приватність і дані
settings-data-lead = Усе, що Heliograph зберігає з ваших облікових записів, зашифровано.
settings-key-os = Ключ у вашому сховищі ключів
settings-key-os-means = Хто може розблокувати сховище ключів вашої стільниці, той може читати дані.
settings-key-passphrase = Ключ за вашою парольною фразою
settings-key-passphrase-means = Її питають під час кожного запуску, і ніхто не може її відновити.
settings-key-file = Ключ у файлі
settings-key-file-means = Він лежить поряд із даними, прочитати його можете лише ви.
settings-key-file-warning = Хто може читати ваші файли, той може читати ваші повідомлення. Сховище ключів або парольна фраза захищає їх краще; вибирають, коли додають обліковий запис, з --key-storage.
settings-folder = Тека
settings-open-folder = Відкрити
settings-kept = Що зберігається
settings-kept-means = Хто ви для Telegram, чати й повідомлення, які ви бачили, чернетки, те, що чекає на надсилання, і зображення. Після виходу це буде видалено.
settings-storage = Сховище
settings-storage-lead = Що Heliograph зберігає на цьому комп’ютері. Усе це зашифровано.
settings-storage-of = Зображення займають { $size } з { $limit }
settings-storage-pictures = Зображення займають { $size }
settings-storage-unfinished = Ще не завершені завантаження
settings-storage-messages = Повідомлення, { $count }
settings-pictures = Збережені зображення
settings-pictures-means = Зображення, які ви бачили, зберігаються тут зашифрованими, щоб з’являтися одразу й без з’єднання. Telegram також їх зберігає.
settings-no-pictures = Збережених зображень немає
settings-pictures-faces = Фото профілів
settings-pictures-photos = Фото
settings-pictures-stills = Ескізи відео та файлів
settings-pictures-stickers = Стікери
settings-clear = Очистити
settings-clear-what = Очистити: { $what }
settings-clear-all = Очистити все
settings-clear-all-means = Вони завантажаться знову, коли ви на них поглянете. Чернетки й те, що чекає на надсилання, залишаться.
settings-clear-all-question = Видалити { $size } зображень?
settings-keep-at-most = Зберігати щонайбільше
settings-keep-at-most-means = Спершу зникає те, на що ви найдовше не дивилися. Ненадіслане не видаляється ніколи.
settings-keep-for = Видаляти зображення, яких не переглядали
settings-keep-for-means = Повідомлення залишаються.
settings-no-limit = Без обмеження
settings-age-any = Ніколи
settings-age-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дні
        [many] { $count } днів
       *[other] { $count } дня
    }
settings-age-months =
    { $count ->
        [one] { $count } місяць
        [few] { $count } місяці
        [many] { $count } місяців
       *[other] { $count } місяця
    }
settings-age-years =
    { $count ->
        [one] { $count } рік
        [few] { $count } роки
        [many] { $count } років
       *[other] { $count } року
    }
settings-by-chat = За чатами
settings-more-chats = Показати всі чати ({ $count })

settings-appearance = Вигляд
settings-appearance-lead = Зміни діють одразу.
settings-theme = Тема
theme-system = Як на стільниці
theme-day = День
theme-night = Ніч
theme-contrast = Високий контраст
settings-accent = Акцент
accent-amber = Бурштиновий
accent-blue = Синій
accent-green = Зелений
accent-plum = Сливовий
accent-rust = Іржавий
settings-text-size = Розмір тексту
settings-sample-first = Північна лінза на місці. Зможете піднятися до темряви?
settings-sample-answer = Уже в дорозі, з доброю камерою
settings-sample-last = Візьміть рукавички. Тут нагорі холодно.
settings-reduce-motion = Менше руху
settings-reduce-motion-means = Ніщо не ковзає, не тьмяніє й не крутиться саме.
settings-reduce-motion-desktop = Ваша стільниця просить про це, тож увімкнено.
settings-renderer = Малювання
settings-renderer-auto = Автоматично
settings-renderer-auto-means = Відеокарта, де вона є, інакше процесор
settings-renderer-gpu = Відеокарта
settings-renderer-gpu-means = Плавно на великих екранах; потребує більше пам’яті
settings-renderer-software = Процесор
settings-renderer-software-means = Потребує найменше пам’яті; допомагає, де з відеокартою клопіт
settings-renderer-later = Діє з наступного запуску.

settings-language = Мова
settings-language-lead = Мова самого Heliograph. Повідомлення лишаються такими, як їх написали.
settings-language-desktop = Як на стільниці

settings-shortcuts = Клавіші
settings-shortcuts-lead = До всього можна дістатися без миші.
shortcuts-everywhere = Усюди
shortcuts-conversation = У розмові
shortcut-settings = Налаштування
shortcut-folder = Показати папку
shortcut-account = Показати обліковий запис від 1 до 9
shortcut-larger = Більший текст
shortcut-smaller = Менший текст
shortcut-usual-size = Звичайний розмір тексту
shortcut-next = Наступний елемент
shortcut-previous = Попередній елемент
shortcut-press = Натиснути те, що у фокусі
shortcut-back = Назад, закрити, скасувати
shortcut-send = Надіслати
shortcut-line = Новий рядок
shortcut-page = На сторінку вгору чи вниз
key-control = Ctrl
key-shift = Shift
key-enter = Enter
key-space = Пробіл
key-tab = Tab
key-escape = Esc
key-page-up = Сторінка вгору
key-page-down = Сторінка вниз

settings-about = Про програму
settings-about-lead = Що таке Heliograph і з чого він складається.
settings-version = Версія { $version }
settings-independent = Незалежна програма
settings-independent-means = Heliograph не створює, не схвалює і не підтримує Telegram. Він спілкується з Telegram так, як Telegram описує для всіх.
settings-link-privacy = Що Telegram зберігає про вас
settings-link-terms = Умови для таких програм, як ця
settings-open-link = Відкрити
settings-licence = Ліцензії
settings-licence-means = MIT або Apache 2.0, на ваш вибір; із творами інших усередині
settings-notice-show = Показати
settings-notice-hide = Сховати

# search

search-placeholder = Пошук чатів і повідомлень
search-clear = Очистити пошук
search-people = Люди
search-messages = Повідомлення
search-more = Показати більше
search-there = З Telegram
search-under-way = Пошук…
search-nothing-more = Більше нічого
search-offline = Немає з’єднання: лише те, що збережено тут.
search-none = Нічого не знайдено
search-none-more = Перевірте написання або спробуйте менше слів.
search-failed = Не вдалося шукати в Telegram.
search-failed-here = Не вдалося шукати у збереженому тут.
search-actions = Дії
palette-placeholder = До чату, повідомлення чи налаштування
search-inside = Пошук у цьому чаті
search-end = Завершити пошук
search-older = До старішого
search-newer = До новішого
search-from-anybody = Від будь-кого
search-from-me = Від мене
search-type = Напишіть, що шукаєте
search-more-words = Для пошуку досить і чату, відправника чи виду.
search-list = Показати список знайденого
search-kind = Вид
search-when = Дата
search-chat = Чат
search-any-chat = Будь-який чат
search-from = Від
search-names = Знайти ім’я
when-any = Будь-коли
when-week = Останні 7 днів
when-month = Останній місяць
when-year = Останні 12 місяців
only-everything = Усе
only-photos = Фото
only-videos = Відео
only-files = Файли
only-links = Посилання
only-voice = Голосові повідомлення
only-music = Музика
search-at = { $number } з { $count }
search-count =
    { $count ->
        [one] { $count } повідомлення
        [few] { $count } повідомлення
        [many] { $count } повідомлень
       *[other] { $count } повідомлення
    }
shortcut-palette = Перейти будь-куди
shortcut-search = Пошук
settings-connection = З’єднання
settings-connection-lead = Як програма дістається Telegram і на що чекає.
proxies = Проксі
proxy-use = Використовувати проксі
proxy-use-means = Інший шлях до Telegram там, де прямий закрито. Його власник бачить вашу адресу в інтернеті, але не те, що ви пишете.
proxy-switch = Перемикати автоматично
proxy-switch-means = Якщо проксі не відповідає, береться наступний у списку.
proxy-none = Ще немає жодного проксі.
proxy-reading = Ваші проксі зчитуються. До того нічого не надсилається.
proxy-closed = Ваші проксі не вдається прочитати, тому зараз нічого не надсилається. Вимкніть проксі, щоб з’єднатися напряму.
proxy-closed-off = Ваші проксі не вдається прочитати.
proxy-damaged = Файл із вашими проксі пошкоджено. Нічого не видалено. Поверніть теку «proxies» з копії та спробуйте ще раз або почніть новий список.
proxy-anew = Почати новий список
proxy-add = Додати проксі
proxy-try-all = Перевірити всі
proxy-new = Новий проксі
proxy-asked = Додати цей проксі?
proxy-asked-means = Про це просить посилання. Власник проксі бачить вашу адресу в інтернеті, тож додавайте його, лише якщо довіряєте джерелу посилання.
proxy-link = Посилання
proxy-link-help = Вставте посилання на проксі або заповніть поля нижче.
proxy-link-wrong = Це не повне посилання на проксі.
proxy-server = Сервер
proxy-server-wrong = Потрібне ім’я або номер у мережі.
proxy-port = Порт
proxy-port-wrong = Від 1 до 65535
proxy-secret = Секрет
proxy-secret-wrong = Це не секрет проксі.
proxy-user = Ім’я, якщо потрібне
proxy-password = Пароль, якщо потрібен
proxy-save = Перевірити й зберегти
proxy-save-anyway = Зберегти все одно
proxy-take = Вибрати
proxy-in-use = Використовується
proxy-up = Пересунути вгору
proxy-copy = Копіювати посилання
proxy-remove = Прибрати
proxy-trying = перевірка…
proxy-works = працює, { $time } мс
proxy-unreachable = За цією адресою ніхто не відповідає.
proxy-refused = Проксі не пускає. Перевірте вид, ім’я і пароль.
proxy-no-server = Telegram не відповідає через нього. Перевірте секрет.
proxy-timed-out = Немає вчасної відповіді.
sign-in-proxy = Використати проксі
connection-show = Показати з’єднання
connection-datacenters = Центри даних
connection-datacenter = Центр даних { $number }
connection-home = тут ваш обліковий запис
connection-online = З’єднано
connection-idle = Немає роботи
connection-next-try = Наступна спроба через { $time }
connection-traffic = { $received } отримано, { $sent } надіслано
connection-last-trouble = { $what } ({ $time } тому)
connection-now = З’єднати зараз
connection-copy = Копіювати діагностику
connection-copy-means = Лише числа й назви методів: без імен, текстів, адрес чи ключів.
requests = Запити
requests-none = Ніщо не чекає на відповідь.
requests-more = І ще { $count }.
request-queued = чекає своєї черги
request-sent = надіслано { $time } тому
request-retrying = спроба { $count }
request-waiting = Telegram просить зачекати { $time }
trouble-no-address = Адреса невідома
trouble-unreachable = Мережа туди не веде
trouble-refused = Сервер відхилив з’єднання
trouble-silent = Сервер не відповів вчасно
trouble-cut = З’єднання розірвано
trouble-nonsense = Отримане не має сенсу: щось втручається дорогою
trouble-no-key = Не вдалося узгодити ключ
trouble-key-forgotten = Сервер більше не знає нашого ключа
trouble-too-many = Забагато з’єднань
trouble-status = Сервер відмовив із кодом { $code }
trouble-rejected = Сервер не прийняв наших повідомлень (код { $code }): можливо, годинник цього комп’ютера йде неправильно
trouble-fault = Помилка Heliograph, який сам продовжив роботу
