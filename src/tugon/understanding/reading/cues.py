"""Words by which urgency, mood, side and the number of people affected are told, in English, Filipino and Taglish.

Each with its weight. Written for this; a company's own words come in by topics and areas, and corrections teach more.
"""

from __future__ import annotations

from .finding import Finder

URGENT = {
    0.75: (
        "emergency", "urgent", "urgently", "asap", "as soon as possible", "life and death", "immediately",
        "right away", "at once", "cannot wait", "can't wait", "agad", "agad agad", "kaagad", "apurahan",
        "madalian", "sa lalong madaling panahon", "hindi makapaghihintay", "hindi na makapaghintay",
        "emerhensiya", "ngayon na", "ngayon na po",
    ),
    0.55: (
        "stolen", "hacked", "unauthorized", "unauthorised", "fraudulent", "identity theft", "losing money",
        "being drained", "money is gone", "is down", "are down", "completely down", "went down",
        "nobody can", "no one can", "outage", "data breach", "leaked", "security breach",
        "someone else is using", "somebody else is using", "in danger", "unsafe", "threatened", "ninakaw",
        "na-hack", "na-scam", "nawala ang pera", "naubos ang pera", "nawalan ng pera",
        "may ibang gumagamit", "delikado", "lahat kami hindi",
    ),
    0.45: (
        "today", "tonight", "this morning", "this afternoon", "by tomorrow", "before tomorrow",
        "due tomorrow", "exam tomorrow", "tomorrow morning", "starts tomorrow", "deadline", "in an hour",
        "in two hours", "within the hour", "in a few hours", "in 10 minutes", "in 30 minutes", "goes live",
        "live show", "live now", "right now", "blocked from", "cannot work", "can't work", "unable to work",
        "can't do my job", "stuck at the airport", "stranded", "ngayong araw", "ngayong gabi", "mamaya",
        "bukas na", "bago mag", "kailangan ko na", "kailangan na kailangan", "hindi makapagtrabaho",
        "hindi ako makapagtrabaho", "deadline na", "nagmamadali", "exam na", "may exam",
    ),
    0.25: (
        "quickly", "quick", "soon", "fast", "priority", "critical", "important", "crucial", "please hurry",
        "hurry", "still waiting", "third time", "again and again", "waiting for days", "waiting for weeks",
        "for weeks", "no reply", "no answer", "no response", "bilisan", "pakibilisan", "pakibilis",
        "mahalaga", "importante", "matagal na", "wala pa ring", "hanggang ngayon", "ilang linggo",
        "walang sumasagot",
    ),
}  # fmt: skip
CALM = (
    "no rush", "not urgent", "no hurry", "when you have time", "whenever you", "at your convenience",
    "whenever", "some day", "take your time", "not in a hurry", "just curious", "just wondering",
    "just asking", "out of curiosity", "small question", "quick question", "feature request", "suggestion",
    "walang madalian", "hindi naman urgent", "hindi urgent", "di urgent", "hindi nagmamadali",
    "hindi naman nagmamadali", "kapag may oras", "pag may time", "kung may oras", "nagtatanong lang",
    "tanong lang", "curious lang", "kahit kailan", "hindi naman kailangan agad", "can wait", "it can wait",
    "no pressure",
)  # fmt: skip

UNHAPPY = {
    1.0: (
        "furious", "outraged", "disgusted", "disgusting", "worst", "ridiculous", "unacceptable", "scammers",
        "thieves", "garbage", "trash", "pathetic", "incompetent", "shame on", "hate", "lawyer", "sue you",
        "legal action", "rip off", "ripoff", "robbery", "a joke", "nonsense", "galit na galit",
        "nakakabwisit", "bwisit", "buwisit", "nakakainis", "putang", "leche", "walang kwenta",
        "walang silbi", "basura", "manloloko", "magnanakaw", "kawatan", "punyeta", "idedemanda",
        "nakakasuka", "kabwisit", "walang hiya", "mga scammer", "kalokohan",
    ),
    0.65: (
        "angry", "frustrated", "frustrating", "annoyed", "annoying", "upset", "disappointed",
        "disappointing", "terrible", "horrible", "awful", "useless", "fed up", "sick of", "tired of",
        "never again", "not happy", "unhappy", "complaint", "complain", "third time", "fourth time",
        "how many times", "for the last time", "nobody answers", "no one answers", "ignored", "ignoring me",
        "waste of", "lied", "cheated", "robbed", "stole", "unprofessional", "rude", "at my wits", "galit",
        "nagagalit", "naiinis", "inis na", "asar", "dismayado", "nadismaya", "nakakadismaya", "nakakapagod",
        "pagod na", "sawang sawa", "nagsasawa", "paulit ulit", "palpak", "ang tagal naman", "sobrang tagal",
        "ang bagal", "nakakafrustrate", "frustrated na", "niloko", "binalewala", "hindi sinasagot",
        "walang sumasagot", "reklamo", "bastos", "pangatlong beses", "ilang beses na", "nakaka-stress",
        "stressed na",
    ),
    0.3: (
        "problem", "unfortunately", "still not", "still no", "still waiting", "doesn't work",
        "does not work", "not working", "keeps failing", "worried", "concerned", "confused", "confusing",
        "sad", "bad", "wrong", "broken", "again", "why is", "lost", "missing", "slow", "hindi pa rin",
        "wala pa rin", "nag aalala", "nag-aalala", "nakakalito", "nalilito", "malungkot", "sayang",
        "pangit", "ayaw gumana", "hindi gumagana", "sira", "bakit ganito", "bakit ganun", "nawala",
    ),
}  # fmt: skip
HAPPY = {
    0.8: (
        "love", "amazing", "excellent", "awesome", "fantastic", "wonderful", "brilliant", "perfect",
        "great job", "well done", "best support", "you saved", "so happy", "very happy", "delighted",
        "impressed", "works perfectly", "ang galing", "napakagaling", "sobrang saya", "natutuwa",
        "masayang masaya", "ang bait", "salamat ng marami", "maraming maraming salamat", "ang husay",
        "the best", "it works now", "works again", "solved it", "gumana na", "okay na", "ayos na",
        "naayos na",
    ),
    0.4: (
        "great", "good", "nice", "happy", "glad", "pleased", "appreciate", "grateful", "helpful",
        "thank you so much", "thank you very much", "many thanks", "thanks a lot", "kind", "enjoy",
        "enjoying", "maganda", "masaya", "nakatulong", "maraming salamat", "salamat po ng marami", "mabait",
        "mahusay", "like your", "like the",
    ),
    0.06: (
        "thanks", "thank you", "please", "regards", "hello", "hi", "salamat", "salamat po", "pakiusap",
        "paki", "magandang araw", "magandang umaga", "magandang hapon", "magandang gabi", "po",
    ),
}  # fmt: skip

