# كلمات Heliograph بالعربية. بسيطة وقصيرة، بلا علامات تعجب.
# رسالة الخطأ تقول ما حدث، وماذا يعني ذلك لبياناتك، وما الخطوة التالية.

# general

app-name = Heliograph
retry = أعد المحاولة
cancel = إلغاء
continue = متابعة

# numbers, lists, times and dates: how this language writes them

number-decimal = .
number-group = ,
# From so many digits on the thousands stand apart.
number-grouped-from = 4
percent = { "\u2066" }{ $number }%{ "\u2069" }
count-thousands = { $number }K
count-millions = { $number }M
unit-bytes = { $value } ب
unit-kilobytes = { $value } ك.ب
unit-megabytes = { $value } م.ب
unit-gigabytes = { $value } غ.ب
unit-terabytes = { $value } ت.ب
unit-metres = { $value } م
unit-kilometres = { $value } كم
list-join = { "\u200F" }{ $list }، { $next }
list-last = { "\u200F" }{ $list } و{ $last }
beside = { "\u200F" }{ $first } · { $second }
# A mark says the direction where no Arabic letter does.
# 12 or 24.
clock-hours = 12
# The marks keep hours before minutes, as numbers are read.
clock-24 = { "\u2066" }{ $hour }:{ $minute }{ "\u2069" }
clock-12 =
    { $half ->
        [0] { "\u2066" }{ $hour }:{ $minute }{ "\u2069" } ص
       *[other] { "\u2066" }{ $hour }:{ $minute }{ "\u2069" } م
    }

# opening

opening = جارٍ الفتح…
opening-leaving = جارٍ تسجيل الخروج…
opening-title = تعذّر فتح حسابك
opening-passphrase-title = فتح القفل
opening-passphrase-lead = رسائلك على هذا الحاسوب مشفّرة. أدخل عبارة المرور لفتحها.
opening-passphrase-new-title = اختر عبارة مرور
opening-passphrase-new-lead = تشفّر كل ما يحفظه Heliograph على هذا الحاسوب، وتُطلب عند كل تشغيل. لا يمكن لأحد أن يستعيدها لك.
opening-passphrase = عبارة المرور
opening-passphrase-again = مرة أخرى
opening-passphrases-differ = العبارتان غير متطابقتين. اكتبهما من جديد.
opening-unlock = فتح القفل
opening-passphrase-set = استخدام عبارة المرور هذه
opening-title-new = أين يُحفظ المفتاح؟
opening-passphrase-show = أظهر عبارة المرور
opening-passphrase-hide = أخفِ عبارة المرور
opening-unlock-retry = افتح القفل وحاول مرة أخرى
opening-use-passphrase = استخدم عبارة مرور بدلًا من ذلك
opening-use-file = احفظ المفتاح في ملف
opening-use-file-note = إن كان المفتاح في ملف، فكل من يستطيع قراءة ملفاتك يستطيع قراءة رسائلك.
opening-anew = سجّل الدخول من جديد
opening-anew-note = سيُزال كل ما حُفظ من هذا الحساب على هذا الحاسوب. أما ما في تيليجرام فيبقى، ويعود حين تسجّل الدخول.
opening-anew-sure = أزل وسجّل الدخول من جديد

key-no-service = لا تستجيب أي حافظة مفاتيح على سطح المكتب هذا، وفيها يُحفظ مفتاح بياناتك. لم يتغير شيء ولم يُفقد شيء. شغّل حافظة مفاتيح مثل GNOME Keyring أو KWallet ثم أعد المحاولة.
key-locked = حافظة المفاتيح مقفلة، ومفتاح بياناتك فيها. لم يتغير شيء ولم يُفقد شيء. افتح قفلها ثم أعد المحاولة.
key-no-answer = لم تستجب حافظة المفاتيح. لم يتغير شيء ولم يُفقد شيء. تحقق هل تنتظر ردًا منك، ثم أعد المحاولة.
key-missing = مفتاح بياناتك ليس في مكانه، لذا لا يمكن قراءة البيانات. لم يُحذف شيء. إذا استُبدلت حافظة المفاتيح أو استُعيدت، فأرجِع القديمة ثم أعد المحاولة.
key-wrong-passphrase = عبارة المرور غير صحيحة. تحقق منها ثم أعد المحاولة؛ لم يتغير شيء.
key-corrupt = المفتاح المحفوظ تالف، لذا لا يمكن قراءة بياناتك. لم يُحذف شيء. استعِد مجلد الحساب من نسخة احتياطية ثم أعد المحاولة.
key-io = تعذّرت قراءة المفتاح أو حفظه: { $why }. لم يتغير شيء ولم يُفقد شيء.
store-open = تعذّر فتح ملف بياناتك: { $why }. لم يُحذف شيء.
store-in-use = برنامج آخر فتح هذا الحساب على هذا الحاسوب. لم يتغير شيء ولم يُفقد شيء. أغلق ذلك البرنامج ثم حاول مرة أخرى.
key-no-service-new = لا تستجيب أي حافظة مفاتيح على سطح المكتب هذا، وفيها كان سيُحفظ مفتاح رسائلك. شغّل حافظة مثل GNOME Keyring أو KWallet وحاول مرة أخرى، أو اختر مكانًا آخر.
key-no-service-terminal = لا تستجيب أي حافظة مفاتيح على سطح المكتب هذا، وفيها كان سيُحفظ مفتاح رسائلك. شغّل حافظة مثل GNOME Keyring أو KWallet وحاول مرة أخرى، أو استخدم ‎--key-storage passphrase‎.
key-locked-new = حافظة المفاتيح مقفلة، وفيها كان سيُحفظ مفتاح رسائلك. افتح قفلها ثم أعد المحاولة، أو اختر مكانًا آخر.
store-wrong-key = المفتاح الذي وُجد لا يفتح بياناتك. لم يُحذف شيء. أعد حافظة المفاتيح الصحيحة، أو مجلد الحساب من نسخة، وحاول مرة أخرى.
store-newer = كتب بياناتك إصدار أحدث من Heliograph، ولا يستطيع هذا الإصدار قراءتها. لم يتغير شيء ولم يُفقد شيء. شغّل الأحدث.
store-damaged = الملف الذي فيه بياناتك تالف ولا يمكن قراءته. لم يُحذف شيء. أعد مجلد الحساب من نسخة وحاول مرة أخرى، أو سجّل الدخول من جديد.

# errors of requests, one place for all of them

