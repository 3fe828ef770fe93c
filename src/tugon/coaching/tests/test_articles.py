"""What published articles say, held against a draft."""

from tugon.coaching.articles import against, of_article

ARTICLE = of_article(
    "Gift codes",
    "en",
    "A gift code can be redeemed within 90 days of the purchase.\nA gift subscription may be paused for 30 days.",
)


def test_a_time_that_an_article_states_otherwise_is_found_with_its_title():
    text = "You can redeem the gift code within 60 days of the purchase."
    (found,) = against(text, ARTICLE)
    assert (text[found.start : found.end], found.current, found.source) == (
        "60 days",
        "90 days",
        "Gift codes",
    )


def test_the_same_time_in_other_words_is_none():
    assert not against("The gift code can be redeemed within ninety days of the purchase.", ARTICLE)


def test_another_matter_with_the_same_unit_is_none():
    assert not against("Your new camera is under guarantee for 60 days by its maker.", ARTICLE)
    assert not against("60 days.", ARTICLE)
