# Las palabras de Heliograph en español. Sencillas y breves, de tú, sin signos de exclamación.
# Un error dice qué pasó, qué significa para los datos y qué hacer después.

# general

app-name = Heliograph
retry = Intentar de nuevo
cancel = Cancelar
continue = Continuar

# numbers, lists, times and dates: how this language writes them

number-decimal = ,
number-group = .
# From so many digits on the thousands stand apart.
number-grouped-from = 5
percent = { $number } %
count-thousands = { $number }K
count-millions = { $number }M
unit-bytes = { $value } B
unit-kilobytes = { $value } kB
unit-megabytes = { $value } MB
unit-gigabytes = { $value } GB
unit-terabytes = { $value } TB
unit-metres = { $value } m
unit-kilometres = { $value } km
list-join = { $list }, { $next }
list-last = { $list } y { $last }
beside = { $first } · { $second }
# 12 or 24.
clock-hours = 24
clock-24 = { $hour }:{ $minute }
clock-12 =
    { $half ->
        [0] { $hour }:{ $minute } a. m.
       *[other] { $hour }:{ $minute } p. m.
    }

# opening

opening = Abriendo…
opening-leaving = Cerrando sesión…
opening-title = No se pudo abrir tu cuenta
opening-passphrase-title = Desbloquear
opening-passphrase-lead = Tus mensajes en este equipo están cifrados. Escribe tu frase de contraseña para abrirlos.
opening-passphrase-new-title = Elige una frase de contraseña
opening-passphrase-new-lead = Cifra todo lo que Heliograph guarda en este equipo y se pide en cada inicio. Nadie puede recuperarla por ti.
opening-passphrase = Frase de contraseña
opening-passphrase-again = Otra vez
opening-passphrases-differ = Las dos no son iguales. Escríbelas de nuevo.
opening-unlock = Desbloquear
opening-passphrase-set = Usar esta frase de contraseña
opening-title-new = ¿Dónde se guarda la clave?
opening-passphrase-show = Mostrar la frase de contraseña
opening-passphrase-hide = Ocultar la frase de contraseña
opening-unlock-retry = Desbloquear y probar otra vez
opening-use-passphrase = Usar mejor una frase de contraseña
opening-use-file = Guardar la clave en un archivo
opening-use-file-note = Con la clave en un archivo, quien pueda leer tus archivos podrá leer tus mensajes.
opening-anew = Entrar de nuevo
opening-anew-note = Se quitará todo lo que hay guardado de esta cuenta en este equipo. Lo que está en Telegram se queda y vuelve cuando entres.
opening-anew-sure = Quitar y entrar de nuevo

key-no-service = En este escritorio no responde ningún llavero, y ahí se guarda la clave de tus datos. Nada se cambió ni se perdió. Inicia un llavero como GNOME Keyring o KWallet e inténtalo de nuevo.
key-locked = El llavero está bloqueado y contiene la clave de tus datos. Nada se cambió ni se perdió. Desbloquéalo e inténtalo de nuevo.
key-no-answer = El llavero no respondió. Nada se cambió ni se perdió. Mira si está esperando una respuesta tuya e inténtalo de nuevo.
key-missing = La clave de tus datos no está donde se guardó, así que no se pueden leer. No se borró nada. Si tu llavero fue reemplazado o restaurado, recupera el anterior e inténtalo de nuevo.
key-wrong-passphrase = Esa no era la frase de contraseña. Revísala e inténtalo de nuevo; nada se cambió.
key-corrupt = La clave guardada está dañada, así que tus datos no se pueden leer. No se borró nada. Recupera la carpeta de la cuenta desde una copia e inténtalo de nuevo.
key-io = No se pudo leer o guardar la clave: { $why }. Nada se cambió ni se perdió.
store-open = No se pudo abrir el archivo con tus datos: { $why }. No se borró nada.
store-in-use = Otro programa tiene abierta esta cuenta en este equipo. Nada ha cambiado ni se ha perdido. Cierra ese programa y vuelve a intentarlo.
key-no-service-new = En este escritorio no responde ningún llavero. Allí se guardaría la clave de tus mensajes. Inicia un llavero como GNOME Keyring o KWallet y prueba otra vez, o elige otro lugar.
key-no-service-terminal = En este escritorio no responde ningún llavero. Allí se guardaría la clave de tus mensajes. Inicia un llavero como GNOME Keyring o KWallet e inténtalo de nuevo, o usa --key-storage passphrase.
key-locked-new = El llavero está bloqueado. Allí se guardaría la clave de tus mensajes. Desbloquéalo e inténtalo de nuevo, o elige otro lugar.
store-wrong-key = La clave encontrada no abre tus datos. No se borró nada. Recupera el llavero correcto, o la carpeta de la cuenta desde una copia, y prueba otra vez.
store-newer = Un Heliograph más nuevo escribió tus datos y este no puede leerlos. No se cambió ni se perdió nada. Inicia el más nuevo.
store-damaged = El archivo con tus datos está dañado y no se puede leer. No se borró nada. Recupera la carpeta de la cuenta desde una copia y prueba otra vez, o entra de nuevo.

# errors of requests, one place for all of them