error-not-connected = لا يوجد اتصال بتيليجرام. لم يُفقد شيء؛ تحقق من الشبكة ثم أعد المحاولة.
error-timed-out = لم يستجب تيليجرام في الوقت المناسب. لم يُفقد شيء؛ أعد المحاولة.
error-cancelled = أُلغي ذلك. لم يتغير شيء.
error-flood-wait = يطلب تيليجرام الانتظار { $time } قبل المحاولة التالية. لم يُفقد شيء.
error-phone-invalid = لا يعرف تيليجرام رقم الهاتف هذا. تحقق منه، ورمز الدولة في أوله.
error-phone-banned = حظر تيليجرام هذا الرقم. إن كان ذلك خطأ، فاكتب إلى recover@telegram.org.
error-phone-flood = كثرت المحاولات بهذا الرقم. انتظر بضع ساعات ثم أعد المحاولة.
error-phone-unregistered = لا يوجد حساب تيليجرام بهذا الرقم. سجّله أولًا في تيليجرام على هاتفك، ثم سجّل الدخول هنا.
error-code-invalid = الرمز غير صحيح. تحقق منه ثم أعد المحاولة.
error-code-expired = انتهت صلاحية هذا الرمز. اطلب رمزًا جديدًا.
error-code-unavailable = ليس لدى تيليجرام طريقة أخرى لإرسال رمز إليك. انتظر قليلًا ثم ابدأ من جديد.
error-email-invalid = هذا ليس عنوان بريد إلكتروني. تحقق منه ثم أعد المحاولة.
error-email-refused = لا يرسل تيليجرام رموزًا إلى هذا العنوان. استخدم عنوانًا آخر.
error-email-reset-pending = تجري إزالة عنوان البريد الإلكتروني بالفعل. انتظر حتى تنتهي ثم ابدأ من جديد.
error-password-invalid = كلمة المرور غير صحيحة. تحقق منها ثم أعد المحاولة.
error-recovery-unavailable = لا يوجد بريد إلكتروني لكلمة المرور هذه، لذا لا يمكن استعادتها. ابحث عنها حيث تحفظ كلمات المرور.
error-recovery-expired = انتهت صلاحية هذه الاستعادة. اطلب رمزًا جديدًا.
error-api-refused = لا يقبل تيليجرام قيمتي api_id و api_hash لهذا البرنامج. تحقق منهما في my.telegram.org.
error-signed-out = سُجّل خروجك من هذا الحساب. رسائلك في أمان على تيليجرام؛ سجّل الدخول من جديد للمتابعة.
error-not-allowed = لا يُسمح لك بذلك هنا.
error-unknown-peer = لم يخبرنا تيليجرام بهذه المحادثة بعد. افتحها من القائمة ثم أعد المحاولة.
error-file-gone = لم يعد هذا الملف على تيليجرام.
error-rpc = رفض تيليجرام ذلك ({ $name }). لم يُفقد شيء؛ أعد المحاولة لاحقًا.
error-disk = لم يسمح القرص بذلك: { $why }. أفرغ بعض المساحة أو تحقق من الأذونات، ثم أعد المحاولة.
error-store = تعذّرت قراءة بياناتك على هذا الحاسوب أو حفظها: { $why }. ما على تيليجرام في أمان.
error-protocol = ردّ تيليجرام بما لا معنى له. لم يُفقد شيء؛ أعد المحاولة.

