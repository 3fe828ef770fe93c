"""How customers show that they have had enough, and how an answer takes it up. Ways over lowered text."""

FRUSTRATION: dict[str, tuple[str, ...]] = {
    "en": (
        r"frustrat\w*", r"angry|anger\w*|furious|livid|outraged", r"upset(?:ting)?", r"annoy(?:ed|ing)|irritat\w+|infuriat\w+",
        r"(?:very|really|so|extremely|deeply|quite) (?:disappoint\w+|unhappy|worried|stressed|sad|tired)", r"disappoint(?:ed|ing)",
        r"ridiculous|unacceptable|outrageous|absurd|disgust\w*|pathetic|appalling|shameful|a joke\b|disgrace\w*",
        r"terrible|awful|horrible|worst|useless|garbage|rubbish|nightmare",
        r"fed up|sick (?:and tired )?of|tired of|(?:lost|losing|out of) (?:all |my )?patience|at my wits?'? end|had enough|enough is enough",
        r"(?:third|fourth|fifth|sixth|tenth|nth|\d+(?:st|nd|rd|th)) time (?:i|that|this|in|now|we)", r"how many (?:more )?times",
        r"(?:no ?one|nobody) (?:\w+ )?(?:answers?|answered|repl\w+|helps?|helped|cares?|responds?|responded|listens?|seems)",
        r"waste of (?:time|money)|wast(?:ed|ing) (?:\w+ ){0,3}(?:time|hours?|days?|money)", r"unbelievable|what the (?:hell|heck)|wtf",
        r"(?:you(?:\'re| are) (?:all )?|a bunch of |such a )(?:scam\w*|thie\w+|robbers)|(?:a |total |complete )rip-?off|robbery|scammers|thieves|robbed", r"stress(?:ed|ful|ing)|desperate|helpless|in tears",
        r"hopeless|ignor(?:ed|ing) (?:me|my|us)|lied to|liars?\b", r"(?:really )?(?:hate|regret) (?:this|your|that|being|paying)",
        r"(?:cancel|leav)(?:e|ing) (?:everything|for good|forever)", r"(?:never|not) (?:using|use|buy|buying|pay|paying|recommend)\w* .{0,20}again",
        r"keeps? (?:getting worse|ignoring)",
        r"embarrass\w*|humiliat\w*|mortif\w+", r"(?:losing|lost|lose) (?:\w+ ){0,2}(?:trust|faith|confidence|patience|hope|customers|followers|sleep|income|business|my mind|everything)", r"driv\w+ (?:me|us) (?:\w+ )?(?:crazy|mad|insane|nuts|up the wall)|going (?:crazy|mad|insane|nuts)",
        r"(?:lost|cost me|took me|spent|wasted) (?:\w+ )?(?:whole|entire|half a|half my) (?:\w+ )?(?:day|evening|night|weekend|week|morning|afternoon|audience|month)", r"(?:i|we) (?:did|have done|'ve done) nothing wrong|not my fault|unfair|unjust\w*",
        r"scared|afraid (?:of|that|to|i|my)|frighten\w*|terrif\w+|emergency|(?:so|very|really|getting) worried|worried sick|in (?:a )?panic|shaking|(?:can't|cannot) sleep", r"(?:very|so|extremely|really|too) (?:bad|poor|rude|unprofessional)|unprofessional|rude\b|poor (?:service|support)|bad service", r"exhaust(?:ed|ing)|heart ?broken|devastat\w*|fuming|mad at|pissed",
        r"(?:i am|i'm|we are|we're) (?:\w+ )?(?:done|finished|leaving) (?:with|here)|(?:want|wants|wanted) to (?:scream|cry|give up)|give up\b|giving up", r"(?:already |i've |i have |have )(?:written|asked|called|contacted|explained|complained) (?:\w+ )?(?:three|four|five|six|several|many|countless|so many|\d+) times|(?:keep|kept) (?:asking|writing|calling|waiting|explaining|getting the same)", r"how (?:can|could|dare|do) you (?:just |even |treat|let|do this|charge|lock|delete|take)|this is (?:not|no) (?:okay|ok|acceptable|way)|not acceptable",
        r"(?:days|weeks|months|hours) (?:of waiting|and (?:still )?(?:nothing|no))",
    ),
    "fil": (
        r"(?:na|naka|kaka)?kainis|na?iinis|inis na|nainis|nabu-?bwisit|bwi?sit|bu?wisit", r"galit|nagagalit|nakakagalit|nakakagigil|gigil",
        r"bad ?trip|nakakabadtrip|bad shot", r"dismayad\w+|nakakadismaya|nadismaya|disappointed|nakaka-?disappoint|nakakalungkot",
        r"nakakapagod|pagod na|sawa(?:ng-?sawa)? na|nagsasawa|hirap na hirap|nauubos (?:na )?(?:po )?(?:ang )?pasens[iy]+a|ubos na",
        r"(?:hindi|di) na (?:po )?(?:ito )?(?:nakakatuwa|makatarungan|tama|katanggap)|hindi katanggap",
        r"(?:ang|napaka|sobrang|ang-|grabe ang)\s?(?:tagal|bagal|hirap|gulo|lala|sama)(?! ko)|antagal|ambagal", r"nakaka-?(?:asar|hiya|takot|baliw|iyak|panic|loka|pikon|bwisit|sira ng ulo|gulat)|asar na|naaasar|pikon|nahihiya|nakakahiya|napahiya|natatakot|takot na takot|takot na|kabado", r"nawawala(?:n|ng)? (?:na )?(?:po )?(?:na )?(?:ako |kami )?(?:ng |ang )?(?:tiwala|gana|pag-asa|pasensya)|wala na(?:ng)? (?:po )?(?:akong )?(?:tiwala|gana|pag-asa|pasensya)|(?:na|nag)uubusan", r"wala (?:naman )?(?:po )?(?:akong|kaming) (?:ginawang )?(?:ginawang masama|kasalanan|masama|mali)|hindi (?:ko |naman )*(?:po )?(?:ko )?kasalanan|hindi patas|di patas", r"(?:buong|kalahating) (?:araw|gabi|linggo|umaga|hapon) (?:ako|akong|ko|kong|na|kami)|ilang (?:araw|linggo|buwan|oras) (?:na akong|na kaming|na po akong|na|nang)", r"emergency|tulungan (?:ninyo|nyo) (?:naman )?(?:po )?(?:naman )?(?:ako|kami)[^.]{0,20}(?:!|parang awa)|parang awa|awa na|maawa|sumuko|susuko|ayaw ko na|ayoko na",
        r"(?:\d+|tatlo|apat|lima|ilan|pangatlo|pang-apat|pangalawa|ikatlo|ikaapat)(?:ng|ong)? (?:na )?(?:sulat|email|e-mail|message|tawag) (?:ko |na |po |nang )+", r"(?:naka)?ilang (?:beses|ulit|linggo|araw|buwan) na|paulit[- ]ulit|pang?(?:-?ilan|atlo|alawa|apat)|pangatlong|pangalawang|pang-?ap\w+|ikatlong beses|pang-?\d+",
        r"wala(?:ng)? (?:man lang )?(?:po )?(?:\w+ )?(?:sumasagot|sumagot|tumutulong|nagre-?reply|pumapansin|kwenta|kuwenta|pakialam|silbi)",
        r"palpak|perwisyo|walang hiya|kahihiyan|pangit|ang sama|napakasama|bulok|basura", r"niloloko|manloloko|lokohan|scam\w*|magnanakaw|ninakaw|nanakaw|daya|dinadaya",
        r"grabe (?:na|naman|kayo|talaga)|sobra na|sumosobra|ano ba(?:'?(?:ng|yan|'yan| yan| 'yan|to| to| ito))", r"na-?stress|nakaka-?stress|stressed|nag-?aalala|kinakabahan|natataranta|naiiyak|umiiyak|desperad\w+|nakakataranta",
        r"(?:hindi|di) (?:ninyo|nyo|niyo) (?:po )?(?:ako |kami )?(?:pinapansin|sinasagot|tinutulungan)", r"nasasayang|sayang (?:ang )?(?:oras|pera|bayad)|aksaya",
        r"frustrat\w*|nakaka-?frustrate", r"nakakasama ng loob|sama ng loob|masama ang loob|ayoko na|suko na|nakakahiya|nakakaabala|abala na",
    ),
}  # fmt: skip