error-not-connected = No hay conexión con Telegram. Nada se perdió; revisa tu red e inténtalo de nuevo.
error-timed-out = Telegram no respondió a tiempo. Nada se perdió; inténtalo de nuevo.
error-cancelled = Se canceló. Nada se cambió.
error-flood-wait = Telegram pide esperar { $time } antes del próximo intento. Nada se perdió.
error-phone-invalid = Telegram no conoce ese número de teléfono. Revísalo, con el código de país al principio.
error-phone-banned = Telegram ha bloqueado este número. Si es un error, escribe a recover@telegram.org.
error-phone-flood = Hubo demasiados intentos con este número. Espera unas horas e inténtalo de nuevo.
error-phone-unregistered = Ninguna cuenta de Telegram tiene este número. Regístralo primero en Telegram en tu teléfono y luego inicia sesión aquí.
error-code-invalid = Ese código no es correcto. Revísalo e inténtalo de nuevo.
error-code-expired = Este código ha caducado. Pide uno nuevo.
error-code-unavailable = Telegram no tiene otra forma de enviarte un código. Espera un rato y empieza de nuevo.
error-email-invalid = Eso no es una dirección de correo. Revísala e inténtalo de nuevo.
error-email-refused = Telegram no envía códigos a esta dirección. Usa otra.
error-email-reset-pending = La dirección de correo ya se está eliminando. Espera a que termine y empieza de nuevo.
error-password-invalid = Esa no era la contraseña. Revísala e inténtalo de nuevo.
error-recovery-unavailable = No se dejó ninguna dirección de correo para esta contraseña, así que no se puede recuperar. Búscala donde guardas tus contraseñas.
error-recovery-expired = Esta recuperación ha caducado. Pide un código nuevo.
error-api-refused = Telegram no acepta el api_id y el api_hash de este programa. Revísalos en my.telegram.org.
error-signed-out = Tu sesión en esta cuenta está cerrada. Tus mensajes están a salvo en Telegram; inicia sesión de nuevo para seguir.
error-not-allowed = Aquí no tienes permiso para hacer eso.
error-unknown-peer = Telegram aún no nos ha hablado de este chat. Ábrelo desde la lista e inténtalo de nuevo.
error-file-gone = Este archivo ya no está en Telegram.
error-rpc = Telegram lo rechazó ({ $name }). Nada se perdió; inténtalo más tarde.
error-disk = El disco no lo permitió: { $why }. Libera espacio o revisa los permisos e inténtalo de nuevo.
error-store = No se pudieron leer o guardar tus datos en este equipo: { $why }. Lo que está en Telegram está a salvo.
error-protocol = Telegram respondió algo sin sentido. Nada se perdió; inténtalo de nuevo.

