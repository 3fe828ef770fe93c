"""Words that remind the customer of not having read. As the package says."""

_TOLD = r"(?:said|mentioned|stated|explained|told|noted|indicated|wrote|written|advised|informed|answered|clarified|pointed out)"

AS_SAID: dict[str, tuple[tuple[str, str | None], ...]] = {
    "en": (
        ((rf"as (?:i|we)(?:'ve| have|'d| had)? (?:(?:already|previously|repeatedly|clearly|just|earlier|once|also) )*{_TOLD}"
         r"(?: (?:to )?you)?(?: (?:already|before|earlier|previously|above|last time|yesterday|(?:many|several|multiple) times))*,?"), ""),
        (rf"(?:like|what) (?:i|we)(?:'ve| have| had)? (?:(?:already|previously|just) )?{_TOLD}(?: you)?(?: (?:already|before|earlier))?,?", ""),
        ((rf"as (?:(?:already|previously|repeatedly|clearly|just|earlier) )*{_TOLD}(?! in (?:your|the|our) (?:article|help|terms|letter|e-?mail|order))"
         r"(?! (?:on|by|at|here))(?: (?:already|before|earlier|previously|above|in (?:my|our) (?:last|previous|earlier|first) \S+))*,?"), ""),
        ((r"(?:i|we)(?:'ve| have|'d| had)? (?:already|repeatedly|clearly|previously|specifically) (?:told you|said|explained|mentioned"
         r"|answered|informed you|advised you|given you|stated|asked you|clarified|covered|been (?:over|through))"), None),
        (r"(?:as )?per (?:my|our) (?:last|previous|earlier|first|original|prior)(?: (?:e-?mails?|messages?|repl(?:y|ies)|letters?|answers?|notes?|response))?,?", ""),
        (r"(?:^|(?<=[.!?\n] ))(?:and )?(?:once )?again,(?! (?:sorry|thank|i(?:'m| am) sorry|my apolog|apolog|we(?:'re| are) sorry|welcome))", ""),
        (r"how many (?:more )?times\b", None),
        (r"(?:i|we)(?:'ll| will| must| have to| need to| can only|'m)? (?:just |only )?repeat(?:ing)?\b(?! (?:the|your) (?:test|order|step|payment|transfer))", None),
        (r"(?:once again|again),? as\b", ""),
        (r"(?:my|our) (?:previous|last|earlier|first) (?:e-?mail|message|reply|answer|response|letter|note)s? (?:\w+ )?(?:states?|says?|said|explain(?:s|ed)?|stated|answer(?:s|ed)?|cover(?:s|ed)?|contain(?:s|ed)|told)", None),
        (r"(?:you|this|that|it)(?:'ve| have| has|'s)? (?:already )?(?:been )?(?:explained|answered|told|said|stated|written|clarified|mentioned) (?:this |it |that |to you )*(?:already|before|twice|three times|several times|many times|more than once|repeatedly|in my|in our)", None),
        (r"(?:i|we) (?:\w+ )?(?:said|wrote|explained|told|answered|mentioned|stated|covered|went over) (?:this|that|it|so|all of this|everything)(?: to you)? (?:already|before|twice|yesterday|last|in my|in our|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|three times|several|many|more than once|only)", None),
        (r"(?:must|do|should) (?:i|we) (?:really )?(?:repeat|explain|say|tell|write)\b", None),
        (r"(?:read|see|check|look at) (?:my|our) (?:last|previous|earlier|first) (?:e-?mail|message|reply|answer|letter|note)", None),
        (r"for the (?:last|second|third|fourth|fifth|tenth|nth|hundredth|umpteenth) time,?", ""),
        (r"(?:i|we) (?:told|asked|informed|warned) you\b", None),
        (r"(?:repeat(?:ing)?|explain(?:ing)?) (?:myself|ourselves|(?:this|it|that) (?:again|once more|over and over))\b", None),
        (r"if you (?:had |'d |would )?(?:actually |carefully |bother(?:ed)? to )?(?:re-?)?read (?:my|our) (?:last|previous|earlier|first)", None),
        (r"(?:please )?(?:re-?read|read again|go back (?:and|to)|refer back to|scroll (?:up|back)) (?:and |to )?(?:my|our|what|the)\b", None),
        (r"(?:my|our) (?:previous|last|earlier) (?:e-?mail|message|reply|answer|response) (?:already |clearly )(?:says|said|explain|stat|answer|cover)", None),
        (r"told you (?:before|already|so|earlier|last)\b", None),
        (r"(?:already|previously) been (?:explained|answered|told|stated|clarified|mentioned|covered)(?: to you)?\b", None),
        (r"you(?:'ve| have) (?:already )?been (?:told|informed|advised)\b", None),
    ),
    "fil": (
        ((r"(?:gaya|tulad|katulad|kagaya) (?:po |na po |nga po )?(?:ng|nang) (?:na)?(?:sinabi|nasabi|nabanggit|binanggit|ipinaliwanag"
         r"|naipaliwanag|paliwanag|sabi|pagkakasabi|isinulat|naisulat)(?! (?:po )?(?:ninyo|nyo|mo)\b)(?: (?:na|po|ko|namin|kanina|noon|dati|sa inyo|sa iyo|nga))*,?"), ""),
        (r"(?:sinabi|nasabi|nabanggit|binanggit|ipinaliwanag|naipaliwanag|pinaliwanag|sinagot|nasagot|sinasabi) (?:na )?(?:po )?(?:ko|namin)(?:g)? (?:na|po na|na po)\b", None),
        (r"(?:sinabi|nasabi|nabanggit|ipinaliwanag|naipaliwanag|pinaliwanag|sinagot|nasagot|na-?explain|na-?discuss) na (?:po )?(?:ko|namin|natin|nga|po|sa inyo)\b", None),
        (r"(?:naka)?ilang (?:beses|ulit) (?:na |po |ko |pa |ba )*(?:namin|ko|ba|pa|kami|ako|sinabi|ipinaliwanag|naming|kong)", None),
        (r"(?:na)?(?:sinabi|sabi|banggit|paliwanag|sulat|sagot) (?:ko|namin) na (?:po )?(?:ito |iyan |yan |yun |iyon )?(?:sa|noon|kahapon|dati|kanina|nang|dalawa|tatlo|ilang)", None),
        (r"(?:nasa|andoon|nakasulat|nakalagay|nandoon) (?:na )?(?:po )?(?:na )?(?:ito |iyan |yan |lahat |sa )*(?:huling|huli kong|nauna(?:ng)?|una(?:ng)?|nakaraang|dati(?:ng)?) (?:kong |naming |ko |namin )?(?:sulat|mensahe|sagot|e-?mail|message|reply)", None),
        (r"muli,? (?:po,? )?(?:gaya|tulad|katulad|sinasabi|inuulit|sasabihin|uulitin)", None),
        (r"(?:isa|huling) (?:pang )?(?:beses|ulit) (?:na lang|ko|na ito)", None),
        (r"(?:di|hindi) (?:po )?(?:ba )?(?:ninyo|nyo|mo) (?:po )?(?:ba )?(?:nabasa|binasa) (?:po )?(?:ba )?(?:ang|yung) (?:huli|una|sagot|nauna|dati|sulat|message|e-?mail)", None),
        (r"paulit[- ]ulit\b", None),
        (r"(?:uulitin|inuulit|ulitin|inulit) (?:ko|namin|na naman|po namin|po ko)\b", None),
        (r"(?:basahin|tingnan|balikan|i-?check) (?:po )?(?:ninyo|nyo|mo) (?:po )?(?:ulit|uli|muli|ang (?:una|nauna|huli|dati))", None),
        (r"(?:di|hindi) ba(?:'t)? (?:po )?(?:sinabi|nasabi)", None),
        (r"sabi (?:ko|namin) (?:na|nga|po na|kanina|dati|noon)\b", None),
        (r"as (?:i|we) (?:said|mentioned)\b,?", ""),
        (r"(?:pang|pangalawa|pangatlo|ikatlo|ika-?\d+)(?:ng)? beses ko na(?:ng)?\b", None),
    ),
}  # fmt: skip