wait-seconds =
    { $count ->
        [zero] { $count } ثانية
        [one] ثانية واحدة
        [two] ثانيتين
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
wait-minutes =
    { $count ->
        [zero] { $count } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
wait-hours =
    { $count ->
        [zero] { $count } ساعة
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
span-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
span-weeks =
    { $count ->
        [zero] { $count } أسبوع
        [one] أسبوع واحد
        [two] أسبوعين
        [few] { $count } أسابيع
        [many] { $count } أسبوعًا
       *[other] { $count } أسبوع
    }
span-months =
    { $count ->
        [zero] { $count } شهر
        [one] شهر واحد
        [two] شهرين
        [few] { $count } أشهر
        [many] { $count } شهرًا
       *[other] { $count } شهر
    }
span-years =
    { $count ->
        [zero] { $count } سنة
        [one] سنة واحدة
        [two] سنتين
        [few] { $count } سنوات
        [many] { $count } سنة
       *[other] { $count } سنة
    }

# sign-in

sign-in-title = تسجيل الدخول
sign-in-lead = استخدم رقم هاتف حسابك في تيليجرام.
sign-in-phone = رقم الهاتف
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = رقم الهاتف لا يقل عن خمسة أرقام. ابدأ برمز الدولة.
sign-in-demo-hint = هذا خادم تجريبي. يعمل هنا الرقم { $phone } والرمز { $code }.
sign-in-demo-account = جرّب الحساب النموذجي
sign-in-demo-try = جرّب العرض التجريبي بلا حساب
sign-in-country = البلد
sign-in-country-none = اختر بلدًا
sign-in-country-search = الاسم أو رمز الاتصال
sign-in-country-nothing = لا بلد بهذا الاسم.
sign-in-qr-title = أو امسح الرمز لتسجيل الدخول
sign-in-qr-title-alone = امسح الرمز لتسجيل الدخول
sign-in-qr-lead = على هاتفك: الإعدادات، ثم الأجهزة، ثم ربط جهاز سطح المكتب.
sign-in-qr-wait = يطلب تيليجرام الانتظار { $time } قبل رمز QR التالي.
sign-in-by-qr = سجّل الدخول برمز QR
sign-in-by-number = استخدم رقم الهاتف
sign-in-api-title = شيء واحد أولًا
sign-in-api-why = يطلب تيليجرام من كل برنامج api_id و api_hash. الحصول عليهما مجاني ويستغرق دقيقة: سجّل الدخول في my.telegram.org وافتح API development tools وانسخهما إلى هنا. لا يُطلب ذلك إلا مرة واحدة.
sign-in-api-calm = اكتب كما تكتب دائمًا. يراقب تيليجرام عن قرب الحسابات التي تبدأ في برامج كهذا؛ وقد يقيّدها إن أرسلت رسائل كثيرة إلى غرباء في يومها الأول.
sign-in-api-open = افتح my.telegram.org
sign-in-api-copy = انسخ العنوان
sign-in-api-id-wrong = ‏api_id عدد، مثل 1234567.
sign-in-api-hash-wrong = ‏api_hash من 32 محرفًا: أرقام، وحروف من a إلى f.
sign-in-api-change = غيّر api_id و api_hash
sign-in-code-title = أدخل الرمز
sign-in-code-app = أرسلناه إلى تطبيق تيليجرام على جهازك الآخر، { $phone }.
sign-in-code-sms = أرسلناه في رسالة نصية إلى { $phone }.
sign-in-code-call = ستتلقى مكالمة على { $phone } تنطق بالرمز.
sign-in-code-flash-call = ستتلقى مكالمة قصيرة على { $phone }. الرقم المتصل هو الرمز، ولا داعي للرد.
sign-in-code-missed-call = ستتلقى مكالمة قصيرة على { $phone } من رقم يبدأ بـ { $prefix }. الرمز هو آخر ذلك الرقم، وعدد أرقامه { $length }، ولا داعي للرد.
sign-in-code-fragment = اشتُري الرقم { $phone } على Fragment، ولذلك فرمزه هناك.
sign-in-code-open-fragment = افتح Fragment
sign-in-code-word = أرسلنا كلمة في رسالة نصية إلى { $phone }.
sign-in-code-phrase = أرسلنا بضع كلمات في رسالة نصية إلى { $phone }.
sign-in-code-label = الرمز
sign-in-code-word-label = الكلمة
sign-in-code-phrase-label = الكلمات
sign-in-code-number-label = الرقم الذي اتصل
sign-in-code-beginning = تبدأ بـ «{ $beginning }».
sign-in-code-pattern = يبدو هكذا: { $pattern }.
sign-in-code-email = أرسلناه بالبريد الإلكتروني إلى { $pattern }.
sign-in-code-other = أرسل تيليجرام رمزًا إلى { $phone }.
sign-in-code-demo = رمز الخادم التجريبي هو { $code }.
sign-in-code-short = عدد أرقام الرمز { $length }.
sign-in-new-code = اطلب رمزًا جديدًا
sign-in-resend-sms = أرسله في رسالة نصية بدلًا من ذلك
sign-in-resend-call = اتصل بي بدلًا من ذلك
sign-in-resend-ring = رنّ عليّ بدلًا من ذلك
sign-in-resend-fragment = أرسله إلى Fragment بدلًا من ذلك
sign-in-resend-sms-in = رسالة نصية بعد { $time }
sign-in-resend-call-in = مكالمة بعد { $time }
sign-in-resend-ring-in = رنّة بعد { $time }
sign-in-resend-fragment-in = إرسال إلى Fragment بعد { $time }
sign-in-email-title = أضف عنوان بريد إلكتروني
sign-in-email-lead = يريد تيليجرام عنوانًا لهذا الحساب. ستصل إليه رموز تسجيل الدخول.
sign-in-email = عنوان البريد الإلكتروني
sign-in-email-change = استخدم عنوانًا آخر
sign-in-email-give-up = لا أستطيع فتح هذا البريد
sign-in-email-give-up-sure = أزل العنوان
sign-in-email-give-up-now = سيُزال العنوان من حسابك، ويصل الرمز إلى هاتفك.
sign-in-email-give-up-later = سيُزال العنوان من حسابك، ويستغرق ذلك { $time }. بعدها تصل الرموز إلى هاتفك.
sign-in-email-pending = تجري إزالة العنوان. بعد { $time } تصل الرموز إلى هاتفك.
sign-in-waiting = لا يوجد اتصال بتيليجرام. المحاولة مستمرة.
sign-in-submit = تسجيل الدخول
sign-in-change-number = تغيير الرقم
sign-in-password-title = أدخل كلمة المرور
sign-in-password-lead = التحقق بخطوتين مفعّل في هذا الحساب.
sign-in-password = كلمة المرور
sign-in-password-hint = تلميح: { $hint }
sign-in-password-show = أظهر كلمة المرور
sign-in-password-hide = أخفِ كلمة المرور
sign-in-password-forgot = هل نسيت كلمة المرور؟
sign-in-password-no-recovery = لم يُترك عنوان بريد لكلمة المرور هذه، فلا يمكن استعادتها هنا. ابحث حيث تحفظ كلمات مرورك. يستطيع جهاز مسجَّل الدخول تغييرها من الإعدادات، الخصوصية والأمان. وإن لم ينفع شيء، يستطيع تيليجرام على هاتفك إعادة ضبط الحساب، وهذا يزيل محادثاته.
sign-in-back-to-password = عُد إلى كلمة المرور
sign-in-recovery-title = الاستعادة بالبريد الإلكتروني
sign-in-recovery-lead = أرسلنا رمزًا إلى { $pattern }. يسجّل دخولك ويزيل كلمة المرور؛ ضع بعد ذلك كلمة جديدة.
sign-in-signed-out-elsewhere = أُنهيت هذه الجلسة من جهاز آخر. رسائلك في أمان على تيليجرام؛ سجّل الدخول للمتابعة.
sign-in-logged-out = سُجّل خروجك. أُزيل كل ما حفظه Heliograph من هذا الحساب على هذا الحاسوب.

# downloads

save-dialog-title = حفظ الملف
download-no-path = أدخل مكان حفظ الملف.
file-not-opened = لا يوجد برنامج على هذا الحاسوب يفتح هذا الملف.
download-relative-path = ابدأ المسار بـ / أو ‎~/‎ ليكون واضحًا من أين يبدأ.
download-no-folder = لا يوجد مجلد { $folder }. الملف ما زال هنا؛ اختر مكانًا آخر.
download-not-allowed = لا يمكنك الكتابة في { $path }. الملف ما زال هنا؛ اختر مكانًا آخر.
download-not-saved = تعذّر حفظ الملف هناك: { $why }. ما زال هنا؛ اختر مكانًا آخر.

# chats

chats = المحادثات
folder-all = الكل
folder-empty = لا محادثات في هذا المجلد
folder-empty-lead = تظهر هنا المحادثات التي توافق قواعده.
folder-unread =
    { $count ->
        [zero] { $name }، لا محادثات غير مقروءة
        [one] { $name }، محادثة واحدة غير مقروءة
        [two] { $name }، محادثتان غير مقروءتين
        [few] { $name }، { $count } محادثات غير مقروءة
        [many] { $name }، { $count } محادثة غير مقروءة
       *[other] { $name }، { $count } محادثة غير مقروءة
    }
chats-none = لا محادثات بعد
chats-none-lead = كل من يكتب إليك سيظهر هنا.
chats-failed = تعذّر تحميل المحادثات
chats-more-failed = تعذّر تحميل المزيد من المحادثات. أعد المحاولة
back = العودة إلى المحادثات
saved-messages = الرسائل المحفوظة
saved-about = لا يراها سواك
deleted-account = حساب محذوف
unknown-peer = غير معروف
you = أنت
# As the one to whom something is done.
you-object = أنت
bot = بوت
group = مجموعة
channel = قناة
online = متصل الآن
typing = يكتب…
typing-one = { $name } يكتب…
typing-more =
    { $others ->
        [zero] { $name } يكتب…
        [one] { $name } وشخص آخر يكتبان…
        [two] { $name } وشخصان آخران يكتبون…
        [few] { $name } و{ $others } آخرون يكتبون…
        [many] { $name } و{ $others } آخرون يكتبون…
       *[other] { $name } و{ $others } آخرون يكتبون…
    }
members =
    { $count ->
        [zero] لا أعضاء
        [one] عضو واحد
        [two] عضوان
        [few] { $count } أعضاء
        [many] { $count } عضوًا
       *[other] { $count } عضو
    }
subscribers =
    { $count ->
        [zero] لا مشتركين
        [one] مشترك واحد
        [two] مشتركان
        [few] { $count } مشتركين
        [many] { $count } مشتركًا
       *[other] { $count } مشترك
    }
connection-connecting = جارٍ الاتصال…
connection-updating = جارٍ التحديث…
chats-as-of = حتى { $time }
needs-connection = هذا يحتاج إلى اتصال
connection-waiting = لا اتصال، المحاولة التالية بعد { $time }

seen-now = آخر ظهور قبل لحظات
seen-minutes =
    { $count ->
        [zero] آخر ظهور قبل لحظات
        [one] آخر ظهور قبل دقيقة
        [two] آخر ظهور قبل دقيقتين
        [few] آخر ظهور قبل { $count } دقائق
        [many] آخر ظهور قبل { $count } دقيقة
       *[other] آخر ظهور قبل { $count } دقيقة
    }
seen-today = آخر ظهور الساعة { $time }
seen-yesterday = آخر ظهور أمس الساعة { $time }
seen-date = آخر ظهور { $date }
seen-recently = آخر ظهور مؤخرًا
seen-week = آخر ظهور خلال أسبوع
seen-month = آخر ظهور خلال شهر

day-today = اليوم
day-yesterday = أمس
date-short = { $day } { month-short }
date-long = { $day } { month }
date-full = { $day } { month } { $year }
# In the chat list, for what is older than this year: short, and not to be taken for another day.
date-numeric = { $day } { month-short } { $year }
weekday =
    { $day ->
        [1] الاثنين
        [2] الثلاثاء
        [3] الأربعاء
        [4] الخميس
        [5] الجمعة
        [6] السبت
       *[7] الأحد
    }
month =
    { $month ->
        [1] يناير
        [2] فبراير
        [3] مارس
        [4] أبريل
        [5] مايو
        [6] يونيو
        [7] يوليو
        [8] أغسطس
        [9] سبتمبر
        [10] أكتوبر
        [11] نوفمبر
       *[12] ديسمبر
    }
month-short =
    { $month ->
        [1] يناير
        [2] فبراير
        [3] مارس
        [4] أبريل
        [5] مايو
        [6] يونيو
        [7] يوليو
        [8] أغسطس
        [9] سبتمبر
        [10] أكتوبر
        [11] نوفمبر
       *[12] ديسمبر
    }

preview-you = أنت:
preview-name = { "\u200F" }{ $name }:
media-and-time = { "\u200F" }{ $name } ({ $time })
media-photo = صورة
media-file = ملف
media-video = فيديو
media-round-video = رسالة مرئية
media-animation = صورة متحركة
media-voice = رسالة صوتية
media-audio = موسيقى
media-sticker = ملصق
media-poll = استطلاع
media-contact = جهة اتصال
media-location = موقع
media-dice = نرد
media-game = لعبة
media-invoice = فاتورة
media-story = قصة
media-quiz = اختبار
media-live-location = موقع مباشر
media-giveaway = سحب على هدايا
media-paid = وسائط مدفوعة
media-checklist = قائمة مهام
media-stream = بث مباشر
media-expired = وسائط اختفت
media-fleeting = لا تُرى إلا مع اتصال
media-unknown = شيء لا تستطيع هذه النسخة عرضه

service-created =
    { $you ->
        [0] أنشأ { $who } المجموعة «{ $title }»
       *[other] أنشأتَ المجموعة «{ $title }»
    }
service-channel-created = أُنشئت القناة «{ $title }»
service-renamed =
    { $you ->
        [0] غيّر { $who } الاسم إلى «{ $title }»
       *[other] غيّرتَ الاسم إلى «{ $title }»
    }
service-photo =
    { $you ->
        [0] غيّر { $who } الصورة
       *[other] غيّرتَ الصورة
    }
service-joined =
    { $you ->
        [0] انضم { $who }
       *[other] انضممتَ
    }
service-added =
    { $you ->
        [0] أضاف { $who } إلى المجموعة: { $others }
       *[other] أضفتَ إلى المجموعة: { $others }
    }
service-added-you = أضافك { $who }
service-left =
    { $you ->
        [0] غادر { $who }
       *[other] غادرتَ
    }
service-removed =
    { $you ->
        [0] أزال { $who } من المجموعة: { $other }
       *[other] أزلتَ من المجموعة: { $other }
    }
service-removed-you = أزالك { $who }
service-pinned =
    { $you ->
        [0] ثبّت { $who } رسالة
       *[other] ثبّتَّ رسالة
    }
service-signed-up = انضم { $who } إلى تيليجرام
service-call =
    { $video ->
        [0] مكالمة
       *[other] مكالمة مرئية
    }
service-call-missed =
    { $video ->
        [0] مكالمة فائتة
       *[other] مكالمة مرئية فائتة
    }
service-call-unanswered =
    { $video ->
        [0] مكالمة بلا رد
       *[other] مكالمة مرئية بلا رد
    }
service-call-declined =
    { $video ->
        [0] مكالمة مرفوضة
       *[other] مكالمة مرئية مرفوضة
    }
service-group-call =
    { $you ->
        [0] بدأ { $who } مكالمة
       *[other] بدأتَ مكالمة
    }
service-group-call-over = انتهت المكالمة
service-group-call-planned = مكالمة مقررة في { $time }
service-call-invited =
    { $you ->
        [0] دعا { $who } إلى المكالمة: { $others }
       *[other] دعوتَ إلى المكالمة: { $others }
    }
service-photo-removed =
    { $you ->
        [0] أزال { $who } الصورة
       *[other] أزلتَ الصورة
    }
service-joined-link =
    { $you ->
        [0] انضم { $who } عبر رابط دعوة
       *[other] انضممتَ عبر رابط دعوة
    }
service-joined-request =
    { $you ->
        [0] قُبل طلب { $who }
       *[other] قُبل طلبك
    }
service-moved-to = تستمر هذه المجموعة كمجموعة خارقة
service-moved-from = بدأت هذه المجموعة الخارقة كمجموعة «{ $title }»
service-pinned-what =
    { $you ->
        [0] ثبّت { $who } «{ $what }»
       *[other] ثبّتَّ «{ $what }»
    }
service-cleared = أُفرغ السجل
service-lifetime =
    { $you ->
        [0] ضبط { $who } اختفاء الرسائل بعد { $time }
       *[other] ضبطتَ اختفاء الرسائل بعد { $time }
    }
service-lifetime-off =
    { $you ->
        [0] أوقف { $who } اختفاء الرسائل
       *[other] أوقفتَ اختفاء الرسائل
    }
service-screenshot =
    { $you ->
        [0] التقط { $who } صورة للشاشة
       *[other] التقطتَ صورة للشاشة
    }
service-theme =
    { $you ->
        [0] اختار { $who } السمة { $emoji } لهذه المحادثة
       *[other] اخترتَ السمة { $emoji } لهذه المحادثة
    }
service-theme-usual =
    { $you ->
        [0] أعاد { $who } السمة المعتادة لهذه المحادثة
       *[other] أعدتَ السمة المعتادة لهذه المحادثة
    }
service-wallpaper =
    { $you ->
        [0] غيّر { $who } الخلفية
       *[other] غيّرتَ الخلفية
    }
service-score =
    { $you ->
        [0] أحرز { $who } في اللعبة: { $score }
       *[other] أحرزتَ في اللعبة: { $score }
    }
service-paid =
    { $you ->
        [0] دفع { $who } { $sum }
       *[other] دفعتَ { $sum }
    }
service-refunded = أُعيد { $sum }
service-bot-allowed = يستطيع هذا البوت أن يراسلك
service-bot-allowed-site = يستطيع هذا البوت أن يراسلك لأنك سجّلت الدخول إلى { $site }
service-web-app = أُرسلت بيانات إلى البوت بالزر «{ $button }»
service-near =
    { $you ->
        [0] المسافة بين { $who } و{ $other } أقل من { $distance }
       *[other] المسافة بينك وبين { $other } أقل من { $distance }
    }
service-near-you = المسافة بينك وبين { $who } أقل من { $distance }
service-topic-created =
    { $you ->
        [0] بدأ { $who } الموضوع «{ $title }»
       *[other] بدأتَ الموضوع «{ $title }»
    }
service-topic-renamed =
    { $you ->
        [0] غيّر { $who } اسم الموضوع إلى «{ $title }»
       *[other] غيّرتَ اسم الموضوع إلى «{ $title }»
    }
service-topic-closed =
    { $you ->
        [0] أغلق { $who } الموضوع
       *[other] أغلقتَ الموضوع
    }
service-topic-opened =
    { $you ->
        [0] أعاد { $who } فتح الموضوع
       *[other] أعدتَ فتح الموضوع
    }
service-topic-changed =
    { $you ->
        [0] غيّر { $who } الموضوع
       *[other] غيّرتَ الموضوع
    }
service-photo-suggested =
    { $you ->
        [0] يقترح { $who } صورة لملفك الشخصي
       *[other] اقترحتَ صورة للملف الشخصي
    }
service-birthday-suggested =
    { $you ->
        [0] يقترح { $who } تاريخ ميلاد لملفك الشخصي
       *[other] اقترحتَ تاريخ ميلاد للملف الشخصي
    }
service-shared = تمت المشاركة مع البوت: { $others }
service-gift-premium =
    { $you ->
        [0] أهدى { $who } تيليجرام المميز، عدد الأيام: { $days }
       *[other] أهديتَ تيليجرام المميز، عدد الأيام: { $days }
    }
service-gift-stars =
    { $you ->
        [0] أهدى { $who } نجومًا: { $count }
       *[other] أهديتَ نجومًا: { $count }
    }
service-gift =
    { $you ->
        [0] أرسل { $who } هدية
       *[other] أرسلتَ هدية
    }
service-giveaway =
    { $you ->
        [0] بدأ { $who } سحبًا على هدايا
       *[other] بدأتَ سحبًا على هدايا
    }
service-giveaway-over = انتهى السحب؛ عدد الفائزين: { $count }
service-boosted =
    { $you ->
        [0] عزّز { $who } المجموعة
       *[other] عزّزتَ المجموعة
    }
service-boosted-times =
    { $you ->
        [0] عزّز { $who } المجموعة، عدد المرات: { $count }
       *[other] عزّزتَ المجموعة، عدد المرات: { $count }
    }
service-price = سعر الرسالة الآن بالنجوم: { $count }
service-price-none = الرسائل الآن بلا مقابل
tasks =
    { $count ->
        [zero] { $count } مهمة
        [one] مهمة واحدة
        [two] مهمتان
        [few] { $count } مهام
        [many] { $count } مهمة
       *[other] { $count } مهمة
    }
service-tasks-done =
    { $you ->
        [0] أنجز { $who } من القائمة: { $tasks }
       *[other] أنجزتَ من القائمة: { $tasks }
    }
service-tasks-undone =
    { $you ->
        [0] أعاد { $who } فتح: { $tasks }
       *[other] أعدتَ فتح: { $tasks }
    }
service-tasks-added =
    { $you ->
        [0] أضاف { $who } إلى القائمة: { $tasks }
       *[other] أضفتَ إلى القائمة: { $tasks }
    }
service-owner = مالك المجموعة: { $other }
service-protected =
    { $you ->
        [0] لم يعد { $who } يسمح بالنسخ وإعادة التوجيه هنا
       *[other] لم تعد تسمح بالنسخ وإعادة التوجيه هنا
    }
service-unprotected =
    { $you ->
        [0] عاد { $who } يسمح بالنسخ وإعادة التوجيه هنا
       *[other] عدتَ تسمح بالنسخ وإعادة التوجيه هنا
    }
service-other = حدث شيء لا كلمات له في هذه النسخة

no-chat = اختر محادثة للقراءة والكتابة
history-empty = لا رسائل هنا بعد. اكتب أول رسالة.
history-failed = تعذّر تحميل الرسائل
loading-older = جارٍ تحميل رسائل أقدم…
new-messages =
    { $count ->
        [zero] لا رسائل جديدة
        [one] رسالة جديدة
        [two] رسالتان جديدتان
        [few] { $count } رسائل جديدة
        [many] { $count } رسالة جديدة
       *[other] { $count } رسالة جديدة
    }
to-bottom = إلى أحدث رسالة
forwarded = أعيد توجيهها من { $name }
imported = مستوردة من { $name }
via-bot = عبر { $bot }
reply = رد
reply-story = قصة
reply-gone = رسالة محذوفة
reply-message = رسالة
reply-to = الرد على { $name }
reply-drop = إلغاء الرد
comments-none = اكتب تعليقًا
comments =
    { $count ->
        [zero] لا تعليقات
        [one] تعليق واحد
        [two] تعليقان
        [few] { $count } تعليقات
        [many] { $count } تعليقًا
       *[other] { $count } تعليق
    }
alert-seen = إغلاق
button-later = لا تستطيع هذه النسخة فعل ما يطلبه هذا الزر.
button-copied = نُسخ
edited = عُدّلت { $time }
composer-placeholder = اكتب رسالة
channel-read-only = لا يكتب هنا إلا مالكو القناة.
send = إرسال
send-again = إعادة
failed-offline = لم تُرسل: لا اتصال. نصك محفوظ.
failed-wait = لم تُرسل: يطلب تيليجرام الانتظار { $time }. نصك محفوظ.
failed-not-allowed = لم تُرسل: لا يمكنك الكتابة هنا. نصك محفوظ.
failed-refused = لم تُرسل: رفضها تيليجرام. نصك محفوظ.
failed-disk = لم تُرسل: تعذّر حفظها على هذا الحاسوب. أفرغ مساحة على القرص ثم حاول مجددًا. كلماتك محفوظة حتى تغلق البرنامج.
send-held = ستُرسل تلقائيًا بعد { $time }.
send-unknown = ربما أُرسلت.
send-unknown-again = إرسال مجددًا
send-unknown-sent = أُرسلت
send-unknown-drop = تجاهل
draft-label = مسودة:
draft-other = مسودة أخرى من { $time }
draft-use = استخدامها
words-copied = تم نسخ «{ $words }».
link-doubted = هل تريد فتح هذا الرابط؟
link-doubted-shown = الكلمات تقول: { $shown }
link-doubted-leads = لكنها تقود إلى: { $url }
link-doubted-open = فتح
link-copied = تعذّر فتح { $url }. نُسخ العنوان.

download = تنزيل
download-again = تنزيل مرة أخرى
download-cancel = إلغاء التنزيل
download-where = اختر مكان الحفظ…
download-saved = حُفظ في { $place }
download-path = حفظ باسم
download-save = حفظ
progress = { $done } من { $total }
per-second = { $amount }/ث
size-unknown = الحجم غير معروف

# accounts

accounts-menu = { $name }، الحسابات
accounts-other-unread =
    { $count ->
        [zero] { $name }، الحسابات. لا رسائل غير مقروءة في غيره
        [one] { $name }، الحسابات. رسالة واحدة غير مقروءة في غيره
        [two] { $name }، الحسابات. رسالتان غير مقروءتين في غيره
        [few] { $name }، الحسابات. { $count } رسائل غير مقروءة في غيره
        [many] { $name }، الحسابات. { $count } رسالة غير مقروءة في غيره
       *[other] { $name }، الحسابات. { $count } رسالة غير مقروءة في غيره
    }
accounts-unknown = حساب
accounts-closed = لم يُفتح بعد
accounts-signed-out = تم تسجيل الخروج
accounts-add = إضافة حساب
accounts-back = العودة إلى { $name }
accounts-twice = { $name } مسجَّل الدخول هنا من قبل. انتقل إلى ذلك الحساب أو سجّل الدخول برقم آخر.
link-other-kind = لا يستطيع Heliograph فتح هذا النوع من الروابط بعد.
link-nobody = لا أحد على تيليجرام يحمل الاسم @{ $name }.
close = إغلاق
log-out = تسجيل الخروج
log-out-question = تسجيل الخروج؟
accounts-log-out-question = تسجيل الخروج من حساب { $name }؟
log-out-means = يُزال ما يحفظه Heliograph من هذا الحساب على هذا الحاسوب. رسائلك تبقى على تيليجرام.

# conversation

calendar-title = الانتقال إلى يوم
calendar-month = { month } { $year }
calendar-before = الشهر السابق
calendar-after = الشهر التالي
loading-newer = جارٍ تحميل رسائل أحدث…
loading-messages = جارٍ تحميل الرسائل…
messages-wait = تظهر الرسائل عند عودة الاتصال
message-gone = لم تعد هذه الرسالة موجودة.
to-mention = إلى الرسالة التي تذكرك
to-reaction = إلى التفاعلات الجديدة
to-where-i-was = العودة إلى حيث كنت
pinned = رسالة مثبتة
pinned-nth = رسالة مثبتة { $number }
chosen =
    { $count ->
        [zero] لم تُحدد رسائل
        [one] حُددت رسالة واحدة
        [two] حُددت رسالتان
        [few] حُددت { $count } رسائل
        [many] حُددت { $count } رسالة
       *[other] حُددت { $count } رسالة
    }
choosing-end = إلغاء التحديد
copy = نسخ
copied-from = { $name }، { $day } { $time }
copy-protected = لا يجوز نسخ ما كُتب هنا: المحادثة لا تسمح بذلك.
save-protected = لا يجوز حفظ ما يُرسل هنا: المحادثة لا تسمح بذلك.
delete = حذف
delete-title =
    { $count ->
        [zero] حذف الرسائل؟
        [one] حذف هذه الرسالة؟
        [two] حذف رسالتين؟
        [few] حذف { $count } رسائل؟
        [many] حذف { $count } رسالة؟
       *[other] حذف { $count } رسالة؟
    }
delete-shared = لن يراها أحد هنا بعد الآن. لا يمكن التراجع عن ذلك.
delete-own = ستختفي لديك ويحتفظ بها الآخرون. لا يمكن التراجع عن ذلك.
delete-either = لا يمكن التراجع عن ذلك.
delete-everyone = حذفها لدى الآخرين أيضًا
menu-answered = الانتقال إلى الرسالة المُجاب عنها
menu-copy = نسخ النص
menu-copy-formatted = نسخ بصيغة Markdown
menu-copy-link = نسخ الرابط
menu-message-link = نسخ رابط الرسالة
menu-save = حفظ الملف
menu-open-file = فتح في برنامج آخر
menu-retract = سحب الصوت
menu-choose = تحديد
menu-write-anew = الكتابة من جديد
menu-give-up = حذف هذه المسودة
link-is-copied = نُسخ الرابط.
message-no-link = ليس لهذه الرسالة رابط.
# media

spoiler = مخفي
spoiler-show = إظهار الصورة المخفية
voice-unheard = لم تُسمع بعد
contact-elsewhere = ليس على تيليجرام
contact-write = مراسلة
location-latitude =
    { $south ->
        [0] { $degrees }° شمالًا
       *[other] { $degrees }° جنوبًا
    }
location-longitude =
    { $west ->
        [0] { $degrees }° شرقًا
       *[other] { $degrees }° غربًا
    }
location-point = { $latitude }، { $longitude }
location-live-until = حتى { $time }
location-live-over = لم يعد يُشارَك
location-open = فتح الخريطة
dice-value = النتيجة { $value }
dice-rolling = يدور…
poll-anonymous = استطلاع مجهول
poll-quiz-anonymous = اختبار مجهول
poll-closed = النتائج النهائية
poll-nobody = لم يصوّت أحد
poll-voters =
    { $count ->
        [0] لا أصوات بعد
        [zero] لا أصوات بعد
        [one] صوت واحد
        [two] صوتان
        [few] { $count } أصوات
        [many] { $count } صوتًا
       *[other] { $count } صوت
    }
quiz-voters =
    { $count ->
        [0] لا إجابات بعد
        [zero] لا إجابات بعد
        [one] إجابة واحدة
        [two] إجابتان
        [few] { $count } إجابات
        [many] { $count } إجابة
       *[other] { $count } إجابة
    }
poll-closes = يُغلق خلال { $time }
poll-vote = تصويت
poll-explanation = لماذا؟

# settings

settings = الإعدادات
settings-close = إغلاق الإعدادات
settings-back = كل الإعدادات
settings-copy = نسخ
settings-unsaved = تعذّر حفظ اختياراتك: { $why }. تبقى سارية حتى يُغلق Heliograph.
settings-damaged = تعذّرت قراءة الملف الذي فيه اختياراتك، فبدأ Heliograph بالمعتاد. حُفظ الملف القديم باسم { $place }.
settings-unopened = لم يفتح سطح المكتب { $what }. هو الآن في الحافظة.

settings-account = الحساب
settings-account-lead = من سجّل الدخول هنا، وأين.
settings-nobody = لم يسجّل أحد الدخول
settings-nobody-means = أغلق الإعدادات لتسجيل الدخول.
settings-phone = رقم الهاتف
settings-phone-hidden = مخفي، كي لا يقرأه أحد من فوق كتفك
settings-phone-show = إظهار
settings-phone-unknown = لا يذكره تيليجرام.
settings-server = الخادم
settings-server-telegram = تيليجرام
settings-server-test = خوادم تيليجرام التجريبية
settings-server-demo = خادم العرض داخل هذا البرنامج. لا شيء يغادر هذا الحاسوب.
settings-server-own = خادم خاص بك: { $address }
settings-other-account = حساب آخر
settings-other-account-means = استخدم عدة حسابات جنبًا إلى جنب.
settings-add-account = إضافة حساب

settings-data = الخصوصية والبيانات
settings-data-lead = كل ما يحفظه Heliograph من حساباتك مشفّر.
settings-key-os = المفتاح في حافظة مفاتيحك
settings-key-os-means = من يستطيع فتح حافظة مفاتيح سطح مكتبك يستطيع قراءة البيانات.
settings-key-passphrase = المفتاح خلف عبارة مرورك
settings-key-passphrase-means = تُطلب عند كل بدء، ولا يستطيع أحد استعادتها.
settings-key-file = المفتاح في ملف
settings-key-file-means = هو بجانب البيانات، ولا يقرؤه غيرك.
settings-key-file-warning = من يستطيع قراءة ملفاتك يستطيع قراءة رسائلك. حافظة المفاتيح أو عبارة المرور تحميها أفضل؛ يُختار ذلك عند إضافة حساب، بالخيار ‎--key-storage‎.
settings-folder = المجلد
settings-open-folder = فتح
settings-kept = ما يُحفظ
settings-kept-means = من أنت لدى تيليجرام، والمحادثات والرسائل التي رأيتها، والمسودات، وما ينتظر الإرسال، والصور. يُزال ذلك عند تسجيل الخروج.
settings-storage = التخزين
settings-storage-lead = ما يحفظه Heliograph على هذا الحاسوب. كله مشفّر.
settings-storage-of = تشغل الصور { $size } من { $limit }
settings-storage-pictures = تشغل الصور { $size }
settings-storage-unfinished = تنزيلات لم تكتمل بعد
settings-storage-messages = الرسائل، { $count }
settings-pictures = الصور المحفوظة
settings-pictures-means = تُحفظ هنا الصور التي رأيتها مشفّرةً، لتظهر فورًا ومن دون اتصال. وهي محفوظة لدى تيليجرام أيضًا.
settings-no-pictures = لا توجد صور محفوظة
settings-pictures-faces = صور الملفات الشخصية
settings-pictures-photos = الصور
settings-pictures-stills = معاينات الأفلام والملفات
settings-pictures-stickers = الملصقات
settings-clear = مسح
settings-clear-what = مسح: { $what }
settings-clear-all = مسح الكل
settings-clear-all-means = تُجلب من جديد عندما تنظر إليها. تبقى المسودات وما ينتظر الإرسال.
settings-clear-all-question = هل تُزال صور حجمها { $size }؟
settings-keep-at-most = الحد الأقصى للحفظ
settings-keep-at-most-means = يُزال أولًا ما لم تنظر إليه منذ أطول مدة. لا يُزال أبدًا ما لم يُرسل بعد.
settings-keep-for = إزالة الصور التي لم تُشاهَد منذ
settings-keep-for-means = تبقى الرسائل.
settings-no-limit = بلا حد
settings-age-any = أبدًا
settings-age-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
settings-age-months =
    { $count ->
        [zero] { $count } شهر
        [one] شهر واحد
        [two] شهران
        [few] { $count } أشهر
        [many] { $count } شهرًا
       *[other] { $count } شهر
    }
settings-age-years =
    { $count ->
        [zero] { $count } سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $count } سنوات
        [many] { $count } سنة
       *[other] { $count } سنة
    }
settings-by-chat = حسب المحادثة
settings-more-chats = إظهار كل المحادثات ({ $count })

settings-appearance = المظهر
settings-appearance-lead = تسري التغييرات فورًا.
settings-theme = السمة
theme-system = كما في سطح المكتب
theme-day = نهار
theme-night = ليل
theme-contrast = تباين عالٍ
settings-accent = اللون المميّز
accent-amber = كهرماني
accent-blue = أزرق
accent-green = أخضر
accent-plum = برقوقي
accent-rust = صدئي
settings-text-size = حجم النص
settings-sample-first = العدسة الشمالية في مكانها. هل يمكنك الصعود قبل الظلام؟
settings-sample-answer = أنا في الطريق، ومعي الكاميرا الجيدة
settings-sample-last = أحضر قفازات. الجو بارد هنا في الأعلى.
settings-reduce-motion = حركة أقل
settings-reduce-motion-means = لا شيء ينزلق أو يتلاشى أو يدور من تلقاء نفسه.
settings-reduce-motion-desktop = يطلب سطح مكتبك ذلك، فهو مفعّل.
settings-renderer = الرسم
settings-renderer-auto = تلقائي
settings-renderer-auto-means = بطاقة الرسوم حيث توجد، وإلا فالمعالج
settings-renderer-gpu = بطاقة الرسوم
settings-renderer-gpu-means = سلس على الشاشات الكبيرة؛ يستهلك ذاكرة أكثر
settings-renderer-software = المعالج
settings-renderer-software-means = يستهلك أقل ذاكرة؛ يفيد حيث تسبّب بطاقة الرسوم متاعب
settings-renderer-later = يسري عند البدء التالي.

settings-language = اللغة
settings-language-lead = لغة Heliograph نفسه. تبقى الرسائل كما كُتبت.
settings-language-desktop = كما في سطح المكتب

settings-shortcuts = الاختصارات
settings-shortcuts-lead = يمكن الوصول إلى كل شيء دون فأرة.
shortcuts-everywhere = في كل مكان
shortcuts-conversation = في المحادثة
shortcut-settings = الإعدادات
shortcut-folder = عرض مجلد
shortcut-account = إظهار الحساب 1 إلى 9
shortcut-larger = نص أكبر
shortcut-smaller = نص أصغر
shortcut-usual-size = حجم النص المعتاد
shortcut-next = العنصر التالي
shortcut-previous = العنصر السابق
shortcut-press = ضغط ما عليه التركيز
shortcut-back = رجوع، إغلاق، إلغاء
shortcut-send = إرسال
shortcut-line = سطر جديد
shortcut-page = صفحة إلى أعلى أو أسفل
key-control = Ctrl
key-shift = Shift
key-enter = Enter
key-space = مسافة
key-tab = Tab
key-escape = Esc
key-page-up = صفحة أعلى
key-page-down = صفحة أسفل

settings-about = حول
settings-about-lead = ما هو Heliograph، ومم يتكوّن.
settings-version = الإصدار { $version }
settings-independent = برنامج مستقل
settings-independent-means = لا يصنع تيليجرام Heliograph ولا يتبنّاه ولا يدعمه. وهو يخاطب تيليجرام كما يوثّقه تيليجرام للجميع.
settings-link-privacy = ما يحفظه تيليجرام عنك
settings-link-terms = شروط البرامج التي مثل هذا
settings-open-link = فتح
settings-licence = الرخص
settings-licence-means = MIT أو Apache 2.0، كما تختار؛ وفيه أعمال لآخرين
settings-notice-show = إظهار
settings-notice-hide = إخفاء

# search

search-placeholder = البحث في المحادثات والرسائل
search-clear = مسح البحث
search-people = الأشخاص
search-messages = الرسائل
search-more = عرض المزيد
search-there = من تيليجرام
search-under-way = جارٍ البحث…
search-nothing-more = لا شيء آخر
search-offline = لا يوجد اتصال: المحفوظ هنا فقط.
search-none = لم يُعثر على شيء
search-none-more = تحقق من الإملاء أو جرّب كلمات أقل.
search-failed = تعذّر البحث في تيليجرام.
search-failed-here = تعذّر البحث في المحفوظ هنا.
search-actions = الإجراءات
palette-placeholder = انتقل إلى محادثة أو رسالة أو إعداد
search-inside = البحث في هذه المحادثة
search-end = إنهاء البحث
search-older = إلى الأقدم
search-newer = إلى الأحدث
search-from-anybody = من الجميع
search-from-me = مني
search-type = اكتب ما تبحث عنه
search-more-words = تكفي محادثة أو مرسل أو نوع للبحث أيضًا.
search-list = عرض قائمة النتائج
search-kind = النوع
search-when = التاريخ
search-chat = المحادثة
search-any-chat = أي محادثة
search-from = من
search-names = ابحث عن اسم
when-any = أي وقت
when-week = آخر 7 أيام
when-month = آخر شهر
when-year = آخر 12 شهرًا
only-everything = الكل
only-photos = الصور
only-videos = الفيديو
only-files = الملفات
only-links = الروابط
only-voice = الرسائل الصوتية
only-music = الموسيقى
search-at = { $number } من { $count }
search-count =
    { $count ->
        [zero] لا رسائل
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $count } رسائل
        [many] { $count } رسالة
       *[other] { $count } رسالة
    }
shortcut-palette = الانتقال إلى أي مكان
shortcut-search = البحث
settings-connection = الاتصال
settings-connection-lead = كيف يتم الوصول إلى تيليجرام وما الذي يُنتظر منه.
proxies = الوكلاء
proxy-use = استخدام وكيل
proxy-use-means = طريق آخر إلى تيليجرام حيث يكون الطريق المباشر مغلقًا. من يشغّله يرى عنوانك على الإنترنت لا ما تكتبه.
proxy-switch = التبديل تلقائيًا
proxy-switch-means = عندما لا يجيب وكيل، يُستخدم التالي في القائمة.
proxy-none = لا يوجد وكيل بعد.
proxy-reading = تُقرأ وكلاؤك الآن. لا يخرج شيء قبل ذلك.
proxy-closed = تتعذّر قراءة وكلائك، لذلك لا يخرج شيء الآن. أوقف الوكلاء للاتصال مباشرة.
proxy-closed-off = تتعذّر قراءة وكلائك.
proxy-damaged = الملف الذي يحوي وكلاءك تالف. لم يُحذف شيء. استعد المجلد «proxies» من نسخة وحاول مجددًا، أو ابدأ قائمة جديدة.
proxy-anew = بدء قائمة جديدة
proxy-add = إضافة وكيل
proxy-try-all = تجربة الكل
proxy-new = وكيل جديد
proxy-asked = هل تريد إضافة هذا الوكيل؟
proxy-asked-means = رابط يطلب ذلك. من يشغّل الوكيل يرى عنوانك على الإنترنت، فلا تضفه إلا إذا كنت تثق بمصدر الرابط.
proxy-link = الرابط
proxy-link-help = الصق رابط وكيل أو املأ الحقول أدناه.
proxy-link-wrong = هذا ليس رابطًا كاملًا لوكيل.
proxy-server = الخادم
proxy-server-wrong = يلزم اسم أو رقم على الشبكة.
proxy-port = المنفذ
proxy-port-wrong = من 1 إلى 65535
proxy-secret = المفتاح السري
proxy-secret-wrong = هذا ليس مفتاحًا سريًا لوكيل.
proxy-user = الاسم، إن طُلب
proxy-password = كلمة المرور، إن طُلبت
proxy-save = تجربة وحفظ
proxy-save-anyway = حفظ على أي حال
proxy-take = استخدام
proxy-in-use = قيد الاستخدام
proxy-up = نقل إلى أعلى
proxy-copy = نسخ الرابط
proxy-remove = إزالة
proxy-trying = جارٍ التجربة…
proxy-works = يعمل، { $time } م‌ث
proxy-unreachable = لا أحد يجيب على هذا العنوان.
proxy-refused = الوكيل لا يسمح لنا بالدخول. تحقق من النوع والاسم وكلمة المرور.
proxy-no-server = تيليجرام لا يجيب عبره. تحقق من المفتاح السري.
proxy-timed-out = لا إجابة في الوقت المحدد.
sign-in-proxy = استخدام وكيل
connection-show = عرض الاتصال
connection-datacenters = مراكز البيانات
connection-datacenter = مركز البيانات { $number }
connection-home = فيه حسابك
connection-online = متصل
connection-idle = لا عمل الآن
connection-next-try = المحاولة التالية خلال { $time }
connection-traffic = { $received } واردة، { $sent } صادرة
connection-last-trouble = { $what } (قبل { $time })
connection-now = الاتصال الآن
connection-copy = نسخ التشخيص
connection-copy-means = أرقام وأسماء طرائق فقط: بلا أسماء ولا نصوص ولا عناوين ولا مفاتيح.
requests = الطلبات
requests-none = لا شيء ينتظر إجابة.
requests-more = و{ $count } أخرى.
request-queued = ينتظر دوره
request-sent = أُرسل قبل { $time }
request-retrying = المحاولة { $count }
request-waiting = يطلب تيليجرام الانتظار { $time }
trouble-no-address = لا يُعرف عنوان
trouble-unreachable = الشبكة لا تصل إلى هناك
trouble-refused = رفض الخادم الاتصال
trouble-silent = لم يجب الخادم في الوقت المحدد
trouble-cut = انقطع الاتصال
trouble-nonsense = ما وصل بلا معنى: شيء ما يتدخل في الطريق
trouble-no-key = تعذّر الاتفاق على مفتاح
trouble-key-forgotten = لم يعد الخادم يعرف مفتاحنا
trouble-too-many = اتصالات كثيرة جدًا
trouble-status = رفض الخادم بالرمز { $code }
trouble-rejected = لم يقبل الخادم رسائلنا (الرمز { $code }): قد تكون ساعة هذا الجهاز خاطئة
trouble-fault = خطأ في Heliograph، وقد استأنف عمله بنفسه