wait-seconds =
    { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
wait-minutes =
    { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
wait-hours =
    { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }
span-days =
    { $count ->
        [one] 1 día
       *[other] { $count } días
    }
span-weeks =
    { $count ->
        [one] 1 semana
       *[other] { $count } semanas
    }
span-months =
    { $count ->
        [one] 1 mes
       *[other] { $count } meses
    }
span-years =
    { $count ->
        [one] 1 año
       *[other] { $count } años
    }

# sign-in

sign-in-title = Iniciar sesión
sign-in-lead = Usa el número de teléfono de tu cuenta de Telegram.
sign-in-phone = Número de teléfono
sign-in-phone-example = +46 70 123 45 67
sign-in-phone-short = Un número de teléfono tiene al menos cinco cifras. Empieza con el código de país.
sign-in-demo-hint = Este es el servidor de demostración. Aquí sirven el número { $phone } y el código { $code }.
sign-in-demo-account = Probar la cuenta de ejemplo
sign-in-demo-try = Probar la demo, sin cuenta
sign-in-country = País
sign-in-country-none = Elige un país
sign-in-country-search = Nombre o prefijo
sign-in-country-nothing = Ningún país se llama así.
sign-in-qr-title = O escanea para entrar
sign-in-qr-title-alone = Escanea para entrar
sign-in-qr-lead = En tu teléfono: Ajustes, Dispositivos, Vincular dispositivo de escritorio.
sign-in-qr-wait = Telegram pide esperar { $time } antes del próximo código QR.
sign-in-by-qr = Entrar con código QR
sign-in-by-number = Usar el número de teléfono
sign-in-api-title = Antes, una cosa
sign-in-api-why = Telegram pide a cada programa un api_id y un api_hash. Los tuyos son gratis y se consiguen en un minuto: entra en my.telegram.org, abre API development tools y copia los dos aquí. Solo se pide una vez.
sign-in-api-calm = Escribe como siempre. Telegram mira con atención las cuentas que empiezan en programas como este; con muchos mensajes a desconocidos el primer día pueden quedar limitadas.
sign-in-api-open = Abrir my.telegram.org
sign-in-api-copy = Copiar la dirección
sign-in-api-id-wrong = El api_id es un número, por ejemplo 1234567.
sign-in-api-hash-wrong = El api_hash tiene 32 caracteres: cifras y letras de la a a la f.
sign-in-api-change = Cambiar api_id y api_hash
sign-in-code-title = Escribe el código
sign-in-code-app = Lo enviamos a la aplicación de Telegram en tu otro dispositivo, { $phone }.
sign-in-code-sms = Lo enviamos por mensaje de texto a { $phone }.
sign-in-code-call = Recibirás una llamada en { $phone } que te dirá el código.
sign-in-code-flash-call = Recibirás una llamada corta en { $phone }. El número que llama es el código; no hace falta contestar.
sign-in-code-missed-call = Recibirás una llamada corta en { $phone } de un número que empieza por { $prefix }. Sus últimas { $length } cifras son el código; no hace falta contestar.
sign-in-code-fragment = El número { $phone } se compró en Fragment, y por eso su código está allí.
sign-in-code-open-fragment = Abrir Fragment
sign-in-code-word = Enviamos una palabra por mensaje de texto a { $phone }.
sign-in-code-phrase = Enviamos unas palabras por mensaje de texto a { $phone }.
sign-in-code-label = Código
sign-in-code-word-label = La palabra
sign-in-code-phrase-label = Las palabras
sign-in-code-number-label = El número que llamó
sign-in-code-beginning = Empieza por «{ $beginning }».
sign-in-code-pattern = Se parece a { $pattern }.
sign-in-code-email = Lo enviamos por correo a { $pattern }.
sign-in-code-other = Telegram ha enviado un código para { $phone }.
sign-in-code-demo = El código de la demostración es { $code }.
sign-in-code-short = El código tiene { $length } cifras.
sign-in-new-code = Pedir un código nuevo
sign-in-resend-sms = Enviarlo mejor por SMS
sign-in-resend-call = Mejor llámenme
sign-in-resend-ring = Mejor un toque al teléfono
sign-in-resend-fragment = Enviarlo mejor a Fragment
sign-in-resend-sms-in = Enviarlo por SMS en { $time }
sign-in-resend-call-in = Llamarme en { $time }
sign-in-resend-ring-in = Un toque al teléfono en { $time }
sign-in-resend-fragment-in = Enviarlo a Fragment en { $time }
sign-in-email-title = Añade una dirección de correo
sign-in-email-lead = Telegram quiere una para esta cuenta. Los códigos para entrar llegarán allí.
sign-in-email = Dirección de correo
sign-in-email-change = Usar otra dirección
sign-in-email-give-up = No puedo abrir este correo
sign-in-email-give-up-sure = Quitar la dirección
sign-in-email-give-up-now = La dirección se quitará de tu cuenta y el código llegará a tu teléfono.
sign-in-email-give-up-later = La dirección se quitará de tu cuenta, lo que tarda { $time }. Después, los códigos llegarán a tu teléfono.
sign-in-email-pending = La dirección se está quitando. En { $time }, los códigos llegarán a tu teléfono.
sign-in-waiting = No hay conexión con Telegram. Se sigue intentando.
sign-in-submit = Iniciar sesión
sign-in-change-number = Cambiar número
sign-in-password-title = Escribe tu contraseña
sign-in-password-lead = Esta cuenta tiene verificación en dos pasos.
sign-in-password = Contraseña
sign-in-password-hint = Pista: { $hint }
sign-in-password-show = Mostrar la contraseña
sign-in-password-hide = Ocultar la contraseña
sign-in-password-forgot = ¿Olvidaste la contraseña?
sign-in-password-no-recovery = No se dejó ninguna dirección de correo para esta contraseña, así que aquí no se puede recuperar. Búscala donde guardas tus contraseñas. Un dispositivo con la sesión abierta puede cambiarla en Ajustes, Privacidad y seguridad. Si nada ayuda, Telegram en tu teléfono puede restablecer la cuenta, lo que borra sus chats.
sign-in-back-to-password = Volver a la contraseña
sign-in-recovery-title = Recuperar por correo
sign-in-recovery-lead = Enviamos un código a { $pattern }. Con él entras y la contraseña se quita; pon después una nueva.
sign-in-signed-out-elsewhere = Esta sesión se cerró desde otro dispositivo. Tus mensajes están a salvo en Telegram; inicia sesión para seguir.
sign-in-logged-out = Has cerrado sesión. Se eliminó todo lo que Heliograph guardaba de esta cuenta en este equipo.

# downloads

save-dialog-title = Guardar archivo
download-no-path = Escribe dónde guardar el archivo.
file-not-opened = Ningún programa de este equipo abre este archivo.
download-relative-path = Empieza la ruta con / o ~/, para que quede claro dónde comienza.
download-no-folder = No existe la carpeta { $folder }. El archivo sigue aquí; elige otro lugar.
download-not-allowed = No puedes escribir en { $path }. El archivo sigue aquí; elige otro lugar.
download-not-saved = No se pudo guardar ahí el archivo: { $why }. Sigue aquí; elige otro lugar.

# chats

chats = Chats
folder-all = Todos
folder-empty = No hay chats en esta carpeta
folder-empty-lead = Aquí aparecen los chats que cumplen sus reglas.
folder-unread =
    { $count ->
        [one] { $name }, { $count } chat sin leer
       *[other] { $name }, { $count } chats sin leer
    }
chats-none = Aún no hay chats
chats-none-lead = Quien te escriba aparecerá aquí.
chats-failed = No se pudieron cargar los chats
chats-more-failed = No se pudieron cargar más chats. Intentar de nuevo
back = Volver a los chats
saved-messages = Mensajes guardados
saved-about = Solo tú ves esto
deleted-account = Cuenta eliminada
unknown-peer = Desconocido
you = Tú
# As the one to whom something is done.
you-object = ti
bot = bot
group = grupo
channel = canal
online = en línea
typing = escribiendo…
typing-one = { $name } está escribiendo…
typing-more =
    { $others ->
        [one] { $name } y alguien más están escribiendo…
       *[other] { $name } y { $others } más están escribiendo…
    }
members =
    { $count ->
        [one] 1 miembro
       *[other] { $count } miembros
    }
subscribers =
    { $count ->
        [one] 1 suscriptor
       *[other] { $count } suscriptores
    }
connection-connecting = Conectando…
connection-updating = Actualizando…
chats-as-of = Actualizado: { $time }
needs-connection = Para esto hace falta conexión
connection-waiting = Sin conexión, próximo intento en { $time }

seen-now = últ. vez hace un momento
seen-minutes =
    { $count ->
        [one] últ. vez hace 1 minuto
       *[other] últ. vez hace { $count } minutos
    }
seen-today = últ. vez a las { $time }
seen-yesterday = últ. vez ayer a las { $time }
seen-date = últ. vez el { $date }
seen-recently = últ. vez recientemente
seen-week = últ. vez hace unos días
seen-month = últ. vez hace unas semanas

day-today = Hoy
day-yesterday = Ayer
date-short = { $day } { month-short }
date-long = { $day } de { month }
date-full = { $day } de { month } de { $year }
# In the chat list, for what is older than this year: short, and not to be taken for another day.
date-numeric = { $day }/{ $month }/{ $year }
weekday =
    { $day ->
        [1] lun
        [2] mar
        [3] mié
        [4] jue
        [5] vie
        [6] sáb
       *[7] dom
    }
month =
    { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    }
month-short =
    { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[12] dic
    }

preview-you = Tú:
preview-name = { $name }:
media-and-time = { $name } ({ $time })
media-photo = Foto
media-file = Archivo
media-video = Vídeo
media-round-video = Mensaje de vídeo
media-animation = GIF
media-voice = Mensaje de voz
media-audio = Música
media-sticker = Sticker
media-poll = Encuesta
media-contact = Contacto
media-location = Ubicación
media-dice = Dado
media-game = Juego
media-invoice = Factura
media-story = Historia
media-quiz = Cuestionario
media-live-location = Ubicación en tiempo real
media-giveaway = Sorteo
media-paid = Contenido de pago
media-checklist = Lista de tareas
media-stream = Transmisión en directo
media-expired = Contenido que desapareció
media-fleeting = Solo se puede ver con conexión
media-unknown = Algo que esta versión no puede mostrar

service-created =
    { $you ->
        [0] { $who } creó el grupo «{ $title }»
       *[other] Creaste el grupo «{ $title }»
    }
service-channel-created = Se creó el canal «{ $title }»
service-renamed =
    { $you ->
        [0] { $who } cambió el nombre a «{ $title }»
       *[other] Cambiaste el nombre a «{ $title }»
    }
service-photo =
    { $you ->
        [0] { $who } cambió la foto
       *[other] Cambiaste la foto
    }
service-joined =
    { $you ->
        [0] { $who } se unió
       *[other] Te uniste
    }
service-added =
    { $you ->
        [0] { $who } añadió a { $others }
       *[other] Añadiste a { $others }
    }
service-added-you = { $who } te añadió
service-left =
    { $you ->
        [0] { $who } salió
       *[other] Saliste
    }
service-removed =
    { $you ->
        [0] { $who } eliminó a { $other }
       *[other] Eliminaste a { $other }
    }
service-removed-you = { $who } te eliminó
service-pinned =
    { $you ->
        [0] { $who } fijó un mensaje
       *[other] Fijaste un mensaje
    }
service-signed-up = { $who } se unió a Telegram
service-call =
    { $video ->
        [0] Llamada
       *[other] Videollamada
    }
service-call-missed =
    { $video ->
        [0] Llamada perdida
       *[other] Videollamada perdida
    }
service-call-unanswered =
    { $video ->
        [0] Llamada sin respuesta
       *[other] Videollamada sin respuesta
    }
service-call-declined =
    { $video ->
        [0] Llamada rechazada
       *[other] Videollamada rechazada
    }
service-group-call =
    { $you ->
        [0] { $who } inició una llamada
       *[other] Iniciaste una llamada
    }
service-group-call-over = La llamada terminó
service-group-call-planned = Hay una llamada prevista para { $time }
service-call-invited =
    { $you ->
        [0] { $who } invitó a la llamada a { $others }
       *[other] Invitaste a la llamada a { $others }
    }
service-photo-removed =
    { $you ->
        [0] { $who } eliminó la foto
       *[other] Eliminaste la foto
    }
service-joined-link =
    { $you ->
        [0] { $who } se unió con un enlace de invitación
       *[other] Te uniste con un enlace de invitación
    }
service-joined-request =
    { $you ->
        [0] Se aceptó la solicitud de { $who }
       *[other] Se aceptó tu solicitud
    }
service-moved-to = Este grupo sigue como supergrupo
service-moved-from = Este supergrupo empezó como el grupo «{ $title }»
service-pinned-what =
    { $you ->
        [0] { $who } fijó «{ $what }»
       *[other] Fijaste «{ $what }»
    }
service-cleared = Se vació el historial
service-lifetime =
    { $you ->
        [0] { $who } hizo que los mensajes desaparezcan en { $time }
       *[other] Hiciste que los mensajes desaparezcan en { $time }
    }
service-lifetime-off =
    { $you ->
        [0] { $who } hizo que los mensajes ya no desaparezcan
       *[other] Hiciste que los mensajes ya no desaparezcan
    }
service-screenshot =
    { $you ->
        [0] { $who } hizo una captura de pantalla
       *[other] Hiciste una captura de pantalla
    }
service-theme =
    { $you ->
        [0] { $who } eligió el tema { $emoji } para este chat
       *[other] Elegiste el tema { $emoji } para este chat
    }
service-theme-usual =
    { $you ->
        [0] { $who } volvió al tema habitual en este chat
       *[other] Volviste al tema habitual en este chat
    }
service-wallpaper =
    { $you ->
        [0] { $who } cambió el fondo
       *[other] Cambiaste el fondo
    }
service-score =
    { $you ->
        [0] { $who } consiguió { $score } puntos en el juego
       *[other] Conseguiste { $score } puntos en el juego
    }
service-paid =
    { $you ->
        [0] { $who } pagó { $sum }
       *[other] Pagaste { $sum }
    }
service-refunded = Se devolvió { $sum }
service-bot-allowed = Este bot puede escribirte
service-bot-allowed-site = Este bot puede escribirte porque iniciaste sesión en { $site }
service-web-app = Se enviaron datos al bot con el botón «{ $button }»
service-near =
    { $you ->
        [0] Hay menos de { $distance } entre { $who } y { $other }
       *[other] Hay menos de { $distance } entre ti y { $other }
    }
service-near-you = Hay menos de { $distance } entre { $who } y tú
service-topic-created =
    { $you ->
        [0] { $who } abrió el tema «{ $title }»
       *[other] Abriste el tema «{ $title }»
    }
service-topic-renamed =
    { $you ->
        [0] { $who } cambió el nombre del tema a «{ $title }»
       *[other] Cambiaste el nombre del tema a «{ $title }»
    }
service-topic-closed =
    { $you ->
        [0] { $who } cerró el tema
       *[other] Cerraste el tema
    }
service-topic-opened =
    { $you ->
        [0] { $who } volvió a abrir el tema
       *[other] Volviste a abrir el tema
    }
service-topic-changed =
    { $you ->
        [0] { $who } cambió el tema
       *[other] Cambiaste el tema
    }
service-photo-suggested =
    { $you ->
        [0] { $who } sugiere una foto para tu perfil
       *[other] Sugeriste una foto de perfil
    }
service-birthday-suggested =
    { $you ->
        [0] { $who } sugiere una fecha de nacimiento para tu perfil
       *[other] Sugeriste una fecha de nacimiento para el perfil
    }
service-shared = Compartido con el bot: { $others }
service-gift-premium =
    { $you ->
        [0] { $who } regaló Telegram Premium por { $days } días
       *[other] Regalaste Telegram Premium por { $days } días
    }
service-gift-stars =
    { $you ->
        [0] { $who } regaló estrellas: { $count }
       *[other] Regalaste estrellas: { $count }
    }
service-gift =
    { $you ->
        [0] { $who } envió un regalo
       *[other] Enviaste un regalo
    }
service-giveaway =
    { $you ->
        [0] { $who } empezó un sorteo
       *[other] Empezaste un sorteo
    }
service-giveaway-over = El sorteo terminó; premios: { $count }
service-boosted =
    { $you ->
        [0] { $who } impulsó el grupo
       *[other] Impulsaste el grupo
    }
service-boosted-times =
    { $you ->
        [0] { $who } impulsó el grupo { $count } veces
       *[other] Impulsaste el grupo { $count } veces
    }
service-price = Un mensaje cuesta ahora estrellas: { $count }
service-price-none = Los mensajes ya no cuestan nada
tasks =
    { $count ->
        [one] una tarea
       *[other] { $count } tareas
    }
service-tasks-done =
    { $you ->
        [0] { $who } completó { $tasks }
       *[other] Completaste { $tasks }
    }
service-tasks-undone =
    { $you ->
        [0] { $who } volvió a abrir { $tasks }
       *[other] Volviste a abrir { $tasks }
    }
service-tasks-added =
    { $you ->
        [0] { $who } añadió { $tasks }
       *[other] Añadiste { $tasks }
    }
service-owner = El grupo es de { $other }
service-protected =
    { $you ->
        [0] { $who } ya no permite copiar ni reenviar aquí
       *[other] Ya no permites copiar ni reenviar aquí
    }
service-unprotected =
    { $you ->
        [0] { $who } vuelve a permitir copiar y reenviar aquí
       *[other] Vuelves a permitir copiar y reenviar aquí
    }
service-other = Pasó algo para lo que esta versión no tiene palabras

no-chat = Elige un chat para leer y escribir
history-empty = Aquí aún no hay mensajes. Escribe el primero.
history-failed = No se pudieron cargar los mensajes
loading-older = Cargando mensajes anteriores…
new-messages =
    { $count ->
        [one] 1 mensaje nuevo
       *[other] { $count } mensajes nuevos
    }
to-bottom = Ir al mensaje más reciente
forwarded = Reenviado de { $name }
imported = Importado de { $name }
via-bot = vía { $bot }
reply = Respuesta
reply-story = Historia
reply-gone = Mensaje eliminado
reply-message = Mensaje
reply-to = Respuesta a { $name }
reply-drop = No responder
comments-none = Dejar un comentario
comments =
    { $count ->
        [one] 1 comentario
       *[other] { $count } comentarios
    }
alert-seen = Cerrar
button-later = Esta versión no puede hacer lo que pide este botón.
button-copied = Copiado
edited = editado { $time }
composer-placeholder = Escribe un mensaje
channel-read-only = Aquí solo pueden escribir los dueños del canal.
send = Enviar
send-again = Reintentar
failed-offline = No enviado: sin conexión. Tu texto se conserva.
failed-wait = No enviado: Telegram pide esperar { $time }. Tu texto se conserva.
failed-not-allowed = No enviado: no puedes escribir aquí. Tu texto se conserva.
failed-refused = No enviado: Telegram lo rechazó. Tu texto se conserva.
failed-disk = No enviado: este equipo no pudo guardarlo. Libera espacio en el disco e inténtalo de nuevo. Tus palabras se conservan hasta que cierres el programa.
send-held = Se enviará solo en { $time }.
send-unknown = Puede que se haya enviado.
send-unknown-again = Enviar otra vez
send-unknown-sent = Se envió
send-unknown-drop = Descartar
draft-label = Borrador:
draft-other = Otro borrador de { $time }
draft-use = Usarlo
words-copied = Se copió «{ $words }».
link-doubted = ¿Abrir este enlace?
link-doubted-shown = El texto dice: { $shown }
link-doubted-leads = Lleva a: { $url }
link-doubted-open = Abrir
link-copied = El escritorio no pudo abrir { $url }. Se copió la dirección.

download = Descargar
download-again = Descargar de nuevo
download-cancel = Cancelar la descarga
download-where = Elige dónde guardarlo…
download-saved = Guardado en { $place }
download-path = Guardar como
download-save = Guardar
progress = { $done } de { $total }
per-second = { $amount }/s
size-unknown = Tamaño desconocido

# accounts

accounts-menu = { $name }, cuentas
accounts-other-unread =
    { $count ->
        [one] { $name }, cuentas. 1 mensaje sin leer en otras
       *[other] { $name }, cuentas. { $count } mensajes sin leer en otras
    }
accounts-unknown = Cuenta
accounts-closed = Aún sin abrir
accounts-signed-out = Sesión cerrada
accounts-add = Añadir cuenta
accounts-back = Volver a { $name }
accounts-twice = { $name } ya tiene la sesión abierta aquí. Cambia a esa cuenta o entra con otro número.
link-other-kind = Heliograph aún no puede abrir enlaces de este tipo.
link-nobody = Nadie en Telegram se llama @{ $name }.
close = Cerrar
log-out = Cerrar sesión
log-out-question = ¿Cerrar sesión?
accounts-log-out-question = ¿Cerrar la sesión de { $name }?
log-out-means = Se elimina lo que Heliograph guarda de esta cuenta en este equipo. Tus mensajes siguen en Telegram.

# conversation

calendar-title = Ir a un día
calendar-month = { month } de { $year }
calendar-before = Mes anterior
calendar-after = Mes siguiente
loading-newer = Cargando mensajes más recientes…
loading-messages = Cargando mensajes…
messages-wait = Los mensajes llegarán con la conexión
message-gone = Este mensaje ya no existe.
to-mention = Ir al mensaje que te menciona
to-reaction = Ir a las reacciones nuevas
to-where-i-was = Volver a donde estabas
pinned = Mensaje fijado
pinned-nth = Mensaje fijado { $number }
chosen =
    { $count ->
        [one] 1 mensaje seleccionado
       *[other] { $count } mensajes seleccionados
    }
choosing-end = Quitar la selección
copy = Copiar
copied-from = { $name }, { $day } { $time }
copy-protected = Lo escrito aquí no se puede copiar: el chat no lo permite.
save-protected = Lo enviado aquí no se puede guardar: el chat no lo permite.
delete = Eliminar
delete-title =
    { $count ->
        [one] ¿Eliminar este mensaje?
       *[other] ¿Eliminar { $count } mensajes?
    }
delete-shared = Nadie lo verá más aquí. No se puede deshacer.
delete-own = Desaparecerá para ti; los demás lo conservan. No se puede deshacer.
delete-either = No se puede deshacer.
delete-everyone = Eliminar también para los demás
menu-answered = Ir al mensaje respondido
menu-copy = Copiar texto
menu-copy-formatted = Copiar como Markdown
menu-copy-link = Copiar enlace
menu-message-link = Copiar enlace del mensaje
menu-save = Guardar archivo
menu-open-file = Abrir en otro programa
menu-retract = Retirar el voto
menu-choose = Seleccionar
menu-write-anew = Escribir de nuevo
menu-give-up = Eliminar este borrador
link-is-copied = El enlace se ha copiado.
message-no-link = Este mensaje no tiene enlace.
# media

spoiler = Oculto
spoiler-show = Mostrar la imagen oculta
voice-unheard = Aún sin escuchar
contact-elsewhere = No está en Telegram
contact-write = Mensaje
location-latitude =
    { $south ->
        [0] { $degrees }° N
       *[other] { $degrees }° S
    }
location-longitude =
    { $west ->
        [0] { $degrees }° E
       *[other] { $degrees }° O
    }
location-point = { $latitude }; { $longitude }
location-live-until = Hasta las { $time }
location-live-over = Ya no se comparte
location-open = Abrir el mapa
dice-value = Muestra { $value }
dice-rolling = Rodando…
poll-anonymous = Encuesta anónima
poll-quiz-anonymous = Cuestionario anónimo
poll-closed = Resultado final
poll-nobody = Nadie ha votado
poll-voters =
    { $count ->
        [0] Aún no hay votos
        [one] { $count } voto
       *[other] { $count } votos
    }
quiz-voters =
    { $count ->
        [0] Aún no hay respuestas
        [one] { $count } respuesta
       *[other] { $count } respuestas
    }
poll-closes = cierra en { $time }
poll-vote = Votar
poll-explanation = ¿Por qué?

# settings

settings = Ajustes
settings-close = Cerrar los ajustes
settings-back = Todos los ajustes
settings-copy = Copiar
settings-unsaved = No se pudo guardar lo que elegiste: { $why }. Vale hasta que se cierre Heliograph.
settings-damaged = No se pudo leer el archivo con lo que elegiste, así que Heliograph empezó con lo habitual. El archivo anterior se guarda como { $place }.
settings-unopened = El escritorio no quiso abrir { $what }. Ahora está en el portapapeles.

settings-account = Cuenta
settings-account-lead = Quién ha iniciado sesión aquí, y dónde.
settings-nobody = Nadie ha iniciado sesión
settings-nobody-means = Cierra los ajustes para iniciar sesión.
settings-phone = Número de teléfono
settings-phone-hidden = Oculto, para que nadie lo lea por encima de tu hombro
settings-phone-show = Mostrar
settings-phone-unknown = Telegram no lo dice.
settings-server = Servidor
settings-server-telegram = Telegram
settings-server-test = Los servidores de prueba de Telegram
settings-server-demo = El servidor de demostración de este programa. Nada sale de este equipo.
settings-server-own = Un servidor propio: { $address }
settings-other-account = Otra cuenta
settings-other-account-means = Usa varias cuentas una al lado de otra.
settings-add-account = Añadir cuenta

settings-data = Privacidad y datos
settings-data-lead = Todo lo que Heliograph guarda de tus cuentas está cifrado.
settings-key-os = La clave está en tu llavero
settings-key-os-means = Quien pueda desbloquear el llavero de tu escritorio puede leer los datos.
settings-key-passphrase = La clave está tras tu frase de contraseña
settings-key-passphrase-means = Se pide en cada inicio, y nadie puede recuperarla.
settings-key-file = La clave está en un archivo
settings-key-file-means = Está junto a los datos y solo tú puedes leerla.
settings-key-file-warning = Quien pueda leer tus archivos puede leer tus mensajes. Un llavero o una frase de contraseña los protege mejor; se elige al añadir una cuenta, con --key-storage.
settings-folder = Carpeta
settings-open-folder = Abrir
settings-kept = Qué se guarda
settings-kept-means = Quién eres para Telegram, los chats y mensajes que has visto, los borradores, lo que espera a enviarse y las imágenes. Al cerrar sesión se elimina.
settings-storage = Almacenamiento
settings-storage-lead = Lo que Heliograph guarda en este ordenador. Todo está cifrado.
settings-storage-of = Las imágenes ocupan { $size } de { $limit }
settings-storage-pictures = Las imágenes ocupan { $size }
settings-storage-unfinished = Descargas aún incompletas
settings-storage-messages = Mensajes, { $count }
settings-pictures = Imágenes guardadas
settings-pictures-means = Las imágenes que has visto se guardan aquí cifradas, para que estén al instante y sin conexión. Telegram también las conserva.
settings-no-pictures = No hay imágenes guardadas
settings-pictures-faces = Fotos de perfil
settings-pictures-photos = Fotos
settings-pictures-stills = Vistas previas de vídeos y archivos
settings-pictures-stickers = Pegatinas
settings-clear = Vaciar
settings-clear-what = Vaciar: { $what }
settings-clear-all = Vaciar todo
settings-clear-all-means = Se vuelven a cargar cuando las mires. Los borradores y lo que espera a enviarse se quedan.
settings-clear-all-question = ¿Quitar { $size } de imágenes?
settings-keep-at-most = Guardar como máximo
settings-keep-at-most-means = Primero se va lo que llevas más tiempo sin mirar. Lo no enviado nunca se quita.
settings-keep-for = Quitar imágenes no vistas durante
settings-keep-for-means = Los mensajes se quedan.
settings-no-limit = Sin límite
settings-age-any = Nunca
settings-age-days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }
settings-age-months =
    { $count ->
        [one] { $count } mes
       *[other] { $count } meses
    }
settings-age-years =
    { $count ->
        [one] { $count } año
       *[other] { $count } años
    }
settings-by-chat = Por chat
settings-more-chats = Mostrar los { $count } chats

settings-appearance = Apariencia
settings-appearance-lead = Los cambios valen enseguida.
settings-theme = Tema
theme-system = Como el escritorio
theme-day = Día
theme-night = Noche
theme-contrast = Alto contraste
settings-accent = Color de acento
accent-amber = Ámbar
accent-blue = Azul
accent-green = Verde
accent-plum = Ciruela
accent-rust = Óxido
settings-text-size = Tamaño del texto
settings-sample-first = La lente norte ya está en su sitio. ¿Puedes subir antes de que oscurezca?
settings-sample-answer = Voy de camino, con la cámara buena
settings-sample-last = Trae guantes. Aquí arriba hace frío.
settings-reduce-motion = Menos movimiento
settings-reduce-motion-means = Nada se desliza, se desvanece ni gira por sí solo.
settings-reduce-motion-desktop = Tu escritorio lo pide, así que está activado.
settings-renderer = Dibujo
settings-renderer-auto = Automático
settings-renderer-auto-means = La tarjeta gráfica donde la haya; si no, el procesador
settings-renderer-gpu = Tarjeta gráfica
settings-renderer-gpu-means = Fluido en pantallas grandes; usa más memoria
settings-renderer-software = Procesador
settings-renderer-software-means = Es lo que menos memoria usa; ayuda donde la tarjeta gráfica da problemas
settings-renderer-later = Vale desde el próximo inicio.

settings-language = Idioma
settings-language-lead = El idioma del propio Heliograph. Los mensajes quedan como se escribieron.
settings-language-desktop = Como el escritorio

settings-shortcuts = Atajos
settings-shortcuts-lead = Se llega a todo sin ratón.
shortcuts-everywhere = En todas partes
shortcuts-conversation = En una conversación
shortcut-settings = Ajustes
shortcut-folder = Mostrar una carpeta
shortcut-account = Mostrar la cuenta 1 a 9
shortcut-larger = Texto más grande
shortcut-smaller = Texto más pequeño
shortcut-usual-size = Tamaño habitual del texto
shortcut-next = Control siguiente
shortcut-previous = Control anterior
shortcut-press = Pulsar lo que tiene el foco
shortcut-back = Volver, cerrar, cancelar
shortcut-send = Enviar
shortcut-line = Línea nueva
shortcut-page = Una página arriba o abajo
key-control = Ctrl
key-shift = Mayús
key-enter = Intro
key-space = Espacio
key-tab = Tab
key-escape = Esc
key-page-up = Re Pág
key-page-down = Av Pág

settings-about = Acerca de
settings-about-lead = Qué es Heliograph, y de qué está hecho.
settings-version = Versión { $version }
settings-independent = Un programa independiente
settings-independent-means = Telegram no hace, respalda ni da soporte a Heliograph. Habla con Telegram del modo que Telegram documenta para todos.
settings-link-privacy = Qué guarda Telegram sobre ti
settings-link-terms = Condiciones para programas como este
settings-open-link = Abrir
settings-licence = Licencias
settings-licence-means = MIT o Apache 2.0, a tu elección; con obras de otros dentro
settings-notice-show = Mostrar
settings-notice-hide = Ocultar

# search

search-placeholder = Buscar chats y mensajes
search-clear = Borrar la búsqueda
search-people = Personas
search-messages = Mensajes
search-more = Mostrar más
search-there = De Telegram
search-under-way = Buscando…
search-nothing-more = Nada más
search-offline = Sin conexión: solo lo guardado aquí.
search-none = No se encontró nada
search-none-more = Revisa la ortografía o prueba con menos palabras.
search-failed = No se pudo buscar en Telegram.
search-failed-here = No se pudo buscar en lo guardado aquí.
search-actions = Acciones
palette-placeholder = Ir a un chat, un mensaje, un ajuste
search-inside = Buscar en este chat
search-end = Terminar la búsqueda
search-older = Al más antiguo
search-newer = Al más reciente
search-from-anybody = De cualquiera
search-from-me = De mí
search-type = Escribe lo que buscas
search-more-words = También basta con un chat, un remitente o un tipo.
search-list = Mostrar la lista de resultados
search-kind = Tipo
search-when = Fecha
search-chat = Conversación
search-any-chat = Cualquier chat
search-from = De
search-names = Buscar un nombre
when-any = Cualquier fecha
when-week = Últimos 7 días
when-month = Último mes
when-year = Últimos 12 meses
only-everything = Todo
only-photos = Fotos
only-videos = Vídeos
only-files = Archivos
only-links = Enlaces
only-voice = Mensajes de voz
only-music = Música
search-at = { $number } de { $count }
search-count =
    { $count ->
        [one] 1 mensaje
       *[other] { $count } mensajes
    }
shortcut-palette = Ir a cualquier sitio
shortcut-search = Buscar
settings-connection = Conexión
settings-connection-lead = Cómo se llega a Telegram y qué se espera de él.
proxies = Proxies
proxy-use = Usar un proxy
proxy-use-means = Otro camino a Telegram donde el directo está cerrado. Quien lo gestiona ve tu dirección de internet, no lo que escribes.
proxy-switch = Cambiar por sí solo
proxy-switch-means = Cuando un proxy no responde, se usa el siguiente de la lista.
proxy-none = Aún no hay ningún proxy.
proxy-reading = Se están leyendo tus proxies. Hasta entonces no sale nada.
proxy-closed = No se pueden leer tus proxies, así que ahora no sale nada. Desactiva los proxies para conectarte directamente.
proxy-closed-off = No se pueden leer tus proxies.
proxy-damaged = El archivo con tus proxies está dañado. No se ha borrado nada. Recupera la carpeta «proxies» de una copia e inténtalo de nuevo, o empieza una lista nueva.
proxy-anew = Empezar una lista nueva
proxy-add = Añadir un proxy
proxy-try-all = Probar todos
proxy-new = Proxy nuevo
proxy-asked = ¿Añadir este proxy?
proxy-asked-means = Un enlace lo pide. Quien gestiona el proxy ve tu dirección de internet: añádelo solo si confías en el origen del enlace.
proxy-link = Enlace
proxy-link-help = Pega el enlace de un proxy o rellena los campos de abajo.
proxy-link-wrong = No es un enlace completo de un proxy.
proxy-server = Servidor
proxy-server-wrong = Hace falta un nombre o un número en la red.
proxy-port = Puerto
proxy-port-wrong = De 1 a 65535
proxy-secret = Secreto
proxy-secret-wrong = No es el secreto de un proxy.
proxy-user = Nombre, si lo pide
proxy-password = Contraseña, si la pide
proxy-save = Probar y guardar
proxy-save-anyway = Guardar de todos modos
proxy-take = Usar
proxy-in-use = En uso
proxy-up = Subir
proxy-copy = Copiar el enlace
proxy-remove = Quitar
proxy-trying = probando…
proxy-works = funciona, { $time } ms
proxy-unreachable = Nadie responde en esta dirección.
proxy-refused = El proxy no nos deja entrar. Comprueba el tipo, el nombre y la contraseña.
proxy-no-server = Telegram no responde a través de él. Comprueba el secreto.
proxy-timed-out = No respondió a tiempo.
sign-in-proxy = Usar un proxy
connection-show = Mostrar la conexión
connection-datacenters = Centros de datos
connection-datacenter = Centro de datos { $number }
connection-home = tiene tu cuenta
connection-online = Conectado
connection-idle = Nada que hacer
connection-next-try = Próximo intento en { $time }
connection-traffic = { $received } recibidos, { $sent } enviados
connection-last-trouble = { $what } (hace { $time })
connection-now = Conectar ahora
connection-copy = Copiar el diagnóstico
connection-copy-means = Solo números y nombres de métodos: sin nombres, textos, direcciones ni claves.
requests = Peticiones
requests-none = Nada espera respuesta.
requests-more = Y { $count } más.
request-queued = espera su turno
request-sent = enviada hace { $time }
request-retrying = intento { $count }
request-waiting = Telegram pide esperar { $time }
trouble-no-address = No se conoce ninguna dirección
trouble-unreachable = La red no llega hasta allí
trouble-refused = El servidor rechazó la conexión
trouble-silent = El servidor no respondió a tiempo
trouble-cut = La conexión se cortó
trouble-nonsense = Lo que llegó no tiene sentido: algo interfiere por el camino
trouble-no-key = No se pudo acordar una clave
trouble-key-forgotten = El servidor ya no conoce nuestra clave
trouble-too-many = Demasiadas conexiones
trouble-status = El servidor rechazó con el código { $code }
trouble-rejected = El servidor no aceptó nuestros mensajes (código { $code }): quizá el reloj de este equipo esté mal
trouble-fault = Un fallo de Heliograph, que siguió por sí solo
