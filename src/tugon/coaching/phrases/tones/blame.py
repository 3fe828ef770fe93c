"""Words that make it the customer's fault. As the package says."""

YOU = r"(?:po )?(?:ninyo|nyo|niyo|n'yo|mo)\b"
YE = r"(?:po )?(?:kayo|ka|ikaw)\b"
_DONE = (
    r"(?:checked|read|known|told|contacted|noticed|followed|asked|written|done|paid|saved|kept|used|looked|waited"
    r"|cancell?ed|updated|called|mentioned|verified|thought|realis?z?ed|made sure|reported|chosen|provided|included"
    r"|given|sent|entered|set|tested|backed|acted|tried|been more|paid attention|double|taken|learned|signed|seen that)"
)
_DEED = (
    r"(?:binasa|nabasa|sinunod|nasunod|tiningnan|tinignan|chineck|china?k|inintindi|naintindihan|ginawa|nagawa|inayos"
    r"|in?alam|sinabi|nag-?\w+|nagbasa|nagtanong|nagbayad|naghintay|inilagay|nilagay|binayaran|kinansela|in-?\w+|ni-?\w+)"
)

BLAME: dict[str, tuple[tuple[str, str | None], ...]] = {
    "en": (
        (rf"you (?:really |clearly )?(?:should|ought to|could)(?:n't| not)? (?:really )?have (?:\w+ly )?{_DONE}\b", None),
        (r"you (?:really |clearly )?(?:should|ought to)(?:n't| not)? have (?!received|been|gotten|got\b|access|an?\b|the\b|no\b|your\b|it\b|seen (?:a|an|the|it)|arrived|enough|two|one|at least|more|both|all|everything|full)\w+\b", None),
        (r"(?:this|that|it) (?:happened|happens|is what happens|comes from|is what you get) (?:\w+ )?(?:because|when|if|for|from) (?:you|people|one|not|ignoring)\b", None),
        (r"(?:it was|it is|it's) you who\b|you (?:only )?have (?:only )?yourself to\b|you did (?:this|that|it) (?:to )?yourself|you brought this|(?:don't|do not) blame (?:us|me)|you (?:were|are|have been) (?:\w+ )?(?:careless|negligent|sloppy|reckless|irresponsible|inattentive|impatient|unreasonable)", None),
        (r"why (?:did(?:n't| not)? you|don't you|do you (?:not|never)|have(?:n't| not)? you|would you)\b", None),
        (r"(?:read|follow|check|watch|use) (?:the|our) (?:\w+ )?(?:instructions?|guide|rules|terms|manual|letter|e-?mail|notes?|page|faq) (?:\w+ )?(?:next time|before|properly|carefully|first|more closely)", None),
        (r"(?:your|the) (?:\w+ )?(?:error|mistake|problem|issue|fault) (?:is|was|lies|lay) (?:\w+ )?(?:yours|with you|on your (?:side|end))", None),
        (r"(?:we|i) (?:can't|cannot|can hardly|are not|am not) (?:be )?(?:help it|responsible|held responsible|blamed|to blame|at fault) (?:if|when|because|that|for) you", None),
        (r"you failed to\b", "we could not see that you did"),
        ((r"you (?:did not|didn't|never) (?:even |bother|care|read|follow|listen|check|pay attention|provide|give|tell"
         r"|send|include|mention|say|complete|fill|update|cancel|notice|look|respond|reply|answer|make sure|verify)"), None),
        ((r"(?:it|this|that)(?:'s| is| was)? (?:entirely |all |actually |clearly )?(?:your|on you\b|because of you\b)"
         r"(?: own)?(?: (?:fault|mistake|error|carelessness|doing|problem))?"), None),
        ((r"your (?:own )?(?:fault|mistake|carelessness|negligence|misunderstanding|failure|inability|oversight"
         r"|confusion|lack of)\b"), None),
        ((r"you must(?:'ve| have) (?:\w+ly )?(?:entered|typed|done|made|clicked|forgotten|forgot|missed|deleted|changed"
         r"|shared|given|misread|misunderstood|used|broken|pressed|ignored|confused|mistyped|put)\b"), None),
        ((r"you (?:\w+ly )?(?:ignored|neglected|forgot|overlooked|misunderstood|misread|messed up|broke|caused|refused"
         r"|disregarded|mishandled|gave us the wrong)\b"), None),
        ((r"because you (?:\w+ly )?(?:did not|didn't|never|failed|forgot|entered|typed|used the wrong|ignored|gave"
         r"|missed|clicked|chose|waited|let|shared|were|made|kept)\b"), None),
        ((r"you(?:'re| are) (?:simply |just |clearly |probably )?(?:wrong|mistaken|to blame|at fault|confused"
         r"|not listening|doing it wrong|responsible for (?:this|the))\b"), None),
        ((r"you (?:typed|entered|used|put|gave|clicked|chose|picked|submitted|sent)(?: in| us)? (?:the|a|an) "
         r"(?:wrong|incorrect|invalid)\b"), None),
        (r"you (?:were|are) supposed to\b", None),
        (r"(?:if you had|had you|if you'd) (?:\w+ly )?(?:just |only |actually |simply )?" + _DONE, None),
        (r"you (?:claim|allege)(?:d|s)?(?: that| to)?\b", "you wrote that"),
        (r"user error\b", "a setting that is easy to miss"),
        (r"you (?:clearly|obviously|apparently|evidently) (?:did|have|are|don't|do not|never|missed|forgot|mis)", None),
        (r"you (?:don't|do not) (?:seem to )?(?:understand|know how|listen)", None),
        ((r"(?:next time|in (?:the )?future),? (?:please |kindly )?(?:read|be more careful|pay (?:more )?attention|make sure"
         r"|double|check)"), None),
        (r"be more careful\b", None),
        (r"what (?:else )?did you (?:expect|think)\b", None),
        (r"if you (?:had not|hadn't|had never)\b", None),
        (r"(?:this|that|it|none of (?:this|it)) (?:would|could) (?:not|never|hardly)? ?have happened (?:if|had) you\b", None),
        (r"thanks to your (?:own )?(?:late|wrong|missing|hurry|impatience|mistake|error|choice|carelessness|typing)", None),
        (r"your (?:own )?(?:impatience|laziness|hurry|bad planning|poor planning|bad luck|choice to ignore)\b", None),
        (r"you (?:simply |just )?(?:let|left) (?:it|this|that) (?:too late|until the last)|you waited (?:far |much )?too long\b", None),
    ),
    "fil": (
        (rf"kasalanan (?:na |naman )?{YOU}", None),
        (r"(?:pagkakamali|kapabayaan|pagkukulang|kakulangan) (?:na )?" + YOU, None),
        (r"(?:sa )?(?:inyo|iyo)(?:ng)? (?:po )?(?:sariling )?(?:ang )?(?:mali|pagkakamali|kasalanan|kapabayaan|pagkukulang)\b", None),
        (r"dapat (?:po )?(?:kasi|sana|noon pa)\b", None),
        (r"dapat (?:po |kasi |sana |ay |muna |naman |lang )*(?:nag-?\w+|in-?\w+|ni-?\w+|[bcdfghklmnprstwy]in\w+|na-?\w+|hindi (?:na )?\w+)(?: po| muna| na| naman)* (?:ninyo|nyo|niyo|mo|kayo|ka)\b", None),
        (r"(?:dahil|gawa|sanhi) (?:po )?(?:ng|sa) (?:inyong |iyong )?(?:kapabayaan|pagkakamali|kagagawan|kakulangan|katigasan|inyo|iyo)\b", None),
        (r"(?:kagagawan) (?:po )?(?:ninyo|nyo|mo)\b|(?:kayo|ikaw) (?:po |rin |din |naman |lang )*(?:ang )?(?:may gawa|may kagagawan|ang dahilan|ang sanhi)", None),
        (r"(?:huwag|wag) (?:po )?(?:ninyo|nyo|mo|kayong|kang) (?:po )?(?:kaming |kami |ako )?(?:sisihin|mambintang|magalit sa amin)", None),
        (r"(?:hindi|di) (?:po )?(?:kasi )?(?:kayo|ka) (?:po )?(?:kasi )?(?:nag-?i?ingat|nagbabasa|nagbasa|sumunod|sumusunod|nakikinig|marunong|nag-?\w+)", None),
        (r"(?:kayo|ikaw) (?:po )?(?:mismo |ang |mismo ang |rin ang |rin |din |ang mismong ){1,3}(?:nag-?\w+|pumindot|bumago|gumawa|nakalimot|na-?\w+|sumira)\b", None),
        (r"(?:sa )?(?:susunod|uulitin|next time),? (?:\w+ ){0,4}(?:basahin|magbasa|mag-?ingat|sumunod|sundin|siguraduhin|tingnan|i-?check|isipin|mag-?isip)", None),
        (rf"dapat (?:po )?(?:ay )?{_DEED}", None),
        (rf"(?:hindi|di) (?:po )?(?:kasi )?{YOU} (?:po )?(?:kasi |man lang |muna |naman )?{_DEED}", None),
        (r"(?:hindi|di) (?:po )?(?:kasi )?(?:kayo|ka) (?:po )?(?:kasi |man lang |muna )?(?:nag|nakinig|sumunod|nakikinig|marunong)", None),
        (rf"nagkamali {YE}", None),
        (r"(?:ikaw|kayo) (?:po )?(?:kasi|naman kasi|rin kasi|po kasi|kasi po|mismo) (?:ang )?(?:\w+ )?(?:nag|na|gumawa|pumindot|nakalimot|mali|dahilan|may gawa|bumago|nagbura)", None),
        (r"(?:kasi|dahil) (?:po )?(?:hindi|di) (?:po )?(?:ninyo|nyo|niyo|mo|kayo|ka)\b", None),
        (r"(?:kulang|hindi sapat) (?:po )?(?:kasi )?(?:ang )?(?:pag-?iingat|pag-?intindi|pagbasa)", None),
        (r"(?:kayo|ikaw) (?:po )?(?:kasi |mismo |rin )?(?:ang )?(?:nagkamali|may kasalanan|may mali|mali|dapat sisihin|nagpabaya|kasi)\b", None),
        (rf"mali (?:po )?(?:kasi )?(?:ang|yung|'yung|iyong) (?:\S+ ){{0,3}}{YOU}", None),
        (rf"(?:nakalimutan|kinalimutan|pinabayaan|binalewala|nakaligtaan|nilabag|sinira) (?:kasi )?{YOU}", None),
        (rf"kung (?:{_DEED}) (?:lang |sana |po |naman |muna |kasi )*{YOU}", None),
        (rf"kung (?:nagbasa|sumunod|nakinig|nag-?\w+) (?:lang |sana |po |naman |muna |kasi )*{YE}", None),
        (r"bakit (?:po )?(?:kasi|hindi (?:po )?(?:ninyo|nyo|mo|kayo|ka)|di (?:ninyo|nyo|mo|kayo|ka)|ngayon (?:lang )?(?:po )?(?:ninyo|nyo|kayo|ka))\b", None),
        (r"(?:sa )?(?:susunod|next time),? (?:po )?(?:ay )?(?:mag-?ingat|basahin|siguraduhin|i-?check|magbasa)", None),
        (rf"(?:ginalaw|pinindot|binago|binura|na-?delete|na-?click|mali ang na-?\w+) (?:kasi )?{YOU} (?:kasi|siguro|ang mali)", None),
        (r"kung (?:hindi|di) (?:lang |sana |kasi |po )*(?:ninyo|nyo|niyo|mo|kayo|ka) [^.!?\n]{0,60}(?:hindi|di|wala) (?:po )?(?:na )?sana\b", None),
        (r"(?:kayo|ikaw) (?:rin|din) (?:po |naman |po naman )?ang (?:may|nag|pumi|gu|na)\w*", None),
        (r"bakit (?:po )?(?:nyo|ninyo|mo|niyo) (?:po )?kasi\b", None),
    ),
}  # fmt: skip
