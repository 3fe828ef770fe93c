"""The words by which mail programs mark quotes, forwards and signatures, per language.

Languages: en fil es pt fr de it nl pl sv da no fi ru uk zh ja ko, and a little of cs hu tr vi ro el. All in lower case,
without the colon. Collected from the programs' interfaces; general patterns are in `quotes` and `signatures`.
"""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501


def _each(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


def _table(**kinds: str) -> dict[str, str]:
    return {word.strip(): kind.rstrip("_") for kind, words in kinds.items() for word in words.split(",")}


HEADERS = _table(
    from_="from,mula kay,mula sa,galing kay,galing sa,de,von,da,van,od,fra,från,lähettäjä,от,от кого,від,від кого,发件人,"
    "發件人,寄件者,寄件人,差出人,送信者,보낸 사람,보낸사람,발신,felado,feladó,kimden,gönderen,từ,de la,από,expéditeur,absender,remitente,mittente,"
    "afzender,nadawca,avsändare,afsender,avsender,отправитель",
    sent="sent,date,ipinadala,ipinadala noong,petsa,enviado,enviado el,enviado em,enviada em,enviada,fecha,data,envoyé,"
    "envoyé le,date d'envoi,gesendet,gesendet am,datum,inviato,verzonden,verzonden op,wysłano,wysłane,data wysłania,skickat,skickat den,sendt,"
    "dato,lähetetty,päivämäärä,päiväys,отправлено,дата,надіслано,发送时间,發送時間,日期,寄件日期,傳送日期,送信日時,日付,日時,"
    "보낸 날짜,보낸날짜,날짜,발송,odesláno,elküldve,dátum,tarih,gönderildi,đã gửi,ngày,trimis,στάλθηκε,ημερομηνία,message du",
    to="to,para,para kay,kay,à,a,an,aan,do,til,till,vastaanottaja,кому,收件人,收件者,宛先,받는 사람,받는사람,수신,komu,címzett,kime,"
    "đến,către,προς,destinataire,empfänger,destinatario,destinatário,pour,adresat,tới,alıcı",
    cc="cc,kopya,kopya sa,copie,copie à,kopie,kopie (cc),copia,cópia,dw,kopia,kopi,kopio,копия,копія,抄送,副本,ｃｃ,참조,másolat,bilgi,"
    "c.c.",
    bcc="bcc,cci,cco,bcopia,скрытая копия",
    subject="subject,paksa,asunto,assunto,objet,betreff,oggetto,onderwerp,temat,ämne,emne,aihe,тема,主题,主題,主旨,件名,제목,"
    "předmět,tárgy,konu,chủ đề,subiect,θέμα,sujet,matière,tema",
    other="reply-to,répondre à,antwort an,responder a,rispondi a,importance,wichtigkeit,priority,attachments,anlagen,"
    "pièces jointes,bijlagen,allegati,adjuntos,datos adjuntos,anexos,organization,organisation,sensitivity,reply to,"
    "sagot sa,importancia,prioridad,załączniki,bilagor,vedhæftede filer,vedlegg,liitteet,вложения,附件,添付ファイル,첨부,mailed-by",
)

ORIGINAL = frozenset(
    word.strip()
    for word in """
original message,reply message,original appointment,original-nachricht,ursprüngliche nachricht,originalnachricht,
ursprüngliche mail,originalmail,antwort nachricht,message d'origine,message original,message d’origine,mensaje original,
mensagem original,messaggio originale,messaggio original,oorspronkelijk bericht,origineel bericht,
oryginalna wiadomość,wiadomość oryginalna,treść oryginalnej wiadomości,wiadomość pierwotna,ursprungligt meddelande,originalmeddelande,
oprindelig meddelelse,oprindelig besked,opprinnelig melding,opprinnelig e-post,alkuperäinen viesti,
исходное сообщение,исходное письмо,пересланное исходное сообщение,оригинальное сообщение,первоначальное сообщение,
вихідне повідомлення,оригінальне повідомлення,початкове повідомлення,原始邮件,邮件原件,原邮件,原始郵件,原始信件,原信件,原始訊息,元のメッセージ,元のメール,
original e-mail,original mail,original email,원본 메시지,원본 메일,원본메시지,původní zpráva,eredeti üzenet,orijinal mesaj,özgün i̇leti,
thư gốc,mesaj original,αρχικό μήνυμα,orihinal na mensahe,orihinal na mensaje,orihinal na sulat,e-mail d'origine,
e-mail original,correo original,previous message,quoted message,quoted text,mensaje anterior,vorherige nachricht,message précédent
""".replace("\n", "").split(",")
)

FORWARDED = frozenset(
    word.strip()
    for word in """
forwarded message,forwarded mail,forwarded letter,begin forwarded message,forwarded by,forwarded email,fwd,weitergeleitete nachricht,
anfang der weitergeleiteten nachricht,weitergeleitete e-mail,beginn der weitergeleiteten nachricht,message transféré,
début du message transféré,message réexpédié,début du message réexpédié,mensaje reenviado,
inicio del mensaje reenviado,mensagem encaminhada,mensagem reencaminhada,início da mensagem encaminhada,
início da mensagem reencaminhada,início de mensagem reenviada,messaggio inoltrato,inizio messaggio inoltrato,inizio del messaggio inoltrato,
doorgestuurd bericht,begin doorgestuurd bericht,wiadomość przekazana dalej,przekazana wiadomość,przesłana wiadomość,treść przekazanej wiadomości,
początek przekazywanej wiadomości,vidarebefordrat meddelande,vidarebefordrat brev,vidarebefordrat mejl,
börja vidarebefordrat meddelande,videresendt meddelelse,videresendt besked,start på videresendt besked,videresendt melding,
videresendt e-post,begynnelse på videresendt melding,välitetty viesti,edelleenlähetetty viesti,välitetyn viestin alku,
пересылаемое сообщение,пересланное сообщение,начало переадресованного сообщения,пересылаемое письмо,переслане повідомлення,
початок листа, що пересилається,转发的邮件,转发邮件,轉寄郵件,轉寄的郵件,转发邮件信息,开始转发邮件,開始轉寄郵件,以下是转发的邮件,
転送メッセージ,転送されたメッセージ,転送メール,以下、転送メッセージ,전달된 메시지,전달된 메일,přeposlaná zpráva,továbbított üzenet,iletilen mesaj,
thư được chuyển tiếp,mesaj redirecționat,προωθημένο μήνυμα,ipinasang mensahe,ipinasa na mensahe,naipasang mensahe
""".replace("\n", "").split(",")
)

FORWARD_SUBJECTS = (
    "fwd:", "fw:", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "vs:", "vb:", "vl:", "pd:", "fs:", "転送:", "转发:", "轉寄:",
    "转发：", "轉寄：", "fwd：", "전달:", "пересл:", "переслано:", "továbbítás:", "ilt:", "res: enc:", "reenv:", "fwd ", "ipinasa:",
)  # fmt: skip
"""What a forwarding program puts before the subject."""

WROTE = _each("""
wrote writes sent schrieb schreibt geschrieben écrit ecrit escribió escribio escribe escreveu escreve scritto scrive
schreef geschreven skrev skriver kirjoitti napisał napisał(a) napisała napisał/a napisał(-a) pisze написал написала
написал(а) написав написала написал(-а) пишет писал писала пише написав(ла) 写道 寫道 写到 写道： さんは書きました のメール 작성 작성: 님이 썼습니다
wrote: napisana napísal napísala napísal(a) menulis napsal napsala napsal(a) írta yazdı yazmış: viết scris έγραψε ay sumulat sumulat nagsulat isinulat wrote,
escrigué escrivió mailte skreiv kirjoittaa scribed napísal пиcал sinulat ayon
""")
"""Verbs of a line such as "On Monday, Ana wrote:"."""

WROTE_INSIDE = (
    "写道", "寫道", "写到", "님이 작성", "님이 쓴",
    "쓴 글", "님께서 작성", "작성했습니다", "작성하였습니다", "썼습니다", "さんは書きました", "さんのメッセージ", "wrote:", "書きました", "のメッセージ:",
    "さんが書いた", "a écrit", "napisał", "yazdı",
)  # fmt: skip

STARTERS = _each("""
on am le el em il op den dne dnia w på pada noong nang vào в во on: am: il giorno in data no dia a la á à at kl
wiadomość den: ti ma ke to pe la su ke: mon tue wed thu fri sat sun lun mar mer jeu ven sam dim mo di mi do fr sa so
於 在 2 ve den. ons tors fre lör sön man tir tor lør søn пн вт ср чт пт сб вс нд la. pá út st čt
monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo
segunda terça quarta quinta sexta montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi
vendredi samedi dimanche maandag dinsdag woensdag donderdag vrijdag zaterdag zondag from
""")
"""First words of such a line."""

MOBILE = (
    "sent from", "via mobile", "sent via", "sent with", "sent using", "sent by my", "get outlook for", "from my iphone", "from my ipad", "from my android",
    "from my samsung", "from my mobile", "ipinadala mula sa", "ipinadala gamit ang", "mula sa aking", "kumuha ng outlook para sa",
    "enviado desde", "enviado con", "enviado mediante", "obtener outlook para", "obtén outlook para",
    "enviado do meu", "enviado de meu", "enviado a partir", "enviado pelo", "enviado via", "enviado do", "enviada do", "obter o outlook para",
    "obter outlook para", "baixe o outlook para", "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé de", "envoyé par mon", "télécharger outlook pour",
    "obtenir outlook pour", "provenance : courrier", "gesendet von", "gesendet mit", "von meinem", "von unterwegs gesendet", "diese nachricht wurde von meinem",
    "outlook für", "holen sie sich outlook", "inviato da", "inviato con", "inviato dal", "scarica outlook per", "ottieni outlook per",
    "verzonden vanaf", "verzonden vanuit", "verstuurd vanaf", "verstuurd vanuit", "verstuurd met", "verzonden met", "verzonden via", "verstuurd via", "outlook voor", "download outlook voor",
    "wysłano z", "wysłane z", "wysłano za pomocą", "wysłane przy użyciu", "pobierz outlook dla", "uzyskaj outlook dla", "skickat från", "skickades från", "skickat med", "sänt från", "hämta outlook för",
    "sendt fra", "sendt med", "sendt via", "hent outlook til", "hent outlook for", "få outlook til", "få outlook for", "skaff deg outlook", "last ned outlook for", "lähetetty", "hanki outlook",
    "отправлено с", "отправлено из", "отправлено через", "с уважением, отправлено", "получить outlook для", "скачать outlook для", "надіслано з", "відправлено з",
    "надіслано через", "завантажте outlook", "发自我的", "從我的", "从我的", "寄自我的", "傳送自我的", "傳送自", "发送自", "发自", "获取 outlook", "下載 outlook", "取得 outlook", "iphoneから送信",
    "ipadから送信", "androidから送信", "私のiphone", "outlook for ", "나의 iphone에서", "내 iphone에서", "iphone에서 보냄", "나의 ipad에서", "갤럭시에서", "내 갤럭시", "odesláno z", "odoslané z",
    "iphone'umdan", "iphone'dan gönderildi", "ipad'imden", "android uygulamasından", "gửi từ", "được gửi từ", "trimis de pe", "elküldve az", "iphone-ról küldve", "στάλθηκε από",
    "sendt frå", "enviat des", "android için outlook", "ios için outlook",
)  # fmt: skip
"""First words of the line a telephone or an app puts under a letter."""

MOBILE_INSIDE = (
    "から送信", "에서 보냄", "에서 보냈", "에서 전송", "gesendet.", "傳送", "发送", "lähetetty", "gönderildi", "iphone'umdan", "küldve", "aus gesendet", "gerät gesendet", "handy gesendet", "iphone gesendet",
)  # fmt: skip

CLOSINGS = tuple(sorted("""
regards|best regards|kind regards|warm regards|warmest regards|kindest regards|with regards|with kind regards|best wishes|with best regards|many regards|rgds|brgds|br|kr|best
|sincerely|yours sincerely|sincerely yours|yours truly|truly yours|yours faithfully|faithfully|respectfully|respectfully yours|yours|very truly yours|cordially|warmly|cheers|all the best
|lubos na gumagalang|gumagalang|nagmamahal|lubos na sumasainyo|sumasainyo|taos-pusong sumasainyo|sumasaiyo|magalang na sumasainyo|ang inyong lingkod
|saludos|un saludo|saludos cordiales|un cordial saludo|cordiales saludos|cordial saludo|atentamente|atte|muy atentamente|le saluda atentamente|reciba un cordial saludo|un abrazo|abrazos|muchos saludos|cordialmente
|atenciosamente|att|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|cordiais cumprimentos|saudações|um abraço|abraço|abraços|com os meus cumprimentos|respeitosamente|grato|grata
|cordialement|bien cordialement|très cordialement|bien à vous|cdlt|cdt|salutations|sincères salutations|meilleures salutations|amicalement|salutations distinguées|bien à toi|respectueusement
|mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|liebe grüße|liebe grüsse|mfg|lg|vg|beste grüße|beste grüsse|herzliche grüße|schöne grüße|gruß|gruss|grüße|mit besten grüßen|hochachtungsvoll|vielen dank und viele grüße|freundlicher gruss
|cordiali saluti|distinti saluti|saluti|un saluto|cari saluti|buona giornata|un cordiale saluto|con i migliori saluti|porgo cordiali saluti
|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg|hartelijke groet|hartelijke groeten|met hartelijke groet|hoogachtend|gr
|pozdrawiam|pozdrawiam serdecznie|z poważaniem|z powazaniem|z wyrazami szacunku|serdecznie pozdrawiam|serdeczne pozdrowienia|pozdrowienia|pozdr
|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|hälsningar|hälsning|mvh|bästa hälsningar|med venlig hilsen|venlig hilsen|de bedste hilsner|bedste hilsner|kærlig hilsen|hilsen|kh|vh|dbh|med vennlig hilsen|vennlig hilsen|beste hilsen|mange hilsner|hilsener|vennlege helsingar
|ystävällisin terveisin|terveisin|parhain terveisin|terveiset|t|yt|kunnioittavasti|ystävällisesti
|с уважением|с наилучшими пожеланиями|всего доброго|всего хорошего|с почтением|з повагою|з найкращими побажаннями|щиро ваш|искренне ваш
|此致|此致敬礼|此致敬禮|敬礼|敬禮|顺祝商祺|順頌商祺|祝好|祝商祺|谨启|謹啟|敬上|以上|以上、よろしくお願いいたします|よろしくお願いいたします|よろしくお願い致します|よろしくお願いします|宜しくお願い致します|宜しくお願いいたします|何卒よろしくお願いいたします|何卒よろしくお願い申し上げます|よろしくお願い申し上げます|敬具|草々
|감사합니다|드림|올림|배상|s pozdravem|s přátelským pozdravem|üdvözlettel|tisztelettel|saygılarımla|iyi çalışmalar|trân trọng|kính thư|cu stimă|με εκτίμηση|s pozdravom
""".replace("\n", "").split("|"), key=len, reverse=True))  # fmt: skip
"""Formal ends of a letter: they say nothing but goodbye."""

THANKS = frozenset(
    """
thanks|thank you|many thanks|thanks a lot|thanks in advance|thank you very much|thanks so much|thank you so much|thanks again|thx|tia|thank you in advance|thanks and regards|thanks & regards|thank you and regards|thanks and best regards|thanks, regards|with thanks
|salamat|salamat po|maraming salamat|maraming salamat po|salamat ng marami|maraming maraming salamat po|gracias|muchas gracias|gracias y saludos|gracias de antemano|mil gracias
|obrigado|obrigada|muito obrigado|muito obrigada|desde já agradeço|merci|merci beaucoup|merci d'avance|merci bien|danke|vielen dank|besten dank|danke im voraus|vielen dank im voraus|danke und gruß|danke und viele grüße|grazie|grazie mille|molte grazie
|bedankt|dank u|dank je|hartelijk dank|alvast bedankt|dziękuję|dzięki|tack|tack på förhand|tak|på forhånd tak|mange tak|takk|på forhånd takk|kiitos|kiitos etukäteen|спасибо|заранее спасибо|благодарю|дякую|谢谢|謝謝|ありがとうございます|děkuji|köszönöm|teşekkürler|cảm ơn
""".replace("\n", "").split("|")
)
"""Ends that also thank: a short letter may mean them."""

DISCLAIMERS = (
    "confidential", "intended recipient", "intended solely", "privileged", "received this", "in error", "unauthorized", "unauthorised", "disclosure",
    "strictly prohibited", "disclaimer", "virus", "views expressed", "notify the sender", "delete", "confidencial", "destinatario", "destinatário", "confidentiel", "destinataire",
    "vertraulich", "empfänger", "unbefugt", "riservat", "destinatari", "vertrouwelijk", "geadresseerde", "poufn", "konfidentiell", "fortrolig", "konfidensiell",
    "luottamuksel", "конфиденциальн", "конфіденційн", "机密", "機密", "保密", "기밀", "kumpidensyal", "para lamang sa", "print this", "environment", "imprimir", "imprimer",
)  # fmt: skip
"""Words of the small print under letters; two in a paragraph make it small print."""

WARNINGS = ("caution", "external email", "external sender", "[external]", "warning: external", "this email originated from outside", "this message originated from outside",
            "this email has been sent from outside", "achtung: externe", "externe e-mail", "attention : courriel externe", "you don't often get email from", "use caution", "be careful with this message",
            "este correo proviene", "esta mensagem veio de fora")  # fmt: skip
"""First words of the banner a company's mail server puts over letters from outside."""