MINE = (
    "my phone", "my laptop", "my computer", "my device", "my browser", "my tablet", "my tv", "my internet",
    "my wifi", "my connection", "my account", "my password", "on my side", "on my end", "only me",
    "just me", "only on my", "my settings", "i forgot", "i deleted", "i accidentally", "by mistake",
    "sa cellphone ko", "sa phone ko", "sa laptop ko", "sa computer ko", "sa account ko", "account ko",
    "sa akin lang", "ako lang", "sa side ko", "internet ko", "nakalimutan ko", "nabura ko", "na-delete ko",
    "hindi ko sinasadya", "password ko",
)  # fmt: skip
THEIRS = (
    "your site", "your website", "your server", "your servers", "your app", "your system", "your service",
    "on your side", "on your end", "other people too", "other users", "for everyone", "everybody has",
    "everyone has", "nobody can", "all users", "the creator", "the channel", "the seller",
    "the video itself", "this video", "this film", "the film", "the episode", "the series", "their content",
    "the subtitles", "the uploader", "the studio", "sa site ninyo", "site nyo", "app nyo", "app ninyo",
    "system nyo", "system ninyo", "sa inyo ang", "server ninyo", "yung creator", "ang creator",
    "yung video", "lahat kami", "pati iba", "pati ibang", "ang palabas", "yung palabas", "yung episode",
    "ibang user",
)  # fmt: skip

EVERYONE = (
    "everyone", "everybody", "all users", "all our users", "all of our users", "nobody can", "no one can",
    "every user", "all customers", "all our customers", "the whole country", "whole company",
    "entire company", "whole school", "entire school", "the entire site", "lahat ng user",
    "lahat ng gumagamit", "lahat ng tao", "walang makapasok", "buong kompanya", "buong kumpanya",
    "buong eskwelahan", "buong paaralan", "buong bansa", "lahat ng customer",
)  # fmt: skip
MANY = (
    "all my students", "all of my students", "my students", "all my employees", "our employees",
    "whole team", "entire team", "whole class", "entire class", "whole office", "our whole",
    "all my viewers", "my viewers", "all my subscribers", "many users", "many people", "many of us",
    "lots of people", "hundreds of", "thousands of", "dozens of", "our customers", "all our students",
    "all our staff", "lahat ng estudyante", "mga estudyante ko", "buong team", "buong klase",
    "buong opisina", "maraming user", "maraming tao", "marami sa amin", "marami kami", "mga viewers ko",
    "lahat ng empleyado", "daan daang", "libo libong",
)  # fmt: skip
SEVERAL = (
    "some of us", "several of us", "several people", "several users", "a few of us", "a few people",
    "my colleagues", "my coworkers", "two of us", "three of us", "both of us", "all of us", "my team",
    "my wife and", "my husband and", "our team", "ilan sa amin", "ilang tao", "mga kasama ko",
    "kaming lahat", "lahat kami", "kami ng", "kaming dalawa", "kaming tatlo", "mga katrabaho ko",
    "ilang user",
)  # fmt: skip
ONE = (
    "only me", "just me", "only my account", "only on my account", "just my account", "ako lang",
    "sa akin lang", "account ko lang", "akin lang", "only i",
)  # fmt: skip

PEOPLE = frozenset(
    """
    students users people employees colleagues customers members viewers subscribers teachers staff persons accounts
    seats agents guests players clients coworkers estudyante empleyado tao user customer katao miyembro guro
    """.split()  # noqa: SIM905 - a list of words is read as words
)
NEGATIONS = frozenset(
    (
        "not",
        "no",
        "never",
        "isn't",
        "don't",
        "hindi",
        "di",
        "wala",
        "walang",
        "aren't",
        "wasn't",
        "without",
        "nothing",
    )
)


def _weighted(*groups: dict[float, tuple[str, ...]]) -> Finder:
    return Finder({weight: words for group in groups for weight, words in group.items()})


URGENCY = _weighted(URGENT, {-1.0: CALM})
MOOD = _weighted(
    {-weight: words for weight, words in UNHAPPY.items()},
    HAPPY,
)
SIDES = Finder({"mine": MINE, "theirs": THEIRS})
AFFECTED = Finder({"everyone": EVERYONE, "many": MANY, "several": SEVERAL, "one": ONE})