TAKEN_UP: dict[str, tuple[str, ...]] = {
    "en": (
        r"sorry|apolog\w+|forgive|regret\w*", r"(?:i|we) (?:can |do |fully |completely |really |certainly |totally )*(?:understand|hear|imagine|appreciate|realis?z?e|know|see) (?:how|that|your|why|you|what|the|this|it)",
        r"understand(?:able|ably)", r"frustrat\w*|upset(?:ting)?|annoy\w*|stressful|disappoint\w*|inconvenien\w*|unpleasant|unacceptable|maddening|worrying",
        r"(?:thank you|thanks) (?:so much |very much )?for (?:your |the )?(?:patience|bearing|waiting|being (?:so )?patient|telling|honest|staying|sticking|your honest|speaking)",
        r"you(?:'re| are| were| have every) (?:\w+ )?(?:right|reason)", r"(?:must|can) (?:be|have been|feel)|not (?:the|what|how|good enough|okay|ok|acceptable)", r"(?:we|i) (?:let you down|should have|made a mistake|got (?:this|that|it) wrong|failed|dropped)",
        r"(?:that|this|it)(?:'s| is| was| sounds) (?:\w+ )?(?:bad|painful|terrible|scary|awful|not (?:fun|right|good|fair)|no fun|hard|unfair|a pity|a shame|our)|no wonder|rightly|fair (?:point|enough)|i would (?:be|feel) .{1,30}too|should(?:n't| not) (?:happen|take|be)|on us\b|oh no|ouch|what a (?:pity|shame|scare|mess)|(?:don't|do not|no need to|please don't) worry|(?:glad|good) (?:that )?you (?:wrote|told|asked|let)|thank you for (?:raising|reporting|flagging|not giving)", r"you (?:waited|have waited|had to wait|deserve\w*)|our (?:fault|mistake)|far too long|shouldn't have happened|should not have happened",
    ),
    "fil": (
        r"pasen[sc][iy]+a\w*|paumanhin\w*|patawad\w*|pagpasensyahan|sori\b|sorry|apolog\w+|humihingi", r"(?:na)?(?:iintindihan|intindihan|uunawaan|unawaan)|ramdam|nararamdaman|dama",
        r"nakaka-?\w{3,}|hindi biro|sayang|panghihinayang|sa amin (?:po )?(?:ang|galing)|(?:huwag|wag) (?:po )?(?:kayong|kang|na) (?:mag-?alala|mabahala|matakot)|hassle|abala\w*|perwisyo|frustrat\w*",
        r"ikinalulungkot|nalulungkot|nahihiya|nakikisimpatya|nakikiramay|nakikiisa", r"tama (?:po )?(?:kayo|ka)|may karapatan|karapatan ninyo|(?:may )?dahilan (?:po )?(?:kayo|ka|ninyo)",
        r"salamat (?:po )?(?:sa )?(?:inyong )?(?:mahabang )?(?:pasens[iy]+a|pag-?unawa|paghihintay|pagtitiyaga|pagtitiis|pagsasabi|katapatan)",
        r"(?:alam|batid) (?:ko|namin|po namin|po ko) (?:po )?(?:na|kung|ang)|(?:hindi|di) (?:po )?(?:dapat|tama|katanggap)|kasalanan (?:po )?namin|pagkakamali (?:po )?namin|kami (?:po )?ang (?:nagkamali|may)",
    ),
}  # fmt: skip
