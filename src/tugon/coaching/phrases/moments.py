"""Words for when, and for what happens next. Ways over lowered text."""

_UNIT = r"(?:business |working )?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fourteen|twenty-four|forty-eight|few|couple of)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_ARAW = r"(?:lunes|martes|miyerkules|miyerkoles|huwebes|biyernes|sabado|linggo)"
_BUWAN = r"(?:enero|pebrero|marso|abril|mayo|hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre)"
_BILANG = r"(?:\d+|isa|isang|dalawa|dalawang|tatlo|tatlong|apat|lima|limang|anim|pito|pitong|walo|siyam|sampu|sampung|ilang|labing\S+)"

WHEN: tuple[str, ...] = (
    r"today|tonight|tomorrow|right (?:away|now)|immediately|straight away|shortly after|by now|at once",
    r"(?:this|next|the same|end of(?: the)?|coming|every|each) (?:\w+ )?(?:morning|afternoon|evening|week|weekend|month|day|business day|hour|" + _DAY + r")",
    rf"{_DAY}s?", rf"{_MONTH}\.? \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}", r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?",
    r"\d{1,2}(?::\d\d)? ?(?:a\.?m|p\.?m)\b|\d{1,2}:\d\d|noon|midnight|eod|cob|close of business",
    rf"(?:{_COUNT} ?(?:to|or|-|–|hanggang) ?)?(?:\d+[ -]?|{_COUNT}[ -])(?:more |full |calendar )?{_UNIT}\b",
    r"(?:within|in) (?:the|an?) (?:next )?(?:\w+ )?(?:hours?|days?|weeks?|minutes?|moment|hour)",
    r"ngayon(?:g)? (?:araw|hapon|umaga|gabi|linggo|oras)|ngayon (?:din|mismo)|bukas|mamaya\w*|agad|kaagad|maya-?maya|sa makalawa",
    rf"(?:sa|ngayong|darating na|susunod na|hanggang|bago(?: mag)?-?|tuwing|pagsapit ng) ?{_ARAW}", rf"{_BUWAN}(?: \d+)?|ika-?\d+",
    rf"{_BILANG}(?: ?(?:hanggang|o|-|–|to) ?{_BILANG})? (?:na )?(?:araw|oras|linggo|minuto|buwan)",
    r"alas[- ]?\w+|ala una|(?:sa|bago|sa loob ng) (?:susunod|katapusan|dulo|matapos)\w*(?: na| ng)? ?\w*|tanghali|katapusan ng",
    r"\{\{[^{}]{1,60}\}\}",
)  # fmt: skip

OURS: tuple[str, ...] = (
    r"(?:i|we)(?:'ll| will| shall)\b", r"(?:i|we)(?:'m|'re| am| are) (?:going to|now |currently |already |still )?(?:check|look|investigat|work|send|process|refund|review|forward|ask|follow|prepar|issu|fix|monitor|keep|sending|going)\w*",
    r"(?:i|we) (?:plan|expect|aim|promise|intend|hope) to\b", r"you(?:'ll| will| should) (?:\w+ )?(?:receive|get|hear|see|have|be|find)\b", r"(?:next step|from here|next, (?:i|we))\b",
    r"(?:team|colleagues?|specialists?|engineers?|developers?|bank|refund|payment|courier|parcel|package|replacement|someone|department|manager|it|amount|money|letter|link|fix|update) (?:\w+ ){0,3}(?:will|is going to|should (?:arrive|appear|be))\b",
    r"(?:papadalhan|babalitaan|balitaan|ibabalita|ipapaalam|ipapadala|magpapadala|padadalhan|aasikasuhin|inaasikaso|susuriin|sinusuri|titingnan|tinitingnan|tatawagan|tatawag|sasagutin|sasagot|maglalabas|ibabalik|aayusin|inaayos|makakatanggap|matatanggap|darating|papasok|lalabas|ipoproseso|pinoproseso|babalikan|babalik|susulatan|susulat|magbibigay|ibibigay|pag-?aaralan|itatanong|tatanungin|ipapasa|ipinasa|hihintayin|makikita|magagamit|sisimulan|gagawin|ilalagay|tutulungan|kukumpirmahin|papalitan|iimbestigahan)\w*",
    r"(?:i|mag|mage|iche|ife|ipo|ipa|ia|ire)-?(?:u-?|fo-?|che-?|re-?|pro-?|a-?)?(?:update|follow|check|refund|process|forward|escalate|send|email|monitor|confirm|reset)\w* (?:po )?(?:namin|ko|kami|ako|natin)",
    r"(?:iu|ia|ife|ipo|ire|iche|ise|ifo|magu|maga|magfo|magche|magse|magre)-?\w*",
)  # fmt: skip

THEIRS: tuple[str, ...] = (
    r"please\b(?! (?:accept|note|be advised|be informed|know|understand|do not worry|don't worry|find (?:attached|below))\b)", r"kindly\b(?! (?:note|be advised|be informed|accept|understand))", r"(?:could|can|would|will) you\b", r"let (?:me|us) know", r"(?:reply|answer|write|send|tell|call|contact|try|open|go to|click|tap|choose|select|sign in|log in|follow|attach|upload|confirm|check) (?:\w+ ){0,3}(?:to|here|us|me|this|that|the|your|it|and|a|on|in|back|again)\b", r"once you\b|when you (?:have|are|get)\b|as soon as you\b|after you\b|if (?:it|this|that|you|the|anything|something) (?:\w+ ){1,12}(?:reply|write|tell|let|answer|send|contact|just)",
    r"^\W{0,5}(?:reply|write|answer|send|tell|call|try|open|sign|check|contact|give|choose|press|click|use|wait|keep|run|take|go|test)\b", r"(?:reply|answer|write|tell|send|call)(?: to)? (?:[\"“*]|by|with|us|me|here|before|until|on|if|when)",
    r"(?:sabihan|balitaan|padalhan|sulatan|tawagan|sabihin|i-?text|kontakin)\b", r"paki\S+|pakisuyo", r"maaari (?:po )?(?:bang?|ninyo|nyo|mo|kayo)|pwede (?:po )?(?:bang?|ninyo|nyo|mo|kayo)|puwede (?:po )?(?:bang?|ninyo|nyo|mo|kayo)|kung maaari", r"subukan|sumagot|sumulat|ipadala|sabihin (?:lang|po|ninyo|nyo|mo)|sagutin|buksan|pumunta|puntahan|pindutin|piliin|i-?click|mag-?(?:reply|log|sign|email|send)\w*|i-?(?:reply|send|check|try|update|restart|reset|confirm)\b|tawagan|ilagay|kumpirmahin|hinihintay (?:po )?(?:ko|namin)|ibigay",
)  # fmt: skip
